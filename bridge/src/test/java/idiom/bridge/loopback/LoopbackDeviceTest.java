package idiom.bridge.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import idiom.bridge.Device.Counts;
import idiom.bridge.Device.State;
import idiom.bridge.DeviceSpec;
import idiom.engine.live.MidiHandler;
import idiom.engine.live.TransportState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopbackDeviceTest {
    private final List<String> log = new ArrayList<>();
    private final MidiHandler logging =
            (time, bytes, offset, length) -> log.add(time + ":" + (bytes[offset] & 0xFF) + "/" + length);
    private long now = 100;
    private LoopbackDevice device;

    @BeforeEach
    void open() throws BackendException {
        device = new LoopbackBackend(() -> now, 1000).open(new DeviceSpec("to Jazz", null, null));
    }

    private boolean send(long due, int status) {
        return device.send(due, new byte[] {(byte) status}, 0, 1);
    }

    @Test
    void shouldSayWhatItIs() {
        assertThat(device.description()).isEqualTo("loopback: to Jazz");
        assertThat(device.clockRate()).isEqualTo(1000);
        assertThat(device.now()).isEqualTo(100);
        assertThat(device.leadTime()).isZero();
        assertThat(device.state()).isEqualTo(State.OPEN);
    }

    @Test
    void shouldReceiveWhatIsPlayed() {
        device.play(90, (byte) 0x90, (byte) 60, (byte) 64);
        device.play(95, new byte[] {0, (byte) 0xF8, 0}, 1, 1);
        assertThat(device.receive(logging)).isEqualTo(2);
        assertThat(log).containsExactly("90:144/3", "95:248/1");
    }

    @Test
    void shouldHoldMessagesUntilTheyAreDue() {
        send(120, 0xF8);
        send(110, 0xFA);
        assertThat(device.collect(logging)).isZero();
        now = 110;
        assertThat(device.collect(logging)).isEqualTo(1);
        now = 500;
        assertThat(device.collect(logging)).isEqualTo(1);
        assertThat(log).containsExactly("110:250/1", "120:248/1");
        assertThat(device.counts()).isEqualTo(new Counts(0, 0, 0));
    }

    @Test
    void shouldSendALateMessageAtOnceAndCountIt() {
        send(40, 0xF8);
        device.collect(logging);
        assertThat(log).containsExactly("100:248/1");
        assertThat(device.counts().late()).isEqualTo(1);
    }

    @Test
    void shouldRefuseMessagesWhenFullAndCountDroppedInput() {
        int sent = 0;
        while (send(1000, 0xF8)) {
            sent++;
        }
        assertThat(sent).isEqualTo(1 << 14);
        for (int i = 0; i < (1 << 12) + 3; i++) {
            device.play(0, (byte) 0xF8);
        }
        assertThat(device.counts().droppedIn()).isEqualTo(3);
    }

    @Test
    void shouldLoseWhatIsInFlightWithTheSystemAndGoOn() {
        send(150, 0xF8);
        device.lose();
        assertThat(device.state()).isEqualTo(State.LOST);
        assertThat(send(150, 0xFA)).isTrue();
        device.play(150, (byte) 0xFB);
        device.find();
        assertThat(device.state()).isEqualTo(State.OPEN);
        send(150, 0xFC);
        now = 150;
        device.collect(logging);
        assertThat(log).containsExactly("150:252/1");
        assertThat(device.counts()).isEqualTo(new Counts(1, 0, 1));
    }

    @Test
    void shouldSayWhereTheMusicIs() {
        TransportState state = new TransportState();
        device.transport(state);
        assertThat(state.isKnown()).isFalse();
        device.transportIs(true, 100, 64, 8);
        device.transport(state);
        assertThat(state.isRolling()).isTrue();
        assertThat(state.step()).isEqualTo(64);
        device.transportIsUnknown();
        device.transport(state);
        assertThat(state.isKnown()).isFalse();
    }

    @Test
    void shouldCloseItsDevicesAndHaveNoPorts() throws Exception {
        LoopbackBackend backend = new LoopbackBackend();
        try (Backend closing = backend) {
            assertThat(closing.name()).isEqualTo("loopback");
            assertThat(closing.problem()).isEmpty();
            assertThat(closing.ports()).isEmpty();
            device = backend.open(new DeviceSpec("to Pop", null, null));
            assertThatThrownBy(() -> closing.open(new DeviceSpec("to Pop", null, "piano")))
                    .isInstanceOf(BackendException.class)
                    .hasMessage("loopback has no ports to connect to; leave the port away: port=piano");
        }
        assertThat(device.state()).isEqualTo(State.CLOSED);
        device.find();
        assertThat(device.state()).isEqualTo(State.CLOSED);
    }
}

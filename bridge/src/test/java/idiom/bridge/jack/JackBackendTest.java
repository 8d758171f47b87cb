package idiom.bridge.jack;

import static idiom.bridge.jack.JackServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.bridge.BackendException;
import idiom.bridge.Device.State;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import idiom.bridge.Port.Direction;
import idiom.bridge.Port.Kind;
import idiom.engine.live.TransportState;
import java.util.EnumSet;
import org.jaudiolibs.jnajack.JackPortFlags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that are there, are not there, go and come. */
@Timeout(120)
class JackBackendTest {
    private JackServer server;
    private JackBackend backend;

    @BeforeEach
    void start() throws Exception {
        server = JackServer.start();
        backend = new JackBackend(100_000_000L);
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            backend.close();
            server.close();
        }
    }

    @Test
    void shouldSayThatNoServerRunsAndHowToStartOne() throws Exception {
        assertThat(backend.problem()).isEmpty();
        server.close();
        String problem =
                "JACK: no JACK server is running; start one (jackd -d alsa, or from qjackctl), or where PipeWire runs"
                        + " start Idiom with pw-jack";
        assertThat(backend.problem()).contains(problem);
        assertThatThrownBy(backend::ports).isInstanceOf(BackendException.class).hasMessage(problem);
        assertThatThrownBy(() -> backend.open(new DeviceSpec("to Jazz", null, null)))
                .isInstanceOf(BackendException.class)
                .hasMessage(problem);
    }

    @Test
    void shouldListPortsOfOthers() throws Exception {
        try (JackPeer keyboard = new JackPeer("keyboard", EnumSet.of(JackPortFlags.JackPortIsPhysical));
                JackPeer synth = new JackPeer("synth")) {
            Port[] expected = {
                new Port("jack", "keyboard:out", Direction.INPUT, Kind.HARDWARE),
                new Port("jack", "synth:out", Direction.INPUT, Kind.VIRTUAL),
                new Port("jack", "keyboard:in", Direction.OUTPUT, Kind.HARDWARE),
                new Port("jack", "synth:in", Direction.OUTPUT, Kind.VIRTUAL),
            };
            assertThat(backend.ports()).containsExactlyInAnyOrder(expected);
            backend.open(new DeviceSpec("to Jazz", null, null));
            assertThat(backend.ports()).containsExactlyInAnyOrder(expected);
            assertThat(keyboard.failures).isEmpty();
            assertThat(synth.failures).isEmpty();
        }
    }

    @Test
    void shouldNameThePortsThereAreIfOneIsNotFound() throws Exception {
        assertThatThrownBy(() -> backend.open(new DeviceSpec("to Jazz", "organ", null)))
                .hasMessage("JACK has no MIDI input port with that in its name: port=organ; there are: none");
        try (JackPeer synth = new JackPeer("synth")) {
            backend.open(new DeviceSpec("to Pop", null, null)); // its own ports are no partners
            assertThatThrownBy(() -> backend.open(new DeviceSpec("to Jazz", null, "Jazz")))
                    .hasMessage("JACK has no MIDI output port with that in its name: port=Jazz; there are: synth:in");
            assertThat(synth.failures).isEmpty();
        }
        assertThat(backend.problem()).isEmpty();
    }

    @Test
    void shouldRefuseNamesThatJackCannotHave() {
        assertThatThrownBy(() -> backend.open(new DeviceSpec("to:Jazz", null, null)))
                .hasMessage("JACK: a name must have at most 64 bytes and no colon: name=to:Jazz");
        assertThatThrownBy(() -> backend.open(new DeviceSpec("ä".repeat(33), null, null)))
                .hasMessageStartingWith("JACK: a name must have at most 64 bytes");
    }

    @Test
    void shouldPlayOnWhenTheServerIsKilledAndStartedAgain() throws Exception {
        JackPeer peer = new JackPeer("peer");
        JackDevice device = backend.open(new DeviceSpec("to Jazz", null, "peer:in"));
        JackDevice other = backend.open(new DeviceSpec("to Pop", null, null));
        peer.connect("peer:out", "to Jazz:in"); // by hand
        await("connections are noticed", () -> {
            peer.play(0, (byte) 0xFE);
            return device.receive((time, bytes, offset, length) -> {}) > 0;
        });
        await("it is looked after", () -> device.state() == State.OPEN);
        backend.tend(); // a look at the connections
        device.send(device.now() + 480_000, new byte[] {(byte) 0xF8}, 0, 1);
        peer.close(); // libjack wants all clients of a process gone before it meets another server
        long before = device.now();

        server.kill();
        await("the loss is noticed", () -> device.state() == State.LOST && other.state() == State.LOST);
        await("in flight is counted", () -> device.jackCounts().droppedOut() == 1);
        assertThat(device.send(0, new byte[] {(byte) 0xF8}, 0, 1)).isTrue();
        assertThat(device.jackCounts().droppedOut()).isEqualTo(2);
        TransportState transport = new TransportState();
        device.transport(transport);
        assertThat(transport.isKnown()).isFalse();
        assertThat(device.now()).isGreaterThanOrEqualTo(before);

        backend.tend(); // all have left: a client that is opened before would free theirs
        server = JackServer.start();
        await("the device without a partner is back", () -> other.state() == State.OPEN);
        try (JackPeer again = new JackPeer("peer")) {
            await("the device is back", () -> device.state() == State.OPEN);
            assertThat(device.counts().reconnects()).isEqualTo(1);
            assertThat(device.now()).isGreaterThan(before);
            long due = device.now() + 4800;
            device.send(due, new byte[] {(byte) 0x90, 60, 64}, 0, 3);
            await("music flows", () -> again.heard.size() == 1);
            assertThat(again.heard.element().bytes()).containsExactly(0x90, 60, 64);
            await("also the other way", () -> {
                again.play(0, (byte) 0xFE);
                return device.receive((time, bytes, offset, length) -> {}) > 0;
            });
            assertThat(device.jackCounts().failures()).isZero();
        }
    }
}

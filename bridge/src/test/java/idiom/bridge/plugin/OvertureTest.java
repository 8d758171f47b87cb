package idiom.bridge.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.live.TransportState;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin is told beforehand of how passages begin, and what is not told again when it plays that. */
@Timeout(60)
class OvertureTest {
    private static final int STEP = 6000;
    private static final int ROLLS = Layout.TRANSPORT_KNOWN | Layout.TRANSPORT_ROLLING;
    private static final int C4_ON = 0x503C90;
    private static final int C4_OFF = 0x403C80;
    private static final int E4_ON = 0x504090;
    private static final int E4_OFF = 0x404080;

    @TempDir
    private Path folder;

    private PluginStandIn plugin;
    private PluginDevice device;
    private final TransportState where = new TransportState();
    private long frame;

    @BeforeEach
    void open() throws IOException {
        plugin = PluginStandIn.in(folder, 1);
        device = plugin.device();
        block(plugin.jumps(0, 0, 64));
    }

    /** The rest of a block of which the beginning was told; the session takes it back where the song has jumped. */
    private void block(PluginStandIn told) {
        frame += PluginStandIn.BLOCK;
        told.end(frame);
        device.transport(where);
        if (where.hasJumped()) {
            assertThat(device.takeBack()).isTrue();
        }
        device.receive((time, bytes, offset, length) -> {});
    }

    private void rolls() {
        block(plugin.rolls(frame));
    }

    private static Overture overture(double step, Object... stepsAndMessages) {
        Overture overture = new Overture();
        overture.begin(step);
        for (int i = 0; i < stepsAndMessages.length; i += 2) {
            overture.onMessage((Double) stepsAndMessages[i], (Integer) stepsAndMessages[i + 1]);
        }
        return overture;
    }

    private void send(long due, int message) {
        device.send(due, new byte[] {(byte) message, (byte) (message >> 8), (byte) (message >> 16)}, 0, 3);
    }

    @Test
    void shouldKnowWhereTheSongMayGoOn() {
        assertThat(device.overtures().place(0)).isEqualTo(64);
        int revision = device.overtures().revision();
        block(plugin.jumps(frame, 0, 128));
        block(plugin.jumps(frame, 0, 64));
        assertThat(device.overtures().place(0)).isEqualTo(64);
        assertThat(device.overtures().place(1)).isEqualTo(128);
        block(plugin.jumps(frame, 0, 0));
        block(plugin.jumps(frame, 0, 32));
        assertThat(device.overtures().place(0)).isEqualTo(32);
        assertThat(device.overtures().place(1)).isZero();
        assertThat(device.overtures().place(2)).isEqualTo(64);
        assertThat(device.overtures().place(3)).isNaN();
        block(plugin.transport(frame, Layout.TRANSPORT_KNOWN, 100, 8));
        assertThat(device.overtures().place(3)).isEqualTo(100);
        assertThat(device.overtures().revision()).isGreaterThan(revision);
        int before = device.overtures().revision();
        block(plugin.transport(frame, Layout.TRANSPORT_KNOWN, 100, 8));
        block(plugin.jumps(frame, 0, 100));
        block(plugin.jumps(frame, 0, 32.007));
        block(plugin.jumps(frame, 0, 31.993));
        assertThat(device.overtures().revision())
                .as("these are places that are known")
                .isEqualTo(before);
        assertThat(device.overtures().place(0)).isEqualTo(32);
    }

    @Test
    void shouldTellThePluginWhatIsNew() {
        plugin.answers();
        device.overtures().prepare(1, overture(64));
        assertThat(plugin.answers()).as("nothing to be played, as before").isEmpty();
        device.overtures().prepare(1, overture(64, 65.5, C4_OFF, 64.0, C4_ON));
        assertThat(plugin.answers()).containsExactly("overture 1 1 64.0 64.0:503c90 65.5:403c80");
        device.overtures().prepare(1, overture(64, 64.0, C4_ON, 65.5, C4_OFF));
        assertThat(plugin.answers()).as("it knows").isEmpty();
        device.overtures().prepare(2, overture(0, 1.0, E4_OFF, 1.0, E4_ON, 0.0, E4_ON));
        assertThat(plugin.answers())
                .as("in the order of steps, and at one step as they came")
                .containsExactly("overture 2 2 0.0 0.0:504090 1.0:404080 1.0:504090");
        device.overtures().prepare(1, overture(64));
        assertThat(plugin.answers()).containsExactly("overture 1 0 64.0");
    }

    @Test
    void shouldNotRepeatWhatThePluginPlays() {
        device.overtures().prepare(1, overture(128, 128.0, C4_ON, 129.0, C4_OFF, 128.5, E4_ON));
        plugin.answers();
        long jump = frame + 100;
        plugin.transport(frame, ROLLS, 80, 8)
                .jumps(jump, 1 << Layout.TRANSPORT_OVERTURE, 128)
                .publish();
        device.transport(where);
        device.receive((time, bytes, offset, length) -> {});
        block(plugin);
        assertThat(plugin.answers()).as("the jump is answered once").containsExactly("restart 2");

        send(jump, C4_ON);
        send(jump, E4_ON);
        send(jump + STEP / 2 + 1, E4_ON);
        send(jump + STEP, C4_OFF);
        send(jump + STEP, C4_OFF);
        assertThat(plugin.answers())
                .as("what it plays at that frame, give or take one, and once")
                .containsExactly("midi " + jump + " 904050", "midi " + (jump + STEP) + " 803c40");
    }

    /** A host is a little late, or says so: what begins on the step begins where the host is. */
    @Test
    void shouldNotRepeatWhatWasDueJustBefore() {
        device.overtures().prepare(0, overture(128, 128.0, C4_ON, 128.002, E4_ON));
        plugin.answers();
        long jump = frame;
        block(plugin.jumps(jump, 1 << Layout.TRANSPORT_OVERTURE, 128.005));
        plugin.answers();
        send(jump - 30, C4_ON);
        send(jump - 18, E4_ON);
        assertThat(plugin.answers()).isEmpty();
    }

    /** The plugin goes on in the middle of what it knows. */
    @Test
    void shouldEndNothingThatIsOver() {
        device.overtures().prepare(0, overture(127.9, 127.95, C4_ON, 128.0, E4_ON));
        plugin.answers();
        long jump = frame;
        block(plugin.jumps(jump, 1 << Layout.TRANSPORT_OVERTURE, 128.005));
        send(jump - 30, E4_ON);
        plugin.answers();
        rolls();
        rolls();
        rolls();
        assertThat(plugin.answers()).isEmpty();
    }

    /** The song has changed meanwhile: what was begun and is in no answer ends. */
    @Test
    void shouldEndWhatIsInNoAnswer() {
        device.overtures().prepare(0, overture(128, 128.0, C4_ON, 128.0, E4_ON, 128.1, E4_OFF));
        plugin.answers();
        block(plugin.jumps(frame, 1 << Layout.TRANSPORT_OVERTURE, 128));
        send(frame - PluginStandIn.BLOCK, E4_ON);
        plugin.answers();
        for (int i = 0; i < 3; i++) {
            rolls();
        }
        assertThat(plugin.answers()).containsExactly("midi " + (frame - PluginStandIn.BLOCK) + " 803c40");
    }

    /** It jumps as it is being told of another one: either is known. But one that was never sent, or too long ago, is taken back. */
    @Test
    void shouldKnowTheOneBefore() {
        device.overtures().prepare(0, overture(128, 128.0, C4_ON));
        device.overtures().prepare(0, overture(128, 128.0, E4_ON));
        plugin.answers();
        block(plugin.jumps(frame, 1 << Layout.TRANSPORT_OVERTURE, 128));
        send(frame - PluginStandIn.BLOCK, C4_ON);
        assertThat(plugin.answers()).containsExactly("restart 2");

        block(plugin.jumps(frame, 7 << Layout.TRANSPORT_OVERTURE, 128));
        send(frame - PluginStandIn.BLOCK, C4_ON);
        assertThat(plugin.answers())
                .containsExactly("restart 3", "restart 3", "midi " + (frame - PluginStandIn.BLOCK) + " 903c50");
    }
}

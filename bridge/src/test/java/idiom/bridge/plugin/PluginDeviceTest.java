package idiom.bridge.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.bridge.Device.Counts;
import idiom.bridge.Device.State;
import idiom.bridge.plugin.PluginDevice.Readiness;
import idiom.engine.live.MidiHandler;
import idiom.engine.live.Route;
import idiom.engine.live.TransportState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PluginDeviceTest {
    private static final byte[] NOTE = {(byte) 0x90, 60, 80};
    private static final int ROLLS = Layout.TRANSPORT_KNOWN | Layout.TRANSPORT_ROLLING;

    @TempDir
    private Path folder;

    private PluginStandIn plugin;
    private SharedMemory memory;
    private PluginDevice device;

    private final TransportState where = new TransportState();
    private final List<String> heard = new ArrayList<>();
    private final MidiHandler handler = (time, bytes, offset, length) ->
            heard.add(time + " " + HexFormat.of().formatHex(bytes, offset, offset + length));

    @BeforeEach
    void open() throws IOException {
        plugin = PluginStandIn.in(folder, 1);
        memory = plugin.memory();
        device = plugin.device();
    }

    private boolean send(long due) {
        return device.send(due, NOTE, 0, NOTE.length);
    }

    @Test
    void shouldTakeOneBlockAtATime() {
        plugin.rolls(0).midi(10, 0x90, 60, 80).midi(300, 0x80, 60, 0).end(480);
        plugin.rolls(480).midi(500, 0xC0, 5).end(960);
        device.transport(where);
        assertThat(device.receive(handler)).isEqualTo(3);
        assertThat(heard).containsExactly("10 903c50", "300 803c00");
        assertThat(device.now()).isEqualTo(480);
        // There is more, but first somebody has to hear where the song is.
        assertThat(device.receive(handler)).isEqualTo(1);
        assertThat(device.receive(handler)).isEqualTo(1);
        assertThat(heard).hasSize(2);

        device.transport(where);
        assertThat(where.time()).isEqualTo(480);
        assertThat(device.receive(handler)).isEqualTo(2);
        assertThat(heard).last().isEqualTo("500 c005");
        assertThat(device.now()).isEqualTo(960);
        assertThat(device.receive(handler)).isZero();
        assertThat(device.now()).isEqualTo(960);
    }

    @Test
    void shouldSayWhereTheSongIsUntilItIsToldOtherwise() {
        device.transport(where);
        assertThat(where.isKnown()).isFalse();
        plugin.transport(0, ROLLS, 3.5, 8).end(480);
        for (int i = 0; i < 2; i++) {
            device.transport(where);
            assertThat(where.isKnown() && where.isRolling()).isTrue();
            assertThat(where.time()).isZero();
            assertThat(where.step()).isEqualTo(3.5);
            assertThat(where.stepsPerSecond()).isEqualTo(8);
            assertThat(where.hasJumped() || where.isPassed()).isFalse();
        }
        device.receive(handler);
        plugin.transport(480, Layout.TRANSPORT_KNOWN | Layout.TRANSPORT_FREEWHEELING, 4, 9)
                .end(960);
        device.transport(where);
        assertThat(where.isKnown()).isTrue();
        assertThat(where.isRolling()).isFalse();
        assertThat(where.stepsPerSecond()).isEqualTo(9);
        device.receive(handler);
        plugin.transport(960, 0, 0, 0).end(1440);
        device.transport(where);
        assertThat(where.isKnown()).isFalse();
        device.receive(handler);
        device.transport(where);
        assertThat(where.isKnown()).isFalse();
    }

    /** What lies before the jump is played where the song was, what lies behind it where it is. */
    @Test
    void shouldTakeNothingPastAJump() {
        plugin.rolls(0).midi(10, 0x90, 60, 80).jumps(100, Layout.TRANSPORT_PASSED, 64);
        plugin.midi(110, 0x90, 61, 80).end(480);
        device.transport(where);
        device.settle(5000);
        assertThat(plugin.settledUntil()).isEqualTo(5000);
        assertThat(device.receive(handler)).isEqualTo(2);
        assertThat(heard).containsExactly("10 903c50");
        assertThat(device.now()).isEqualTo(100);
        assertThat(plugin.answers()).isEmpty();

        device.transport(where);
        assertThat(where.hasJumped() && where.isPassed()).isTrue();
        assertThat(where.time()).isEqualTo(100);
        assertThat(where.step()).isEqualTo(64);
        assertThat(plugin.settledUntil()).isEqualTo(Long.MIN_VALUE);
        assertThat(plugin.answers()).containsExactly("restart 1");
        // It jumps once.
        device.transport(where);
        assertThat(where.isKnown()).isTrue();
        assertThat(where.hasJumped() || where.isPassed()).isFalse();
        assertThat(device.receive(handler)).isEqualTo(2);
        assertThat(heard).containsExactly("10 903c50", "110 903d50");
        assertThat(device.now()).isEqualTo(480);
    }

    /** A song that is stopped jumps too, and nothing more is known of it then. */
    @Test
    void shouldAnswerAJumpToNowhere() {
        plugin.jumps(0, 0, 0).end(480);
        device.transport(where);
        device.receive(handler);
        plugin.transport(480, Layout.TRANSPORT_JUMPED, 0, 0).end(960);
        device.transport(where);

        assertThat(where.isKnown()).isFalse();
        assertThat(plugin.answers()).containsExactly("restart 1", "restart 1");
    }

    @ParameterizedTest
    @CsvSource({"NaN, 8", "Infinity, 8", "1e9, 8", "-1e9, 8", "0, 0", "0, -8", "0, NaN", "0, 1e6", "0, Infinity"})
    void shouldTakeImpossibleSongsForUnknown(double step, double stepsPerSecond) {
        plugin.transport(0, ROLLS, step, stepsPerSecond).end(480);
        device.transport(where);
        assertThat(where.isKnown()).isFalse();
    }

    @Test
    void shouldLeaveOutATransportOfAnotherLength() {
        plugin.transport(0, ROLLS, 3.5, 8)
                .record(Layout.TRANSPORT, 10, new byte[32])
                .midi(20, 0x90, 60, 80)
                .end(480);
        device.transport(where);
        device.receive(handler);
        device.transport(where);
        assertThat(where.step()).isEqualTo(3.5);
        assertThat(where.time()).isZero();
        device.receive(handler);
        assertThat(heard).containsExactly("20 903c50");
    }

    private static String told(long frame, int parameter, double value) {
        return frame + " parameter " + parameter + " " + value;
    }

    @Test
    void shouldHandOverParametersAmongTheNotes() {
        device.onParameter((frame, parameter, value) -> heard.add(told(frame, parameter, value)));
        plugin.parameter(0, 3, 0.25)
                .midi(5, 0x90, 60, 80)
                .parameter(5, 0, 127)
                .midi(6, 0x80, 60, 0)
                .end(480);
        plugin.parameter(480, 4, Double.NaN).parameter(480, 4, Double.NEGATIVE_INFINITY);
        plugin.record(Layout.PARAMETER, 480, new byte[8])
                .parameter(480, -1, -0.5)
                .end(960);
        assertThat(device.receive(handler)).isEqualTo(5);
        assertThat(device.receive(handler)).isEqualTo(5);

        assertThat(heard)
                .containsExactly(told(0, 3, 0.25), "5 903c50", told(5, 0, 127), "6 803c00", told(480, -1, -0.5));
    }

    /** Who makes another session has it made before it is played to. */
    @Test
    void shouldStopAfterAParameterIfThatIsWanted() {
        device.onParameter((frame, parameter, value) -> {
            heard.add(told(frame, parameter, value));
            return parameter != 1;
        });
        plugin.midi(5, 0x90, 60, 80).parameter(6, 1, 2).midi(7, 0x80, 60, 0).end(480);
        assertThat(device.receive(handler)).isEqualTo(2);
        assertThat(heard).containsExactly("5 903c50", told(6, 1, 2));
        assertThat(device.now()).isZero();
        assertThat(device.receive(handler)).isEqualTo(2);
        assertThat(heard).hasSize(3).last().isEqualTo("7 803c00");
        assertThat(device.now()).isEqualTo(480);
    }

    @Test
    void shouldLeaveOutKindsOfTomorrow() {
        plugin.record(99, 5, new byte[40_000])
                .midi(6, 0x90, 60, 80)
                .record(Layout.RESTART, 7, new byte[8])
                .end(480);
        device.receive(handler);

        assertThat(heard).containsExactly("6 903c50");
        assertThat(device.now()).isEqualTo(480);
        assertThat(device.counts()).isEqualTo(new Counts(0, 0, 0));
    }

    @Test
    void shouldCarryTheLongestMessageBothWays() {
        int[] sysex = new int[Layout.LONGEST_MESSAGE];
        plugin.midi(5, sysex).end(480);
        device.receive(handler);
        assertThat(heard).containsExactly("5 " + "00".repeat(Layout.LONGEST_MESSAGE));
        assertThat(device.send(9, new byte[Layout.LONGEST_MESSAGE], 0, Layout.LONGEST_MESSAGE))
                .isTrue();
        assertThat(plugin.answers()).containsExactly("midi 9 000000");
        assertThat(device.counts().droppedIn()).isZero();
    }

    @Test
    void shouldCountWhatWasDropped() {
        plugin.midi(1)
                .midi(2, new int[Layout.LONGEST_MESSAGE + 1])
                .midi(3, 0x90, 60, 80)
                .end(480);
        device.receive(handler);
        assertThat(heard).containsExactly("3 903c50");
        assertThat(device.counts().droppedIn()).isEqualTo(2);
        // Nobody has room for that, ever.
        assertThat(device.send(9, new byte[Layout.LONGEST_MESSAGE + 1], 0, Layout.LONGEST_MESSAGE + 1))
                .isTrue();
        assertThat(plugin.answers()).isEmpty();
        memory.store(Layout.AT_LOST_TO_ENGINE, 10);
        assertThat(device.counts()).isEqualTo(new Counts(13, 0, 0));
    }

    @Test
    void shouldCountWhatIsSentAfterItsTime() {
        plugin.end(480);
        device.receive(handler);
        assertThat(send(481)).isTrue();
        assertThat(send(480)).isTrue();
        assertThat(device.counts().late()).isZero();
        assertThat(send(479)).isTrue();
        assertThat(device.counts().late()).isEqualTo(1);
        assertThat(plugin.answers()).containsExactly("midi 481 903c50", "midi 480 903c50", "midi 479 903c50");
    }

    @Test
    void shouldSendRoutesByTheirNumbers() {
        assertThat(device.route(5, Route.ANSWERED)).isTrue();
        assertThat(device.route(6, Route.PASSED)).isTrue();
        assertThat(device.route(7, Route.REMEMBERED)).isTrue();

        assertThat(plugin.answers()).containsExactly("route 5 0", "route 6 1", "route 7 2");
    }

    @Test
    void shouldTakeBackWhatIsNotDueYet() {
        plugin.jumps(0, 0, 0).jumps(10, 0, 5).end(480);
        for (int i = 0; i < 2; i++) {
            device.transport(where);
            device.receive(handler);
        }
        send(700);
        assertThat(device.takeBack()).isTrue();
        send(600);
        assertThat(plugin.answers())
                .containsExactly("restart 1", "restart 2", "midi 700 903c50", "restart 2", "midi 600 903c50");
    }

    /** Nothing of what is sent after it may come before it. */
    @Test
    void shouldTakeBackAsSoonAsThereIsRoom() {
        int sent = 0;
        while (send(700)) {
            sent++;
        }
        assertThat(sent).isEqualTo(PluginStandIn.RING_BYTES / 24);
        assertThat(device.takeBack()).isTrue();
        assertThat(device.route(5, Route.PASSED)).isFalse();
        assertThat(send(5)).isFalse();
        assertThat(plugin.answers()).hasSize(sent);
        assertThat(device.route(5, Route.PASSED)).isTrue();
        assertThat(send(5)).isTrue();
        assertThat(plugin.answers()).containsExactly("restart 0", "route 5 1", "midi 5 903c50");

        // Or with the next look at what was told.
        while (send(700)) {}
        device.takeBack();
        plugin.answers();
        device.receive(handler);
        assertThat(plugin.answers()).containsExactly("restart 0");
    }

    @Test
    void shouldLetItsHeartBeat() {
        memory.store(Layout.AT_HEARTBEAT_NS, 0);
        long before = System.nanoTime();
        device.receive(handler);
        assertThat(memory.load(Layout.AT_HEARTBEAT_NS)).isBetween(before, System.nanoTime());
        memory.store(Layout.AT_HEARTBEAT_NS, 0);
        device.transport(where);
        assertThat(memory.load(Layout.AT_HEARTBEAT_NS)).isBetween(before, System.nanoTime());
    }

    /** A plugin that waits for answers is silent: it must not think that anybody listens. */
    private void isLeftAlone() {
        assertThat(device.state()).isEqualTo(State.LOST);
        assertThat(memory.load(Layout.AT_EPOCH)).isZero();
        memory.store(Layout.AT_HEARTBEAT_NS, 0);
        heard.clear();
        assertThat(device.receive(handler)).isZero();
        device.transport(where);
        assertThat(heard).isEmpty();
        assertThat(memory.load(Layout.AT_HEARTBEAT_NS)).isZero();
        assertThat(send(1000) && device.route(1000, Route.PASSED)).isTrue();
        assertThat(plugin.answers()).isEmpty();
        device.close();
        assertThat(device.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void shouldLeaveAPluginAloneThatWritesNoRecords() {
        plugin.midi(5, 0x90, 60, 80).publish();
        assertThat(device.receive(handler)).isEqualTo(1);
        memory.store(Layout.AT_TO_ENGINE_TAIL, memory.load(Layout.AT_TO_ENGINE_TAIL) + 8);
        assertThat(device.receive(handler)).isZero();
        isLeftAlone();
    }

    @Test
    void shouldLeaveAPluginAloneWhoseTailCannotBe() {
        memory.store(Layout.AT_TO_ENGINE_TAIL, Long.MAX_VALUE);
        device.transport(where);
        assertThat(where.isKnown()).isFalse();
        isLeftAlone();
    }

    /** A session would have all of the music in between to play, and nobody else would be played for. */
    @ParameterizedTest
    @CsvSource({"172800001", "-172800001", "9223372036854775807", "-9223372036854775808"})
    void shouldLeaveAPluginAloneWhoseFramesLeap(long frame) {
        plugin.end(frame);
        assertThat(device.receive(handler)).isZero();
        assertThat(device.now()).isZero();
        isLeftAlone();
    }

    @Test
    void shouldFollowFramesForAnHour() {
        plugin.end(60L * 60 * 48000);
        assertThat(device.receive(handler)).isEqualTo(1);
        assertThat(device.state()).isEqualTo(State.OPEN);
    }

    /** Its clock never goes back, whatever is told. */
    @Test
    void shouldNotGoBack() {
        plugin.end(960);
        device.receive(handler);
        plugin.rolls(480).midi(5, 0x90, 60, 80).end(700);
        device.transport(where);
        device.receive(handler);

        assertThat(heard).containsExactly("5 903c50");
        assertThat(device.now()).isEqualTo(960);
    }

    @Test
    void shouldSurviveWhateverIsTold() throws IOException {
        SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < 30; round++) {
            plugin = PluginStandIn.in(folder, 100 + round);
            device = plugin.device();
            device.onParameter((frame, parameter, value) -> random.nextBoolean());
            for (int i = 0; i < 300 && device.state() == State.OPEN; i++) {
                for (int k = random.nextInt(8); k > 0; k--) {
                    byte[] payload = new byte[random.nextInt(4) == 0 ? random.nextInt(100) : random.nextInt(4) * 8];
                    random.nextBytes(payload);
                    plugin.record(1 + random.nextInt(8), random.nextInt(1000), payload);
                }
                plugin.publish();
                if (random.nextInt(200) == 0) {
                    plugin.memory().putLong(Layout.HEADER_BYTES + 8 * random.nextInt(4096), random.nextLong());
                }
                for (int looks = 0; device.receive(handler) > 0; looks++) {
                    assertThat(looks).isLessThan(100);
                    device.transport(where);
                }
                send(random.nextInt(1000));
                plugin.answers();
            }
        }
    }

    @Test
    void shouldSayHowTheEngineIs() {
        for (Readiness readiness : Readiness.values()) {
            device.readiness(readiness);
            assertThat(memory.loadInt(Layout.AT_STATE)).isEqualTo(readiness.code());
        }
        assertThat(Arrays.stream(Readiness.values()).map(Readiness::code)).containsExactly(0, 1, 2);
        device.show(17, 0.5, 3, 4);
        assertThat(memory.loadInt(Layout.AT_PROGRAM)).isEqualTo(17);
        assertThat(memory.load(Layout.AT_DELAY_FRAMES)).isEqualTo(24000);
        assertThat(memory.load(Layout.AT_LATE_WINDOWS)).isEqualTo(3);
        assertThat(memory.load(Layout.AT_DROPPED)).isEqualTo(4);
        device.showOwn(new long[] {1, 2, 3, 4, 5, 6, 7, -8}, new long[] {9, -10}, new long[] {11, 12});
        for (int i = 0; i < 8; i++) {
            assertThat(memory.load(512 + 8 * i)).isEqualTo(i == 7 ? -8 : i + 1);
        }
        assertThat(memory.load(344)).isEqualTo(9);
        assertThat(memory.load(352)).isEqualTo(-10);
        assertThat(memory.load(360)).isEqualTo(11);
        assertThat(memory.load(368)).isEqualTo(12);
    }

    @Test
    void shouldKnowWhatIsAskedOfTheSong() {
        memory.store(192, 5);
        memory.store(200, 6);
        device.songWritten(4);

        assertThat(device.songsWanted()).isEqualTo(5);
        assertThat(device.songsRestored()).isEqualTo(6);
        assertThat(memory.load(296)).isEqualTo(4);
        assertThat(device.song()).isEqualTo(folder.resolve("plugin-4711-0000000000000001.song"));
        assertThat(device.restoredSong()).isEqualTo(folder.resolve("plugin-4711-0000000000000001.restore"));
    }

    /** A block, and five milliseconds: 240 frames. */
    @Test
    void shouldSendEarlierWhereBlocksAreLonger() {
        assertThat(device.leadTime()).isEqualTo(480 + 240);
        assertThat(device.needsLead()).isFalse();
        memory.storeInt(Layout.AT_BLOCK_FRAMES, 2048);
        assertThat(device.leadTime()).isEqualTo(480 + 240);
        assertThat(device.needsLead()).isTrue();
        device.followBlocks();
        assertThat(device.leadTime()).isEqualTo(2048 + 240);
        assertThat(device.needsLead()).isFalse();
        memory.storeInt(Layout.AT_BLOCK_FRAMES, 64);
        device.followBlocks();
        assertThat(device.leadTime()).isEqualTo(2048 + 240);
        memory.storeInt(Layout.AT_BLOCK_FRAMES, -1);
        device.followBlocks();
        assertThat(device.leadTime()).isEqualTo(10 * 48000 + 240);
        assertThat(device.blockFrames()).isEqualTo(0xFFFF_FFFFL);
    }

    @Test
    void shouldDescribeItself() {
        assertThat(device.description()).isEqualTo("plugin in Ardour (process 4711), 48000 Hz, 480 frames");
        assertThat(device.clockRate()).isEqualTo(48000);
        assertThat(device.heardUntil()).isEqualTo(device.now());
        assertThat(device.passesThru()).isFalse();
    }
}

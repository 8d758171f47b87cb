package idiom.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.live.LiveSettings;
import idiom.engine.live.Sync;
import idiom.presets.Decoding;
import idiom.presets.Hop;
import idiom.presets.Mode;
import idiom.presets.ModelFile;
import idiom.presets.Output;
import idiom.presets.Preset;
import idiom.presets.Provenance;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** On a clock of 1000 units a second; at 60 bpm a hop of one beat is 1000 units. */
class MatchingTest {
    private static final int RATE = 1000;
    private static final int DELAY = 1000;
    private static final byte[] C = {(byte) 0x90, 60, 64};
    private static final byte[] E = {(byte) 0x90, 64, 64};
    private static final byte[] WHEEL = {(byte) 0xB0, 70, 1};

    private final MessageLog sent = new MessageLog(8);
    private final MessageLog seen = new MessageLog(8);
    private final MessageLog handed = new MessageLog(8);
    private final MessageLog heard = new MessageLog(8);

    private static void add(MessageLog log, long at, long stamp, byte[] message) {
        log.add(at, stamp, message, 0, message.length);
    }

    /** Sent at a time, seen 2 later, handed over 20 before it is due, received when it is due. */
    private void pass(long time, byte[] message) {
        add(sent, time, time, message);
        add(seen, time + 2, time, message);
        add(handed, time + DELAY - 20, time + DELAY, message);
        add(heard, time + DELAY + 5, time + DELAY, message);
    }

    private Figures figures(Mode mode, boolean isIdentity) {
        return figures(mode, isIdentity, false);
    }

    private Figures figures(Mode mode, boolean isIdentity, boolean isThru) {
        Preset preset = new Preset(
                "some",
                0,
                "pop",
                "jazz",
                new ModelFile(Path.of("none.onnx"), "0".repeat(64)),
                mode,
                Hop.BEAT,
                Decoding.PLAIN,
                Output.AS_INPUT,
                Provenance.UNKNOWN);
        BenchRequest request = new BenchRequest(
                preset, isIdentity, LiveSettings.of(mode, 4, Sync.INTERNAL), 60, 10, 50, 1, 0, isThru, false, 0);
        return new Figures(
                request, RATE, Matching.of(new Matching.Logs(sent, seen, handed, heard), DELAY + RATE, isThru), 0);
    }

    @Test
    void shouldFollowEachMessageFromEndToEnd() {
        pass(100, C);
        pass(110, E);
        pass(120, WHEEL);
        Figures figures = figures(Mode.FOLLOW, true);

        assertThat(figures.sent()).isEqualTo(3);
        assertThat(figures.seen()).isEqualTo(3);
        assertThat(figures.received()).isEqualTo(3);
        assertThat(figures.lost()).isZero();
        assertThat(figures.doubled()).isZero();
        assertThat(figures.late()).isZero();
        assertThat(figures.exactShare()).isEqualTo(1);
        assertThat(figures.punctualShare()).isEqualTo(1);
        assertThat(figures.sentToSeen().maxMs()).isEqualTo(2);
        assertThat(figures.seenToReceived().maxMs()).isEqualTo(-2);
        assertThat(figures.sentToReceived().maxMs()).isZero();
        assertThat(figures.margin().percentileMs(50)).isEqualTo(20);
    }

    @Test
    void shouldCountWhatIsLostOnEachPartOfTheWay() {
        add(sent, 100, 100, C);
        add(sent, 110, 110, E);
        add(seen, 111, 110, E);
        add(sent, 120, 120, WHEEL);
        add(seen, 121, 120, WHEEL);
        add(handed, 1100, 1120, WHEEL);
        Figures figures = figures(Mode.FOLLOW, true);

        assertThat(figures.seen()).isEqualTo(2);
        assertThat(figures.received()).isZero();
        // C did not come in, E was not handed over, the wheel did not arrive.
        assertThat(figures.lost()).isEqualTo(3);
        assertThat(figures.exactShare()).isNaN();
    }

    @Test
    void shouldCountWhatIsThereTwice() {
        pass(100, C);
        add(seen, 105, 104, C);
        add(handed, 1200, 1210, C);
        add(heard, 1215, 1210, C);
        add(heard, 1216, 1211, C);
        Figures figures = figures(Mode.FOLLOW, true);

        // Seen twice, handed over twice, and heard once more than that.
        assertThat(figures.doubled()).isEqualTo(3);
        assertThat(figures.lost()).isZero();
    }

    @Test
    void shouldLetANetworkLeaveOutMoveAndAddNotesButNothingElse() {
        add(sent, 100, 100, C);
        add(seen, 101, 100, C);
        pass(110, E);
        add(sent, 120, 120, WHEEL);
        add(seen, 121, 120, WHEEL);
        byte[] added = {(byte) 0x90, 70, 50};
        add(handed, 1290, 1300, added);
        add(heard, 1301, 1300, added);
        Figures figures = figures(Mode.FOLLOW, false);

        assertThat(figures.changed()).isEqualTo(1);
        assertThat(figures.added()).isEqualTo(1);
        assertThat(figures.lost()).as("the wheel").isEqualTo(1);
        assertThat(figures.sentToReceived().count()).isEqualTo(1);
    }

    @Test
    void shouldCountWhatLeavesLateOrNeverExactly() {
        pass(100, C);
        add(sent, 110, 110, E);
        add(seen, 111, 110, E);
        add(handed, 1150, 1110, E);
        add(heard, 1163, 1160, E);
        Figures figures = figures(Mode.FOLLOW, true);

        assertThat(figures.late()).isEqualTo(1);
        assertThat(figures.exactShare()).isEqualTo(0.5);
        assertThat(figures.punctualShare()).isEqualTo(0.5);
        assertThat(figures.sentToReceived().maxMs()).isEqualTo(50);
    }

    @Test
    void shouldMeasureFromKeyToAnswerWithoutADelay() {
        add(sent, 100, 100, C);
        add(seen, 101, 100, C);
        add(handed, 107, 107, C);
        add(heard, 112, 110, C);
        add(sent, 130, 130, WHEEL);
        add(seen, 131, 130, WHEEL);
        add(handed, 131, 130, WHEEL);
        add(heard, 136, 134, WHEEL);
        Figures figures = figures(Mode.INSTANT, false);

        assertThat(figures.keyToAnswer().count()).isEqualTo(1);
        assertThat(figures.keyToAnswer().maxMs()).isEqualTo(10);
        assertThat(figures.sentToReceived().percentileMs(50)).isEqualTo(4);
        assertThat(figures.late()).as("all is due already").isZero();
    }

    @Test
    void shouldTellAnswersApartDuringWhichAPeriodWasMissed() {
        byte[][] keys = {C, E, {(byte) 0x90, 67, 64}};
        for (int i = 0; i < keys.length; i++) {
            long time = 100 + 100 * i;
            add(sent, time, time, keys[i]);
            add(seen, time + 1, time, keys[i]);
            add(handed, time + 10 + i, time + 10 + i, keys[i]);
            add(heard, time + 12 + i, time + 10 + i, keys[i]);
        }
        long[] missed = {3};
        Standstills standstills = new Standstills(() -> missed[0], 5);
        standstills.look(90);
        standstills.look(195);
        missed[0] = 5;
        standstills.look(196);
        standstills.look(300);

        Figures figures = figures(Mode.INSTANT, false);
        assertThat(figures.keyToAnswer().count()).isEqualTo(3);
        assertThat(figures.keyToAnswer(standstills).count()).isEqualTo(2);
        assertThat(figures.keyToAnswer(standstills).maxMs())
                .as("the third, not the second")
                .isEqualTo(12);
        assertThat(standstills.touch(100, 189)).isFalse();
        assertThat(standstills.touch(100, 190)).isTrue();
        assertThat(standstills.touch(202, 300)).isFalse();
    }

    @Test
    void shouldNotTakeWhatIsAddedBeforeOrLongAfterForWhatIsPlayed() {
        add(handed, 50, 60, C);
        add(heard, 61, 60, C);
        add(sent, 100, 100, C);
        add(seen, 101, 100, C);
        add(sent, 110, 110, E);
        add(seen, 111, 110, E);
        add(handed, 2110, 2115, E);
        add(heard, 2116, 2115, E);
        Figures figures = figures(Mode.INSTANT, false);

        assertThat(figures.added()).isEqualTo(2);
        assertThat(figures.changed()).isEqualTo(2);
        assertThat(figures.keyToAnswer().count()).isZero();
        assertThat(figures.doubled()).isZero();
    }

    @Test
    void shouldTakeWhatArrivesByItselfForPassedThrough() {
        add(sent, 100, 100, C);
        add(seen, 103, 100, C);
        add(heard, 104, 100, C);
        add(sent, 110, 110, E);
        add(seen, 113, 110, E);
        // The E itself is lost; one of the same bytes, added much later, is another.
        add(handed, 4080, 4100, E);
        add(heard, 4105, 4100, E);
        add(heard, 4106, 4101, E);
        byte[] added = {(byte) 0x90, 70, 50};
        add(handed, 1080, 1100, added);
        add(heard, 1105, 1100, added);
        Figures figures = figures(Mode.FOLLOW, false, true);

        assertThat(figures.keyToAnswer().count()).isEqualTo(1);
        assertThat(figures.keyToAnswer().maxMs()).as("no frame").isZero();
        assertThat(figures.lost()).as("E").isEqualTo(1);
        assertThat(figures(Mode.FOLLOW, true).doubled())
                .as("not asked for: C, and an E too many")
                .isEqualTo(2);
    }

    @Test
    void shouldCountWhatALogHasNoRoomFor() {
        MessageLog small = new MessageLog(1);
        add(small, 1, 1, C);
        add(small, 2, 2, E);
        small.add(3, 3, new byte[] {(byte) 0xF0, 1, 2, (byte) 0xF7}, 0, 4);

        assertThat(small.size()).isEqualTo(1);
        assertThat(small.missed()).isEqualTo(1);
    }
}

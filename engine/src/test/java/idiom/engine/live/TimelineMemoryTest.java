package idiom.engine.live;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import idiom.engine.live.Adjustment.Lock;
import idiom.engine.live.SongMemory.PlayedNote;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.pianoroll.Rolls;
import idiom.presets.Feel;
import idiom.presets.Mode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the mode timeline has learnt: it can be kept and brought back, and a song that stands adds nothing to it. */
class TimelineMemoryTest {
    private static final double SPEED = 8;
    private static final String[] AS_PLAYED = {"4.5 on 60", "6.5 on 64", "8.2 off 60", "8.2 off 64"};
    private static final String[] REMEMBERED = {
        "4.0 on 48", "4.5 on 60", "6.0 on 52", "8.0 off 48", "8.0 off 52", "8.2 off 60"
    };

    /** The octave below as well, and without E4. */
    private static final UnaryOperator<PianoRoll> NETWORK =
            window -> Stage.withOctaveBelow(window).minus(Rolls.of(64, 0, PianoRoll.STEPS));

    private static Stage stage() {
        Stage stage = new Stage(Mode.TIMELINE, 64);
        stage.answerer.network = NETWORK;
        return stage;
    }

    /** Plays the same four bars from the beginning of the song on; what was heard, as steps since then. */
    private static List<String> pass(Stage stage) {
        double start = stage.now() / (double) Stage.STEP;
        stage.session.locate(stage.now(), 0, SPEED);
        return play(stage, start, 0);
    }

    private static List<String> play(Stage stage, double start, double first) {
        stage.sent.clear();
        double from = start + first;
        stage.until(from + 4.5).on(60).until(from + 6.5).on(64);
        stage.until(from + 8.2).off(60).off(64).until(from + 64);
        return stage.sent.stream()
                .filter(event -> event.isOn() || event.isOff())
                .map(event -> (event.due() - Math.round(from * Stage.STEP)) / (double) Stage.STEP
                        + (event.isOn() ? " on " : " off ")
                        + Message.data1(event.message()))
                .sorted()
                .toList();
    }

    /** What a stage has learnt, by way of bytes. */
    private static SongMemory kept(Stage stage) throws IOException {
        return SongMemory.of(stage.session.remember().orElseThrow().toBytes());
    }

    @Test
    void shouldPlayAtOnceAndAsBeforeWhatWasLearntOnce() throws IOException {
        Stage before = stage();
        assertThat(pass(before)).containsExactly(AS_PLAYED);
        assertThat(pass(before)).containsExactly(REMEMBERED);
        SongMemory memory = kept(before);

        Stage after = stage();
        after.session.recall(after.now(), memory);
        assertThat(pass(after)).containsExactly(REMEMBERED);
        assertThat(pass(after)).containsExactly(REMEMBERED);
        assertThat(after.answerer.seen()).isEmpty();
        assertThat(kept(after)).isEqualTo(memory);
    }

    /** What was learnt up to there stays, wherever the song goes on, and whatever ends what sounds. */
    @Test
    void shouldKeepWhatItLearntWhenTheSongJumps() throws IOException {
        Stage stage = stage();
        pass(stage);
        SongMemory memory = kept(stage);
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(64 + 4.5).on(60).until(64 + 5.1);
        stage.session.locate(stage.now(), 300, SPEED);
        stage.until(70);
        assertThat(kept(stage)).isEqualTo(memory);
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(70 + 4.5).on(60).until(70 + 6.5).on(64);
        stage.session.locate(stage.now(), 40, SPEED);
        stage.until(80);
        assertThat(kept(stage)).isEqualTo(memory);
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(80 + 4.5)
                .on(60)
                .until(80 + 6.5)
                .on(64)
                .until(80 + 8.2)
                .off(60)
                .off(64);
        stage.session.panic(stage.now());
        stage.until(100);
        assertThat(kept(stage)).isEqualTo(memory);
        assertThat(stage.answerer.seen())
                .last()
                .isEqualTo(requireNonNull(memory.windows().get(0).answer()).before());
    }

    /** Hosts end what sounds just before they put the song elsewhere, at the end of a loop or by hand: that is no part of it. */
    @Test
    void shouldNotLearnWhereANoteWasCut() throws IOException {
        Stage stage = stage();
        pass(stage);
        SongMemory memory = kept(stage);
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(64 + 4.5)
                .on(60)
                .until(64 + 6.5)
                .on(64)
                .until(64 + 7.3)
                .off(60)
                .off(64);
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(75);
        assertThat(kept(stage)).isEqualTo(memory);

        // Where the song goes on, the note has become shorter.
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(75 + 4.5)
                .on(60)
                .until(75 + 6.5)
                .on(64)
                .until(75 + 7.3)
                .off(60)
                .off(64)
                .until(75 + 9);
        assertThat(kept(stage)).isNotEqualTo(memory);
    }

    /** The same for a note that was struck in the window before. */
    @Test
    void shouldNotLearnWhereANoteOfAnEarlierWindowWasCut() throws IOException {
        Stage stage = stage();
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(60).on(60).until(68.3).off(60).until(80);
        SongMemory memory = kept(stage);
        double end = memory.windows().get(0).notes().get(0).offStep();
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(80 + 60).on(60).until(80 + 66.5).off(60);
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(150);

        assertThat(end).isEqualTo(68.3);
        assertThat(kept(stage)).isEqualTo(memory);

        // Where the song goes on, the note has become shorter.
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(150 + 60).on(60).until(150 + 66.5).off(60).until(150 + 67.1);
        assertThat(kept(stage).windows().get(0).notes().get(0).offStep()).isEqualTo(66.5);
    }

    /** A loop may begin behind what was handed over before the jump was known ({@link TimelineLoopTest}). */
    @Test
    void shouldNotMissWhatIsJustBeforeWhereTheSongGoesOn() throws IOException {
        Stage stage = stage();
        pass(stage);
        SongMemory memory = kept(stage);
        stage.session.locate(stage.now(), 4.51, SPEED);
        stage.until(64 + 0.9);
        assertThat(kept(stage)).isEqualTo(memory);

        stage.session.locate(stage.now(), 4.39, SPEED);
        stage.until(64 + 1.8);
        assertThat(kept(stage).windows().get(0).notes())
                .hasSize(memory.windows().get(0).notes().size() - 1);
    }

    /** The next window is entered before the one at hand is over; what is still to come of that is not missing. */
    @Test
    void shouldNotMissWhatIsStillToCome() throws IOException {
        Stage stage = stage();
        for (int i = 0; i < 2; i++) {
            double start = stage.now() / (double) Stage.STEP;
            stage.session.locate(stage.now(), 0, SPEED);
            stage.until(start + 4).on(60).until(start + 5).off(60);
            SongMemory before = stage.until(start + 63.981).session.remember().orElseThrow();
            stage.until(start + 63.982).on(62).until(start + 63.99).off(62).until(start + 70);
            assertThat(before.equals(kept(stage))).as("pass %d", i).isEqualTo(i == 1);
        }
    }

    /** How a passage begins is known before the song is there, whatever plays meanwhile; and nothing of what plays is other for that. */
    @Test
    void shouldKnowHowAPassageBegins() {
        Stage stage = stage();
        assertThat(passage(stage, 0, 5)).isEmpty();
        pass(stage);
        assertThat(passage(stage, 0, 5)).containsExactly("4.0 on 48", "4.5 on 60");
        assertThat(passage(stage, 4.5, 9))
                .containsExactly("4.5 on 60", "5.0 on 48", "6.0 on 52", "8.0 off 48", "8.0 off 52", "8.2 off 60");
        assertThat(passage(stage, 64, 70)).isEmpty();
        double start = stage.now() / (double) Stage.STEP;
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(start + 4.2);
        assertThat(passage(stage, 4.5, 5)).containsExactly("4.5 on 60");
        assertThat(play(stage, start, 0)).contains("4.5 on 60", "6.0 on 52", "8.0 off 48", "8.0 off 52", "8.2 off 60");
        stage.session.bypass(true);
        stage.until(start + 65);
        assertThat(passage(stage, 0, 5)).isEmpty();
    }

    private static List<String> passage(Stage stage, double step, double end) {
        List<String> messages = new ArrayList<>();
        stage.session.passage(
                step,
                end,
                (at, message) ->
                        messages.add(at + (Message.isNoteOn(message) ? " on " : " off ") + Message.data1(message)));
        messages.sort(null);
        return messages;
    }

    /** Knobs are turned faster than the network answers: once it can be asked again, it is asked what is still to be known. */
    @Test
    void shouldAskAgainWhatItCouldNotAsk() {
        Stage stage = stage();
        pass(stage);
        stage.session.locate(stage.now(), 0, SPEED);
        stage.answerer.isStuck = true;
        for (int i = 0; i < 10; i++) {
            stage.session.select(i % 2);
            stage.until(64 + 0.1 * (i + 1));
        }
        stage.answerer.isStuck = false;
        stage.until(66);
        stage.answerer.isFull = true;
        stage.session.select(1);
        stage.until(67);
        stage.answerer.isFull = false;
        stage.until(67.1);
        long[] known = new long[8];
        stage.session.known(known);

        assertThat(known[0]).isEqualTo(1);
        assertThat(pass(stage)).containsExactly(REMEMBERED);
    }

    /** Asked while a note of a known window is held, it still knows how long that is. */
    @Test
    void shouldRememberInTheMiddleOfAPass() throws IOException {
        Stage stage = stage();
        pass(stage);
        SongMemory memory = kept(stage);
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(64 + 4.5).on(60).until(64 + 6.5).on(64).until(64 + 7);

        assertThat(kept(stage)).isEqualTo(memory);
        assertThat(memory.windows()).singleElement().satisfies(window -> {
            assertThat(window.index()).isZero();
            assertThat(window.answer()).isNotNull();
            assertThat(window.notes())
                    .extracting(PlayedNote::on)
                    .containsExactly(Message.of(0x90, 60, 80), Message.of(0x90, 64, 80));
            assertThat(window.notes()).extracting(PlayedNote::offStep).containsExactly(8.2, 8.2 + 1e-9);
        });
    }

    @Test
    void shouldNotKeepAnAnswerToOtherNotes() throws IOException {
        Stage stage = stage();
        pass(stage);
        stage.answerer.isFull = true;
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(64 + 4.5).on(61).until(64 + 5).off(61).until(64 + 10);

        assertThat(kept(stage).windows())
                .singleElement()
                .satisfies(window -> assertThat(window.answer()).isNull());
    }

    /** The notes are known: the network is asked at once about where the song is and what comes next. */
    @Test
    void shouldAskAgainWhereTheSoundIsAnother() throws IOException {
        Stage before = stage();
        pass(before);
        play(before, 64, 0);
        SongMemory memory = kept(before);
        assertThat(memory.windows()).hasSize(2);

        Stage after = stage();
        after.session.adjust(new Adjustment(0.5, 0, Lock.AS_PRESET, Lock.AS_PRESET, 1, 0));
        after.session.recall(after.now(), memory);
        assertThat(after.session.remember().orElseThrow().sound()).isNotEqualTo(memory.sound());
        after.session.locate(after.now(), 0, SPEED);
        after.until(0.1);
        assertThat(after.answerer.seen())
                .isEqualTo(memory.windows().stream()
                        .map(window -> requireNonNull(window.answer()).before())
                        .toList());
        assertThat(play(after, 0, 0)).containsExactly(AS_PLAYED);
        assertThat(play(after, 64, 0)).containsExactly(REMEMBERED);
        assertThat(pass(after)).containsExactly(REMEMBERED);
    }

    /** What was played of another song, and what was asked about it, is no part of the one that comes back. */
    @Test
    void shouldTakeTheSongThatComesBackForAllThereIs() throws IOException {
        Stage before = stage();
        pass(before);
        SongMemory memory = kept(before);

        Stage after = stage();
        after.session.locate(after.now(), 70, SPEED);
        after.until(1).on(50).until(2).off(50).until(3);
        after.answerer.isStuck = true;
        after.session.locate(after.now(), 0, SPEED);
        after.until(5).on(50).until(6).off(50).until(12);
        after.session.recall(after.now(), memory);
        after.answerer.isStuck = false;
        after.until(20);
        assertThat(kept(after)).isEqualTo(memory);
        assertThat(pass(after)).containsExactly(REMEMBERED);
    }

    @Test
    void shouldKnowNothingWhereTheModeLearnsNothing() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(1).on(60).until(2).off(60).until(70);
        long[] known = {-1, -1, -1, -1, -1, -1, -1, -1};
        stage.session.known(known);

        assertThat(known).containsOnly(0);
        assertThat(stage.session.remember()).isEmpty();
    }

    @Test
    void shouldSayWhichWindowsArePlayedFromMemory() {
        Stage stage = stage();
        long[] known = {-1, -1, -1, -1, -1, -1, -1, -1};
        stage.session.known(known);
        assertThat(known).containsOnly(0);

        pass(stage);
        stage.session.locate(stage.now(), 65 * 64, SPEED);
        play(stage, 64, 0);
        stage.session.locate(stage.now(), 511 * 64, SPEED);
        play(stage, 128, 0);
        // Beyond the last window nothing is learnt.
        play(stage, 192, 0);
        stage.session.known(known);
        assertThat(known).containsExactly(1, 2, 0, 0, 0, 0, 0, 1L << 63);

        stage.session.bypass(true);
        stage.session.known(known);
        assertThat(known).containsOnly(0);
        stage.session.bypass(false);
        stage.session.known(known);
        assertThat(known).containsExactly(1, 2, 0, 0, 0, 0, 0, 1L << 63);

        stage.session.select(1);
        stage.session.known(known);
        assertThat(known).containsOnly(0);
    }

    @Test
    void shouldNeitherPlayNorLearnWhileTheSongStands() throws IOException {
        Stage stage = stage();
        pass(stage);
        SongMemory memory = kept(stage);
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(66);
        stage.sent.clear();
        stage.session.stand(stage.now());
        assertThat(stage.session.isStanding()).isTrue();
        stage.until(70).on(72).until(71.5).off(72).until(150);
        assertThat(stage.heard()).containsExactly("70.0 on 72", "71.5 off 72");
        stage.until(200);
        assertThat(kept(stage)).isEqualTo(memory);

        // A tempo does not make it go on, a panic and a change of the preset do not either.
        stage.session.tempo(stage.now(), SPEED);
        stage.session.panic(stage.now());
        stage.session.bypass(true);
        stage.session.bypass(false);
        stage.until(250);
        assertThat(stage.session.isStanding()).isTrue();
        stage.sent.clear();
        stage.session.follow(stage.now(), 0, SPEED);
        assertThat(stage.session.isStanding()).isFalse();
        assertThat(play(stage, 250, 0)).containsExactly(REMEMBERED);
    }

    /** Not even where it stands on a window that is known, and the network answers only then. */
    @Test
    void shouldNotBeginToPlayWhenAnAnswerComesWhileTheSongStands() {
        Stage stage = stage();
        pass(stage);
        stage.session.stand(stage.now());
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(66);
        stage.answerer.isStuck = true;
        stage.session.select(1);
        stage.session.stand(stage.now());
        stage.sent.clear();
        stage.answerer.isStuck = false;
        stage.until(140);

        assertThat(stage.heard()).isEmpty();
    }

    @Test
    void shouldLearnWhatWasPlayedBeforeTheSongStood() throws IOException {
        Stage stage = stage();
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(4.5).on(60).until(5.25).off(60).until(6).on(62);
        stage.session.stand(stage.now());
        stage.until(7).off(62).on(64).until(8).off(64).until(100);

        assertThat(kept(stage).windows())
                .singleElement()
                .satisfies(window -> assertThat(window.notes())
                        .containsExactly(
                                new PlayedNote(Message.of(0x90, 60, 80), Message.of(0x80, 60, 33), 4.5, 5.25),
                                new PlayedNote(Message.of(0x90, 62, 80), 0, 6, Double.POSITIVE_INFINITY)));
    }

    @Test
    void shouldStandWithTheClockOfASequencer() throws IOException {
        Stage stage = new Stage(Mode.TIMELINE, 64, Feel.STRAIGHT, Sync.CLOCK);
        stage.until(0.5).play(0xFA);
        tick(stage, 1, 30);
        stage.on(60);
        tick(stage, 6, 6);
        stage.off(60);
        tick(stage, 7, 6);
        assertThat(stage.session.isStanding()).isFalse();
        stage.play(0xFC);
        assertThat(stage.session.isStanding()).isTrue();
        // Many go on to tick.
        tick(stage, 8, 12);
        stage.on(64);
        tick(stage, 10, 12);
        stage.off(64).until(12.2);
        assertThat(stage.heard()).hasSize(4);
        assertThat(stage.session.isStanding()).isTrue();
        assertThat(kept(stage).windows())
                .singleElement()
                .satisfies(window -> assertThat(window.notes())
                        .singleElement()
                        .satisfies(note -> assertThat(Message.data1(note.on())).isEqualTo(60)));
        stage.play(0xFB);
        tick(stage, 13, 6);
        assertThat(stage.session.isStanding()).isFalse();
    }

    /** Six ticks are a step. */
    private static void tick(Stage stage, double from, int count) {
        for (int i = 0; i < count; i++) {
            stage.until(from + i / 6.0).play(0xF8);
        }
    }

    @Test
    void shouldAllocateNothingWhileTheSongStands() {
        Stage stage = stage();
        pass(stage);
        stage.session.stand(stage.now());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 1; round <= 10; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            stage.until(64 + round * 640);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes in ten windows").isZero();
    }

    /** Hosts say where a loop begins a little late: what lies on its first step belongs to it all the same. */
    @Test
    void shouldPlayWhatLiesOnTheStepThatWasJustMissed() {
        Stage stage = stage();
        pass(stage);
        stage.sent.clear();
        stage.session.locate(stage.now(), 4.006, SPEED);
        stage.until(stage.now() / (double) Stage.STEP + 3);

        assertThat(stage.sent.stream().filter(Stage.Sent::isOn).map(event -> Message.data1(event.message())))
                .containsExactly(48, 60, 52);
    }
}

package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Mode;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The mix as a host automates it: which share holds is decided for each step, and by the frame. The network adds the octave below;
 * a step has it where half of the mix or more is wanted.
 */
class MixTest {
    private static final double SPEED = 8;

    private static Stage stage(Mode mode, int hopSteps) {
        Stage stage = new Stage(mode, hopSteps);
        stage.answerer.network = Stage::withOctaveBelow;
        stage.answerer.mixer = MixTest::mixed;
        return stage;
    }

    private static PianoRoll mixed(WindowJob job, PianoRoll answer) {
        long wanted = 0;
        double[] mixes = job.mixes();
        for (int step = 0; step < mixes.length; step++) {
            wanted |= mixes[step] >= 0.5 ? 1L << step : 0;
        }
        long[] masks = new long[PianoRoll.PITCHES];
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            masks[pitch] = job.before[pitch] | (answer.steps(pitch) & wanted);
        }
        return PianoRoll.ofPitches(masks);
    }

    /** A note on each step from {@code from} to {@code end}, on time; the steps on which something was added. */
    private static List<Long> added(Stage stage, double start, int from, int end) {
        stage.sent.clear();
        for (int step = from; step < end; step++) {
            stage.until(start + step).on(pitch(step)).until(start + step + 0.4).off(pitch(step));
        }
        stage.until(start + end);
        return addedOf(stage, start);
    }

    /** Another one each time, or what is added is one long note. */
    private static int pitch(int step) {
        return 60 + step % 2;
    }

    private static List<Long> addedOf(Stage stage, double start) {
        return stage.sent.stream()
                .filter(event -> event.isOn() && Message.data1(event.message()) < 60)
                .map(event -> Math.round(event.due() / (double) Stage.STEP - start))
                .toList();
    }

    private static void mixAt(Stage stage, double step, double share) {
        stage.until(step);
        stage.session.mix(stage.now(), share);
    }

    /** In the middle of a hop, and a hop later; one unit after a step has begun is too late for it but for rounding. */
    @Test
    void shouldHoldFromItsFrameOnForWhatIsPlayedThen() {
        for (int late : new int[] {0, 1, 20}) {
            Stage stage = stage(Mode.FOLLOW, 8);
            for (int step = 0; step < 24; step++) {
                stage.until(step).on(pitch(step));
                if (step == 11) {
                    mixAt(stage, step + late / (double) Stage.STEP, 0);
                }
                if (step == 14) {
                    mixAt(stage, step + late / (double) Stage.STEP, 0.75);
                }
                stage.until(step + 0.4).off(pitch(step));
            }
            stage.until(40);
            // A hop later.
            assertThat(addedOf(stage, 8))
                    .as("late=%d", late)
                    .doesNotContain(late == 20 ? 12L : 11L, 12L, 13L)
                    .contains(10L, late == 20 ? 15L : 14L, 15L, 16L, 23L);
            assertThat(addedOf(stage, 8).contains(11L)).as("late=%d", late).isEqualTo(late == 20);
            assertThat(addedOf(stage, 8).contains(14L)).as("late=%d", late).isEqualTo(late != 20);
        }
    }

    /** What was wanted elsewhere in the song holds no more. */
    @Test
    void shouldHoldAcrossAJump() {
        Stage stage = stage(Mode.FOLLOW, 4);
        mixAt(stage, 2, 0);
        stage.until(3);
        stage.session.locate(stage.now(), 64, SPEED);
        assertThat(added(stage, 3 - 64, 64, 80)).isEmpty();
        stage.session.mix(stage.now(), 1);
        assertThat(added(stage, 3 - 64, 80, 90)).isNotEmpty().doesNotContain(80L, 81L, 82L, 83L);
    }

    /** The first time a step later, from then on where it came, though the answer is played before it comes. */
    @Test
    void shouldBeLearntLikeNotes() throws IOException {
        Stage stage = stage(Mode.TIMELINE, 64);
        assertThat(pass(stage)).isEmpty();
        List<Long> second = pass(stage);
        List<Long> third = pass(stage);
        assertThat(third).containsExactlyElementsOf(steps(0, 20, 40, 64)).isEqualTo(second);
        int asked = stage.answerer.seen().size();
        assertThat(pass(stage)).isEqualTo(third);
        assertThat(stage.answerer.seen()).as("nothing has changed").hasSize(asked);

        Stage reopened = stage(Mode.TIMELINE, 64);
        SongMemory memory = SongMemory.of(stage.session.remember().orElseThrow().toBytes());
        assertThat(memory.shares()).containsExactly(new SongMemory.Share(20, 0), new SongMemory.Share(40, 1));
        reopened.session.recall(reopened.now(), memory);
        assertThat(pass(reopened)).isEqualTo(third);
        assertThat(reopened.answerer.seen()).as("what is known is not asked").isEmpty();
    }

    /** Plays four bars and the next few steps, with the mix away from step 20 to 40. */
    private static List<Long> pass(Stage stage) {
        double start = Math.ceil(stage.now() / (double) Stage.STEP);
        stage.until(start);
        stage.session.locate(stage.now(), 0, SPEED);
        stage.sent.clear();
        for (int step = 0; step < 64; step++) {
            stage.until(start + step).on(pitch(step));
            if (step == 20 || step == 40) {
                stage.session.mix(stage.now(), step == 20 ? 0 : 1);
            }
            stage.until(start + step + 0.4).off(pitch(step));
        }
        stage.until(start + 70);
        return addedOf(stage, start);
    }

    private static List<Long> steps(int from, int to, int andFrom, int andTo) {
        return LongStream.concat(LongStream.range(from, to), LongStream.range(andFrom, andTo))
                .boxed()
                .toList();
    }

    /** A hand on the knob instead of automation: what is played from memory follows within a step, and the next windows do at once. */
    @Test
    void shouldFollowAHand() {
        Stage stage = stage(Mode.TIMELINE, 64);
        double start = 0;
        for (int i = 0; i < 2; i++) {
            stage.session.locate(stage.now(), 0, SPEED);
            added(stage, start, 0, 192);
            start += 192;
        }
        stage.session.locate(stage.now(), 0, SPEED);
        assertThat(added(stage, start, 0, 30)).contains(29L);
        stage.session.mix(stage.now(), 0);
        assertThat(added(stage, start, 30, 192)).doesNotContain(32L).allMatch(step -> step <= 31);
        start += 192;
        stage.session.locate(stage.now(), 0, SPEED);
        assertThat(added(stage, start, 0, 192))
                .as("it stays where the hand left it")
                .allMatch(step -> step <= 1);
        start += 192;
        stage.session.locate(stage.now(), 0, SPEED);
        assertThat(added(stage, start, 0, 192)).isEmpty();
    }

    /** While the song stands, a knob says what holds from where it goes on. */
    @Test
    void shouldTakeNothingForThePartOfASongThatStands() throws IOException {
        Stage stage = stage(Mode.TIMELINE, 64);
        pass(stage);
        pass(stage);
        SongMemory before = stage.session.remember().orElseThrow();
        stage.session.locate(stage.now(), 0, SPEED);
        stage.session.stand(stage.now());
        stage.session.mix(stage.now(), 0.3);
        stage.until(stage.now() / (double) Stage.STEP + 30);
        assertThat(stage.session.remember().orElseThrow().shares()).isEqualTo(before.shares());

        // Up to where another change is remembered.
        stage.session.locate(stage.now(), 4, SPEED);
        stage.until(stage.now() / (double) Stage.STEP + 3);
        assertThat(stage.session.remember().orElseThrow().shares())
                .startsWith(new SongMemory.Share(4, 0.3))
                .endsWith(before.shares().toArray(SongMemory.Share[]::new));
    }
}

package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.pianoroll.Rolls;
import idiom.presets.Mode;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The mode timeline: a loop of four bars from step 0, or of two bars, is played again and again. */
class TimelineTest {
    private static final double SPEED = 8;

    /** The octave below as well, and without E4. */
    private static final UnaryOperator<PianoRoll> NETWORK =
            window -> Stage.withOctaveBelow(window).minus(Rolls.of(64, 0, PianoRoll.STEPS));

    private static List<String> pass(Stage stage, double start, double length, int third) {
        stage.sent.clear();
        stage.session.locate(stage.now(), 0, SPEED);
        stage.until(start + 4.5).on(60);
        stage.until(start + 6.5).on(third);
        stage.until(start + 8.2).off(60).off(third);
        stage.until(start + length);
        return stage.sent.stream()
                .filter(event -> event.isOn() || event.isOff())
                .map(event -> (event.due() - Math.round(start * Stage.STEP)) / (double) Stage.STEP
                        + (event.isOn() ? " on " : " off ")
                        + Message.data1(event.message()))
                .sorted()
                .toList();
    }

    @Test
    void shouldLearnOnTheFirstPassAndPlayOnTimeFromTheSecond() {
        Stage stage = new Stage(Mode.TIMELINE, 64);
        stage.answerer.network = NETWORK;
        List<String> first = pass(stage, 0, 64, 64);
        List<String> second = pass(stage, 64, 64, 64);
        List<String> third = pass(stage, 128, 64, 64);

        assertThat(first).containsExactly("4.5 on 60", "6.5 on 64", "8.2 off 60", "8.2 off 64");
        assertThat(second)
                .containsExactly("4.0 on 48", "4.5 on 60", "6.0 on 52", "8.0 off 48", "8.0 off 52", "8.2 off 60");
        assertThat(third).isEqualTo(second);
    }

    @Test
    void shouldLearnAChangedBarAgain() {
        Stage stage = new Stage(Mode.TIMELINE, 64);
        stage.answerer.network = NETWORK;
        pass(stage, 0, 64, 64);
        List<String> changed = pass(stage, 64, 64, 65);
        List<String> after = pass(stage, 128, 64, 65);

        assertThat(changed)
                .containsExactly("4.0 on 48", "4.5 on 60", "6.0 on 52", "8.0 off 48", "8.0 off 52", "8.2 off 60");
        assertThat(after).contains("6.5 on 65", "6.0 on 53", "4.5 on 60");
    }

    @Test
    void shouldPlayALoopShorterThanAWindow() {
        Stage stage = new Stage(Mode.TIMELINE, 64);
        stage.answerer.network = NETWORK;
        pass(stage, 0, 32, 64);
        List<String> second = pass(stage, 32, 32, 64);

        assertThat(second)
                .containsExactly("4.0 on 48", "4.5 on 60", "6.0 on 52", "8.0 off 48", "8.0 off 52", "8.2 off 60");
    }

    @Test
    void shouldPassThroughWhatTheNetworkCannotAnswer() {
        Stage stage = new Stage(Mode.TIMELINE, 64);
        stage.answerer.fails = true;
        List<String> first = pass(stage, 0, 64, 64);
        List<String> second = pass(stage, 64, 64, 64);

        assertThat(second).isEqualTo(first).hasSize(4);
    }

    /** A note that is held from one window into the next ends where it was let go. */
    @Test
    void shouldEndANoteThatGoesOnIntoTheNextWindow() {
        Stage stage = new Stage(Mode.TIMELINE, 64);
        for (int pass = 0; pass < 3; pass++) {
            stage.sent.clear();
            stage.session.locate(stage.now(), 0, SPEED);
            double start = pass * 128;
            stage.until(start + 60.5).on(60).until(start + 70.25).off(60).until(start + 128);
            assertThat(stage.heard()).containsExactly(start + 60.5 + " on 60", start + 70.25 + " off 60");
        }
    }

    /** The old answer plays until the new one is there; then it is heard from the next step on. */
    @Test
    void shouldPlayAnotherPresetFromTheNextStepOn() {
        Stage stage = new Stage(Mode.TIMELINE, 64);
        stage.answerer.network = window -> window;
        pass(stage, 0, 64, 64);
        stage.session.locate(stage.now(), 0, SPEED);
        stage.sent.clear();
        stage.until(64 + 4.5).on(60).until(64 + 5.3);
        stage.answerer.network = NETWORK;
        stage.session.select(1);
        stage.until(64 + 6.5).on(64).until(64 + 8.2).off(60).off(64).until(64 + 12);

        assertThat(stage.heard())
                .containsExactly("68.5 on 60", "70.0 on 48", "70.0 on 52", "72.0 off 48", "72.0 off 52", "72.2 off 60");
    }

    @Test
    void shouldForgetAnswersOfAnotherPreset() {
        Stage stage = new Stage(Mode.TIMELINE, 64);
        stage.answerer.network = NETWORK;
        pass(stage, 0, 64, 64);
        stage.answerer.network = window -> window;
        stage.session.select(1);
        stage.until(66);
        List<String> second = pass(stage, 66, 64, 64);
        List<String> third = pass(stage, 130, 64, 64);

        assertThat(second).containsExactly("4.5 on 60", "6.5 on 64", "8.2 off 60", "8.2 off 64");
        assertThat(third).isEqualTo(second);
    }

    /** An answer takes longer than the knob stands still: what was answered before goes on playing, and each answer is heard. */
    @Test
    void shouldGoOnPlayingWhileAKnobNeverStandsStill() {
        Stage stage = new Stage(Mode.TIMELINE, 64);
        stage.answerer.network = NETWORK;
        pass(stage, 0, 64, 64);
        stage.session.locate(stage.now(), 0, SPEED);
        stage.sent.clear();
        stage.answerer.delay = 20;
        for (int i = 0; i < 1200; i++) {
            switch (i) {
                case 450 -> stage.on(60);
                // The knob is where the network leaves nothing out and adds nothing.
                case 650 -> stage.answerer.network = window -> window;
                case 820 -> stage.off(60);
                default -> {}
            }
            stage.session.adjust(
                    new Adjustment(1, i % 2 * 0.4, Adjustment.Lock.AS_PRESET, Adjustment.Lock.AS_PRESET, 1, 0));
            stage.until(64 + i / 100.0);
        }

        assertThat(stage.heard())
                .contains("68.0 on 48", "70.0 on 52", "71.0 off 48", "71.0 off 52")
                .filteredOn(event -> event.endsWith(" 60"))
                .containsExactly("68.5 on 60", "72.2 off 60");
        assertThat(stage.heard()).last().isEqualTo("72.2 off 60");
    }

    /** Decided anew, a note that is still to come is there once, also where the next window makes two of it. */
    @Test
    void shouldDecideAnewWhatGoesOnIntoTheNextWindow() {
        Stage stage = new Stage(Mode.TIMELINE, 64);
        stage.answerer.network = window -> window;
        for (int pass = 0; pass < 3; pass++) {
            double start = 80 * pass;
            stage.session.locate(stage.now(), 0, SPEED);
            stage.sent.clear();
            stage.until(start + 10).on(62).until(start + 12).off(62).until(start + 30);
            if (pass == 2) {
                stage.answerer.network = window -> window.minus(Rolls.of(60, 2, 1));
                stage.session.select(1);
            }
            stage.until(start + 60).on(60).until(start + 70.2).off(60).until(start + 80);
        }

        assertThat(stage.heard())
                .containsExactly(
                        "170.0 on 62", "172.0 off 62", "220.0 on 60", "226.0 off 60", "227.0 on 60", "230.2 off 60");
    }

    /** Where the song is put after a knob was turned, what was answered before plays until there is a new answer, and no longer. */
    @Test
    void shouldNotPlayAWholeWindowAsItWasBeforeAKnobWasTurned() {
        Stage stage = new Stage(Mode.TIMELINE, 64);
        stage.answerer.network = NETWORK;
        pass(stage, 0, 64, 64);
        stage.session.locate(stage.now(), 64 * 20, SPEED);
        stage.until(70);
        stage.answerer.network = window -> window;
        stage.session.adjust(new Adjustment(1, 0.2, Adjustment.Lock.AS_PRESET, Adjustment.Lock.AS_PRESET, 1, 0));
        stage.until(80);

        assertThat(pass(stage, 80, 64, 64)).containsExactly("4.5 on 60", "6.5 on 64", "8.2 off 60", "8.2 off 64");
    }
}

package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Controls;
import idiom.presets.Mode;
import idiom.presets.Output;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a player changes while it plays: another preset, bypass, knobs. */
class LiveChangeTest {
    private static final int MIX = 20;
    private static final int THRESHOLD = 21;
    private static final int BYPASS = 22;
    private static final int TAP = 23;
    private static final Controls CONTROLS =
            new Controls(OptionalInt.of(MIX), OptionalInt.of(THRESHOLD), OptionalInt.of(BYPASS), OptionalInt.of(TAP));

    /** Each note is an octave higher as well. */
    private static final UnaryOperator<PianoRoll> OCTAVES = window -> {
        long[] masks = new long[PianoRoll.PITCHES];
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            masks[pitch] |= window.steps(pitch);
            if (pitch + 12 < PianoRoll.PITCHES) {
                masks[pitch + 12] |= window.steps(pitch);
            }
        }
        return PianoRoll.ofPitches(masks);
    };

    private static Stage stage(Mode mode, int hop, int changeSteps) {
        return new Stage(
                LiveSettings.of(mode, hop, Sync.INTERNAL).withChangeSteps(changeSteps), CONTROLS, Output.AS_INPUT);
    }

    /** Four notes a bar of four steps each, from step 0 on, each held for three and a half. */
    private static void playBars(Stage stage, int from, int to) {
        for (int step = from; step < to; step += 4) {
            stage.until(step + 0.25).on(60).until(step + 3.75).off(60);
        }
    }

    /** In phrase, what is heard was played four bars ago and decided long since; the change is heard at the next step. */
    @ParameterizedTest
    @CsvSource({"PHRASE, 64, 64", "FOLLOW, 16, 16"})
    void shouldPlayAnotherPresetFromTheNextStepOn(Mode mode, int hop, int delay) {
        Stage stage = stage(mode, hop, 1);
        stage.answerer.network = window -> window;
        playBars(stage, 0, delay);
        stage.until(delay + 5.5);
        stage.answerer.network = OCTAVES;
        stage.play(0xC0, Stage.SECOND_PROGRAM);
        stage.until(delay + 12);

        assertThat(stage.session.preset()).isEqualTo(1);
        // The note that sounds goes on to its end; its octave comes in with the next step, the next note's with it.
        assertThat(stage.heard().subList(0, 8))
                .containsExactly(
                        delay + 0.25 + " on 60",
                        delay + 3.75 + " off 60",
                        delay + 4.25 + " on 60",
                        delay + 6.0 + " on 72",
                        delay + 7.0 + " off 72",
                        delay + 7.75 + " off 60",
                        delay + 8.0 + " on 72",
                        delay + 8.25 + " on 60");
    }

    @Test
    void shouldPlayAnotherPresetFromTheNextBarOnIfThatIsWanted() {
        Stage stage = stage(Mode.PHRASE, 64, 16);
        stage.answerer.network = window -> window;
        playBars(stage, 0, 64);
        stage.until(64 + 5.5);
        stage.answerer.network = OCTAVES;
        stage.session.select(1);
        stage.until(64 + 24);

        assertThat(stage.heard())
                .filteredOn(event -> event.endsWith("on 72"))
                .first()
                .isEqualTo("80.0 on 72");
    }

    /** Added notes of the old preset end where the new one begins. */
    @Test
    void shouldEndAddedNotesWhereTheChangeIsHeard() {
        Stage stage = stage(Mode.PHRASE, 64, 1);
        stage.answerer.network = OCTAVES;
        stage.until(0.25).on(60).until(40).off(60).until(64 + 5.5);
        stage.answerer.network = window -> window;
        stage.session.select(1);
        stage.until(64 + 44);

        assertThat(stage.heard()).containsExactly("64.0 on 72", "64.25 on 60", "70.0 off 72", "104.0 off 60");
    }

    /** The second window is taken at 120; the last eight steps of the first are still to be heard then. */
    @Test
    void shouldLoseNothingOfAHopThatEndsAfterTheNextWindowWasTaken() {
        LiveSettings early = new LiveSettings(Mode.PHRASE, 64, Sync.INTERNAL, 1_000_000_000);
        Stage stage = new Stage(early, CONTROLS, Output.AS_INPUT);
        stage.until(60.25)
                .on(60)
                .until(61.5)
                .off(60)
                .until(62.5)
                .on(62)
                .until(70.25)
                .off(62);
        stage.until(121.5).play(0xB0, Message.RESET, 0);
        stage.until(140);

        assertThat(stage.heard()).containsExactly("124.25 on 60", "125.5 off 60", "126.5 on 62", "134.25 off 62");
    }

    /** What was handed over while the clock was ahead is not decided anew, or it would sound twice. */
    @Test
    void shouldPlayNothingTwiceWhenTheClockGoesBack() {
        Stage stage = stage(Mode.PHRASE, 64, 1);
        stage.until(8.25).on(60).until(9.5).off(60).until(70);
        stage.session.advance(stage.now() + 3000);
        stage.play(0xB0, Message.RESET, 0).until(80);

        assertThat(stage.heard()).containsExactly("72.25 on 60", "73.5 off 60");
    }

    @Test
    void shouldBypassFromTheNextStepOnAndBack() {
        Stage stage = stage(Mode.PHRASE, 64, 1);
        stage.answerer.network = OCTAVES;
        playBars(stage, 0, 64);
        stage.until(64 + 5.5).play(0xB0, BYPASS, 127).until(64 + 13.5).play(0xB0, BYPASS, 0);
        stage.until(64 + 19.5);

        assertThat(stage.heard())
                .filteredOn(event -> event.endsWith(" 72"))
                .containsExactly(
                        "64.0 on 72",
                        "67.0 off 72",
                        "68.0 on 72",
                        "70.0 off 72",
                        "78.0 on 72",
                        "79.0 off 72",
                        "80.0 on 72",
                        "83.0 off 72");
        assertThat(stage.heard()).filteredOn(event -> event.endsWith("on 60")).hasSize(5);
    }

    /** Until the new answer is there, and for what is handed over already, the old one plays on. */
    @Test
    void shouldGoOnWithWhatWasDecidedWhileTheNetworkIsStuck() {
        Stage stage = stage(Mode.PHRASE, 64, 1);
        stage.answerer.network = OCTAVES;
        playBars(stage, 0, 64);
        stage.until(64 + 5.5);
        stage.answerer.isStuck = true;
        stage.session.select(1);
        stage.until(64 + 9.5);
        stage.answerer.network = window -> window;
        stage.answerer.isStuck = false;
        stage.until(64 + 20);

        assertThat(stage.heard())
                .filteredOn(event -> event.endsWith(" 72"))
                .containsExactly("64.0 on 72", "67.0 off 72", "68.0 on 72", "71.0 off 72", "72.0 on 72", "74.0 off 72");
    }

    @Test
    void shouldAskWithWhatTheKnobsSay() {
        Stage stage = stage(Mode.FOLLOW, 4, 1);
        stage.until(0.5).on(60).play(0xB0, MIX, 0).play(0xB3, THRESHOLD, 32).until(4);
        assertThat(stage.answerer.lastDecoding().mix()).isZero();
        assertThat(stage.answerer.lastDecoding().threshold()).isEqualTo(0.25);
        stage.play(0xB0, MIX, 127).play(0xB0, THRESHOLD, 0).until(8);
        assertThat(stage.answerer.lastDecoding().mix()).isEqualTo(1);
        assertThat(stage.answerer.lastDecoding().threshold()).isEqualTo(1 / 128.0);
        // Reset All Controllers: as the preset says. It goes on its way, the knobs' messages don't.
        stage.play(0xB0, 121, 0).until(12);
        assertThat(stage.answerer.lastDecoding().threshold()).isEqualTo(0.5);
        stage.until(20);
        assertThat(stage.sent)
                .filteredOn(event -> Message.kind(event.message()) == Message.CONTROL)
                .extracting(Stage.Sent::message)
                .containsExactly(Message.of(0xB0, 121, 0));
    }

    @Test
    void shouldTakeTheKnobsBackWithAnotherPreset() {
        Stage stage = stage(Mode.FOLLOW, 4, 1);
        stage.until(0.5)
                .on(60)
                .play(0xB0, MIX, 0)
                .until(4)
                .play(0xC0, Stage.SECOND_PROGRAM)
                .until(8);

        assertThat(stage.answerer.lastDecoding().mix()).isEqualTo(1);
        assertThat(stage.session.isPlayersChoice()).isTrue();
    }

    @Test
    void shouldFollowTapsOfATempo() {
        Stage stage = stage(Mode.FOLLOW, 4, 1);
        // A beat is four steps: at eight steps a second, taps every four steps are the tempo there is.
        stage.until(4).play(0xB0, TAP, 127).play(0xB0, TAP, 0).until(8).play(0xB0, TAP, 127);
        assertThat(stage.session.stepsPerSecond()).isEqualTo(8);
        stage.until(10)
                .play(0xB0, TAP, 127)
                .until(12)
                .play(0xB0, TAP, 127)
                .until(14)
                .play(0xB0, TAP, 127);
        assertThat(stage.session.stepsPerSecond()).isEqualTo(16);
    }

    @Test
    void shouldSetThePresetsProgramBeforeTheNextNote() {
        Stage stage = new Stage(
                LiveSettings.of(Mode.FOLLOW, 4, Sync.INTERNAL),
                Controls.NONE,
                new Output(OptionalInt.empty(), OptionalInt.of(32)));
        stage.until(0.5)
                .on(60)
                .play(0x99, 38, 90)
                .until(2)
                .off(60)
                .until(3)
                .on(62)
                .play(0xC0, 77);
        stage.until(4).off(62).until(5).on(64).until(20);

        assertThat(stage.sent)
                .filteredOn(event -> Message.kind(event.message()) == Message.PROGRAM || event.isOn())
                .extracting(Stage.Sent::message)
                .containsExactly(
                        Message.of(0xC0, 32, 0),
                        Message.of(0x90, 60, 80),
                        // Drums keep their program.
                        Message.of(0x99, 38, 90),
                        Message.of(0x90, 62, 80),
                        Message.of(0xC0, 77, 0),
                        Message.of(0xC0, 32, 0),
                        Message.of(0x90, 64, 80));
    }

    @Test
    void shouldLeaveOutWhatIsNoMidi() {
        Stage stage = stage(Mode.FOLLOW, 4, 1);
        stage.play(60).play(0x90, 60).play(0x90, 60, 200).play(0x90, 60, 1, 2).play(0xF0, 1, 2);
        stage.play(0xF7).play(0xC0, 5, 5).play(0xF0, 0x90, 0xF7).until(20);

        assertThat(stage.sent).isEmpty();
        assertThat(stage.session.counters().dropped()).isEqualTo(8);
    }
}

package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Feel;
import idiom.presets.Mode;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveSessionTest {

    /** An answer with the cells of a pitch in some steps of the window switched. */
    private static UnaryOperator<PianoRoll> switching(int midiPitch, int firstStep, int endStep) {
        return window -> {
            long[] masks = new long[PianoRoll.PITCHES];
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                masks[pitch] = window.steps(pitch);
            }
            masks[midiPitch - PianoRoll.LOWEST_PITCH] ^= NoteLog.mask(firstStep, endStep);
            return PianoRoll.ofPitches(masks);
        };
    }

    @ParameterizedTest
    @CsvSource({"PHRASE, 64", "FOLLOW, 16", "FOLLOW, 4", "FOLLOW, 1"})
    void shouldGiveBackWhatWasPlayedLaterByExactlyTheDelay(Mode mode, int hop) {
        Stage stage = new Stage(mode, hop);
        stage.until(1.234).on(60).until(2).on(64).until(3.5).off(60).until(9).off(64);
        stage.until(20).on(60).on(67).until(21.5).off(67).until(40).off(60).until(200);

        String[] played = {
            "1.234 on 60",
            "2.0 on 64",
            "3.5 off 60",
            "9.0 off 64",
            "20.0 on 60",
            "20.0 on 67",
            "21.5 off 67",
            "40.0 off 60"
        };
        assertThat(stage.heard()).hasSize(played.length);
        for (int i = 0; i < played.length; i++) {
            String[] words = played[i].split(" ", 2);
            assertThat(stage.heard().get(i)).isEqualTo(Double.parseDouble(words[0]) + hop + " " + words[1]);
        }
        assertThat(stage.sent).allSatisfy(event -> assertThat(event.length()).isEqualTo(3));
        assertThat(stage.session.counters().lateWindows()).isZero();
        assertThat(stage.session.counters().notesIn()).isEqualTo(4);
        assertThat(stage.session.counters().notesOut()).isEqualTo(4);
    }

    @Test
    void shouldHandEventsOverInOrderAndEarly() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(1).on(60).until(2).on(64).until(3).off(60).off(64);
        stage.until(4.99);
        assertThat(stage.sent).hasSize(1);
        stage.until(20);

        assertThat(stage.sent).isSortedAccordingTo((a, b) -> Long.compare(a.due(), b.due()));
        assertThat(stage.sent).extracting(Stage.Sent::due).containsExactly(5000L, 6000L, 7000L, 7000L);
    }

    @Test
    void shouldPassEverythingElseByTheSameDelay() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(1).play(0xB0, 64, 127).play(0xE0, 1, 65).play(0xC3, 70).play(0xD1, 5);
        stage.play(0xF0, 0x7D, 1, 2, 3, 0xF7).play(0xF8).play(0xFE).play(0x99, 38, 100);
        stage.until(1.5).play(0x89, 38, 0).until(2).on(20).until(2.5).off(20).until(10);

        assertThat(stage.sent)
                .extracting(Stage.Sent::due)
                .containsExactly(5000L, 5000L, 5000L, 5000L, 5000L, 5000L, 5000L, 5500L, 6000L, 6500L);
        assertThat(stage.sent).extracting(Stage.Sent::length).containsExactly(3, 3, 2, 2, 6, 1, 3, 3, 3, 3);
        assertThat(stage.sent.get(4).message()).isEqualTo(Message.of(0xF0, 0x7D, 1));
        assertThat(stage.sent.get(6).message()).isEqualTo(Message.of(0x99, 38, 100));
    }

    @Test
    void shouldPassSysExAsLongAsPortsTakeAndCountLongerOnes() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(1).play(sysEx(32_768)).play(sysEx(32_769)).until(8);

        assertThat(stage.sent).containsExactly(new Stage.Sent(5000, 0x0000F0, 32_768));
        assertThat(stage.session.counters().dropped()).isEqualTo(1);
    }

    private static int[] sysEx(int length) {
        int[] bytes = new int[length];
        bytes[0] = 0xF0;
        bytes[length - 1] = 0xF7;
        return bytes;
    }

    /** Pedal up and note off at one time: which came first decides what is heard. */
    @Test
    void shouldKeepTheOrderOfWhatComesAtOneTime() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(1).on(60).play(0xB0, 64, 127).on(64).until(2);
        stage.off(60)
                .play(0xB0, 64, 0)
                .play(0xE0, 0, 64)
                .off(64)
                .play(0xB0, 64, 127)
                .until(20);

        assertThat(stage.sent)
                .extracting(event -> Message.kind(event.message()))
                .containsExactly(0x90, 0xB0, 0x90, 0x80, 0xB0, 0xE0, 0x80, 0xB0);
        assertThat(stage.sent).extracting(Stage.Sent::due).startsWith(5000L, 5000L, 5000L, 6000L);
    }

    @Test
    void shouldShowTheNetworkTheLastFourBars() {
        Stage stage = new Stage(Mode.FOLLOW, 16);
        stage.until(1.5).on(60).until(3.2).off(60).until(14.5).on(62).until(60);
        stage.until(64.1);

        PianoRoll first = stage.answerer.seen().get(0);
        assertThat(first.steps(60 - 24)).isEqualTo(0b111L << (48 + 1));
        assertThat(first.steps(62 - 24)).isEqualTo(0b11L << (48 + 14));
        PianoRoll fourth = stage.answerer.seen().get(3);
        assertThat(fourth.steps(60 - 24)).isEqualTo(0b111L << 1);
        assertThat(fourth.steps(62 - 24)).as("still held").isEqualTo(-1L << 14);
    }

    @Test
    void shouldLeaveOutWhatTheAnswerLeavesOut() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        // The hop is the last four steps of the window.
        stage.answerer.network = switching(60, 60, 64);
        stage.until(0.5).on(60).on(64).until(3.9).off(60).off(64).until(4);
        stage.answerer.network = window -> window;
        stage.until(40);

        assertThat(stage.heard()).containsExactly("4.5 on 64", "7.9 off 64");
    }

    @Test
    void shouldCutANoteWhereTheAnswerDoes() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(0.5).on(60).until(3.5);
        stage.answerer.network = switching(60, 61, 64);
        stage.until(3.9).off(60).until(4);
        stage.answerer.network = window -> window;
        stage.until(40);

        // Of its four steps in this hop the second, 1, is the first to go.
        assertThat(stage.heard()).containsExactly("4.5 on 60", "5.0 off 60");
    }

    /** Held on, a note that was cut comes back where the answer has it again. */
    @Test
    void shouldBringBackWhatTheNextAnswerHas() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(0.5).on(60).until(3.5);
        stage.answerer.network = switching(60, 61, 64);
        stage.until(4);
        stage.answerer.network = window -> window;
        stage.until(6).off(60).until(40);

        assertThat(stage.heard()).containsExactly("4.5 on 60", "5.0 off 60", "8.0 on 60", "10.0 off 60");
    }

    @Test
    void shouldAddNotesWithTheLoudnessOfTheirSurroundings() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(0.5).play(0x93, 60, 70).until(3.5).play(0x83, 60, 0);
        stage.answerer.network = switching(67, 61, 63);
        stage.until(4);
        stage.answerer.network = window -> window;
        stage.until(40);

        assertThat(stage.heard()).containsExactly("4.5 on 60", "5.0 on 67", "6.0 off 67", "7.5 off 60");
        assertThat(stage.sent.get(1).message()).isEqualTo(Message.of(0x93, 67, 70));
    }

    /** Of several cells the last says that the note ended there; of a single one that would leave nothing. */
    @Test
    void shouldAddANoteOfOneCellAtTheBeginningOfAHop() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(0.5).on(60).until(3.5).off(60);
        stage.answerer.network = switching(67, 60, 61);
        stage.until(4);
        stage.answerer.network = window -> window;
        stage.until(40);

        assertThat(stage.heard()).containsExactly("4.0 on 67", "4.5 on 60", "5.0 off 67", "7.5 off 60");
    }

    @Test
    void shouldLetAnAddedNoteGoOnIntoTheNextHop() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(0.5).on(60).until(3.5);
        stage.answerer.network = switching(67, 62, 64);
        stage.until(7.5);
        stage.answerer.network = switching(67, 60, 61);
        stage.until(9).off(60).until(11.5);
        stage.answerer.network = window -> window;
        stage.until(40);

        assertThat(stage.heard())
                .contains("6.0 on 67")
                .filteredOn(event -> event.endsWith(" 67"))
                .hasSize(2);
        assertThat(stage.heard()).contains("8.0 off 67");
    }

    @Test
    void shouldProlongANoteWhereTheAnswerDoes() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.answerer.network = switching(60, 62, 64);
        stage.until(0.5).on(60).until(1.5).off(60).until(4);
        stage.answerer.network = window -> window;
        stage.until(40);

        // Up to where nobody knows what comes then.
        assertThat(stage.heard()).containsExactly("4.5 on 60", "8.0 off 60");
    }

    @Test
    void shouldSwingWhatIsAddedAlone() {
        Stage stage = new Stage(Mode.FOLLOW, 4, new Feel(0.75, 0, 1, 0));
        stage.until(0.5).on(60);
        stage.answerer.network = switching(67, 62, 63);
        stage.until(3).off(60).until(4);
        stage.answerer.network = window -> window;
        stage.until(40);

        assertThat(stage.heard()).containsExactly("4.5 on 60", "7.0 off 60", "7.0 on 67", "7.5 off 67");
    }

    /** The player's note of the same pitch ends the added one first. */
    @Test
    void shouldNeverSoundANoteTwice() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.answerer.network = switching(67, 62, 64);
        stage.until(0.5).on(60).until(3.98).on(67).until(4);
        stage.answerer.network = window -> window;
        stage.until(6).off(60).off(67).until(40);

        assertThat(stage.heard())
                .containsExactly("4.5 on 60", "6.0 on 67", "7.98 off 67", "7.98 on 67", "10.0 off 60", "10.0 off 67");
    }

    @Test
    void shouldPassALateWindowThroughAndCountIt() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.answerer.network = switching(60, 0, 64);
        stage.answerer.isStuck = true;
        stage.until(0.5).on(60).until(3).off(60).until(5);
        assertThat(stage.session.counters().lateWindows()).isEqualTo(1);
        stage.answerer.isStuck = false;
        stage.until(5.1);
        stage.answerer.network = window -> window;
        stage.until(40);

        assertThat(stage.heard()).containsExactly("4.5 on 60", "7.0 off 60");
        assertThat(stage.session.counters().lateWindows()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldPassThroughWhatTheNetworkCannotAnswer(boolean fails) {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.answerer.network = switching(60, 0, 64);
        stage.answerer.fails = fails;
        stage.answerer.isFull = !fails;
        stage.until(0.5).on(60).until(3).off(60).until(40);

        assertThat(stage.heard()).containsExactly("4.5 on 60", "7.0 off 60");
    }

    @Test
    void shouldBypassAtTheSameDelay() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.answerer.network = switching(60, 0, 64);
        stage.session.bypass(true);
        stage.until(0.5).on(60).until(3).off(60).until(40);

        assertThat(stage.heard()).containsExactly("4.5 on 60", "7.0 off 60");
        assertThat(stage.answerer.seen()).isEmpty();
    }

    @Test
    void shouldEndWhatSoundsOnPanic() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(0.5).on(60).on(64).until(1).play(0x93, 50, 60).until(7);
        stage.play(0xB0, 123, 0).until(30);

        assertThat(stage.sent.subList(3, stage.sent.size()).stream().map(Stage.Sent::message))
                .containsExactly(
                        Message.of(0x80, 60, 64),
                        Message.of(0x80, 64, 64),
                        Message.of(0x83, 50, 64),
                        Message.of(0xB0, 64, 0),
                        Message.of(0xB0, 123, 0),
                        Message.of(0xB0, 120, 0),
                        Message.of(0xB3, 64, 0),
                        Message.of(0xB3, 123, 0),
                        Message.of(0xB3, 120, 0));
    }

    @Test
    void shouldFinishAPanicOnceThereIsRoom() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(0.5).on(60).on(64).until(6);
        stage.room = 1;
        stage.session.panic(stage.now());
        stage.until(7);
        assertThat(stage.sent).hasSize(3);
        stage.room = Integer.MAX_VALUE;
        stage.until(8);

        assertThat(stage.heard()).filteredOn(event -> event.contains("off")).hasSize(2);
        assertThat(stage.sent).hasSize(2 + 2 + 3);
    }

    @Test
    void shouldLoseNothingWhileTheSinkIsFull() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(0.5).on(60).until(3).off(60);
        stage.room = 0;
        stage.until(6);
        stage.room = Integer.MAX_VALUE;
        stage.until(20);

        assertThat(stage.heard()).containsExactly("4.5 on 60", "7.0 off 60");
    }

    @Test
    void shouldStartAnewAtAnotherPosition() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(0.5).on(60).until(3).on(64).until(5);
        stage.session.locate(stage.now(), 33.5, 8);
        stage.until(6).on(67).until(7).off(67).until(20);

        assertThat(stage.session.stepAt(stage.now())).isEqualTo(48.5);
        assertThat(stage.heard()).containsExactly("4.5 on 60", "5.007 off 60", "10.0 on 67", "11.0 off 67");
    }

    @Test
    void shouldKeepToTheNewTempo() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(2).on(60);
        // Half as fast: what is left of a delay takes twice as long.
        stage.session.tempo(stage.now(), 4);
        stage.until(4).off(60).until(40);

        assertThat(stage.heard()).containsExactly("10.0 on 60", "12.0 off 60");
    }

    @Test
    void shouldChooseAPresetByProgramChangeInBankZero() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(1).play(0xC2, Stage.SECOND_PROGRAM).until(2);
        assertThat(stage.session.preset()).isEqualTo(1);
        stage.play(0xC2, Stage.FIRST_PROGRAM).until(3);
        assertThat(stage.session.preset()).isZero();

        stage.play(0xB2, 0, 1).play(0xC2, Stage.SECOND_PROGRAM).play(0xC1, 77).until(10);
        assertThat(stage.session.preset()).isZero();
        assertThat(stage.sent)
                .extracting(Stage.Sent::message)
                .containsExactly(
                        Message.of(0xB2, 0, 1), Message.of(0xC2, Stage.SECOND_PROGRAM, 0), Message.of(0xC1, 77, 0));
    }

    /** A window is taken 40 ms before its hop ends, which is 0.32 steps; events are handed over 0.02 steps early. */
    @Test
    void shouldBeSettledOnceNothingIsWaitedForAndAllIsHandedOver() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.answerer.isStuck = true;
        stage.until(1).on(60).until(3.6);
        assertThat(stage.session.isSettled(stage.now())).isTrue();
        stage.until(3.7);
        assertThat(stage.session.isSettled(stage.now())).isFalse();
        stage.answerer.isStuck = false;
        stage.until(3.72);
        assertThat(stage.session.isSettled(stage.now())).isTrue();
        stage.room = 0;
        stage.until(4.97);
        assertThat(stage.session.isSettled(stage.now())).isTrue();
        stage.until(4.985);
        assertThat(stage.session.isSettled(stage.now())).isFalse();
        stage.room = 1;
        stage.until(4.99);
        assertThat(stage.session.isSettled(stage.now())).isTrue();
        stage.session.panic(stage.now());
        stage.until(5);
        assertThat(stage.session.isSettled(stage.now())).isFalse();
        stage.room = Integer.MAX_VALUE;
        stage.until(5.01);
        assertThat(stage.session.isSettled(stage.now())).isTrue();
    }

    @Test
    void shouldSwallowAnOffWithoutAnOn() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.until(1).off(60).until(20);

        assertThat(stage.sent).isEmpty();
    }

    @Test
    void shouldRefuseHopsThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LiveSettings(Mode.FOLLOW, 3, Sync.INTERNAL, 0))
                .withMessage("hop must divide a window of 64 steps: hopSteps=3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LiveSettings(Mode.PHRASE, 16, Sync.INTERNAL, 0))
                .withMessage("mode phrase answers four bars at once: hopSteps=16");
    }
}

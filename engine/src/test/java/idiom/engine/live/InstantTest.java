package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Mode;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The mode instant; a chord is gathered for 16 units of the stage's clock, patience is 160. */
class InstantTest {
    private static UnaryOperator<PianoRoll> adding(int midiPitch) {
        return window -> {
            long[] masks = new long[PianoRoll.PITCHES];
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                masks[pitch] = window.steps(pitch);
            }
            masks[midiPitch - PianoRoll.LOWEST_PITCH] |= -1L;
            return PianoRoll.ofPitches(masks);
        };
    }

    private static UnaryOperator<PianoRoll> removing(int midiPitch) {
        return window -> {
            long[] masks = new long[PianoRoll.PITCHES];
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                masks[pitch] = pitch == midiPitch - PianoRoll.LOWEST_PITCH ? 0 : window.steps(pitch);
            }
            return PianoRoll.ofPitches(masks);
        };
    }

    @Test
    void shouldAnswerAChordAtOnce() {
        Stage stage = new Stage(Mode.INSTANT, 1);
        stage.until(1.5)
                .on(60)
                .until(1.51)
                .on(64)
                .until(3)
                .off(60)
                .until(4)
                .off(64)
                .until(10);

        assertThat(stage.heard()).hasSize(4);
        assertThat(stage.sent)
                .extracting(Stage.Sent::message)
                .containsExactly(
                        Message.of(0x90, 60, 80),
                        Message.of(0x90, 64, 80),
                        Message.of(0x80, 60, 33),
                        Message.of(0x80, 64, 33));
        assertThat(stage.sent.get(0).due()).isBetween(1500L, 1540L);
        assertThat(stage.sent.get(1).due()).isEqualTo(stage.sent.get(0).due());
        assertThat(stage.sent.get(2).due()).isBetween(2999L, 3001L);
        assertThat(stage.answerer.seen()).hasSize(1);
        assertThat(stage.answerer.seen().get(0).steps(60 - 24)).isEqualTo(1L << 63);
    }

    @Test
    void shouldHoldAddedNotesUntilTheLastKeyIsUp() {
        Stage stage = new Stage(Mode.INSTANT, 1);
        stage.answerer.network = adding(72);
        stage.until(1.5).on(60).on(64).until(3).off(60).until(4);
        assertThat(stage.sent)
                .extracting(Stage.Sent::message)
                .contains(Message.of(0x90, 72, 80))
                .doesNotContain(Message.of(0x80, 72, 64));
        stage.off(64).until(5);

        assertThat(stage.sent).extracting(Stage.Sent::message).contains(Message.of(0x80, 72, 64));
        assertThat(stage.session.isSilent()).isTrue();
    }

    @Test
    void shouldEndAddedNotesThatTheNextAnswerLeavesOut() {
        Stage stage = new Stage(Mode.INSTANT, 1);
        stage.answerer.network = adding(72);
        stage.until(1.5).on(60).until(3);
        stage.answerer.network = window -> window;
        stage.on(62).until(3.5);

        assertThat(stage.sent)
                .extracting(Stage.Sent::message)
                .containsExactly(
                        Message.of(0x90, 60, 80),
                        Message.of(0x90, 72, 80),
                        Message.of(0x90, 62, 80),
                        Message.of(0x80, 72, 64));
    }

    @Test
    void shouldLeaveOutANoteAndItsEnd() {
        Stage stage = new Stage(Mode.INSTANT, 1);
        stage.answerer.network = removing(60);
        stage.until(1.5).on(60).on(64).until(2).off(60).off(64).until(5);

        assertThat(stage.sent)
                .extracting(Stage.Sent::message)
                .containsExactly(Message.of(0x90, 64, 80), Message.of(0x80, 64, 33));
    }

    /** Struck and let go before the answer: on and off, in that order. */
    @Test
    void shouldPlayTheShortestNote() {
        Stage stage = new Stage(Mode.INSTANT, 1);
        stage.until(1.5).on(60).until(1.51).off(60).until(5);

        assertThat(stage.sent)
                .extracting(Stage.Sent::message)
                .containsExactly(Message.of(0x90, 60, 80), Message.of(0x80, 60, 33));
        assertThat(stage.session.isSilent()).isTrue();
    }

    @Test
    void shouldPlayAsItWasIfTheAnswerTakesTooLong() {
        Stage stage = new Stage(Mode.INSTANT, 1);
        stage.answerer.isStuck = true;
        stage.until(1.5).on(60).until(2);

        assertThat(stage.sent).extracting(Stage.Sent::message).containsExactly(Message.of(0x90, 60, 80));
        assertThat(stage.sent.get(0).due()).isBetween(1680L, 1700L);
        assertThat(stage.session.counters().lateWindows()).isEqualTo(1);
    }

    /** As JACK hands over a period: why wait for notes that can't come any more? */
    @Test
    void shouldAnswerAChordOfABlockWithoutWaitingForItsTime() {
        Stage stage = new Stage(Mode.INSTANT, 1);
        stage.answerer.network = adding(72);
        stage.until(1.982).onAhead(2, 60).onAhead(18, 64).endBlock(50);

        assertThat(stage.sent)
                .extracting(Stage.Sent::message)
                .containsExactlyInAnyOrder(
                        Message.of(0x90, 60, 80), Message.of(0x90, 64, 80), Message.of(0x90, 72, 80));
        // No note before it was played, and the step is that of the latest, though the clock is not there yet.
        assertThat(stage.sent).allSatisfy(event -> assertThat(event.due()).isBetween(1999L, 2001L));
        assertThat(stage.answerer.seen().get(0).steps(60 - 24)).isEqualTo(0b11L << 62);
        assertThat(stage.answerer.seen().get(0).steps(64 - 24)).isEqualTo(1L << 63);
    }

    @Test
    void shouldWaitForTheNextBlockIfAChordMayGoOnInIt() {
        Stage stage = new Stage(Mode.INSTANT, 1);
        stage.until(2).onAhead(60, 60).endBlock(70);
        assertThat(stage.sent).isEmpty();

        stage.until(2.07).onAhead(2, 64).endBlock(70);
        assertThat(stage.sent)
                .extracting(Stage.Sent::message)
                .containsExactly(Message.of(0x90, 60, 80), Message.of(0x90, 64, 80));
        assertThat(stage.answerer.seen()).hasSize(1);
    }

    @Test
    void shouldPassEverythingElseAtOnce() {
        Stage stage = new Stage(Mode.INSTANT, 1);
        stage.until(1).play(0xB0, 64, 127).play(0x99, 38, 100).play(0xE0, 0, 64).until(2);

        assertThat(stage.sent)
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.due()).isBetween(999L, 1001L));
    }
}

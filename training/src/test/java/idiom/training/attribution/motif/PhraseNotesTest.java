package idiom.training.attribution.motif;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.attribution.Rolls;
import org.junit.jupiter.api.Test;

class PhraseNotesTest {
    @Test
    void shouldFindNotesByOnsetThenPitch() {
        PhraseNotes notes = PhraseNotes.of(Rolls.of(64, 4, 4, 60, 0, 4, 60, 5, 59, 107, 63, 1));

        assertThat(notes.notes())
                .containsExactly(
                        new PhraseNote(60, 0, 4),
                        new PhraseNote(64, 4, 4),
                        new PhraseNote(60, 5, 59),
                        new PhraseNote(107, 63, 1));
        assertThat(notes.onsetSteps()).containsExactly(0, 4, 5, 63);
        assertThat(notes.sounding(7)).containsExactly(2, 1);
        assertThat(notes.beginning(5)).containsExactly(2);
        assertThat(notes.beginning(6)).isEmpty();
    }

    @Test
    void shouldTakeANoteThatSoundsThroughout() {
        assertThat(PhraseNotes.of(Rolls.of(24, 0, 64)).notes()).containsExactly(new PhraseNote(24, 0, 64));
        assertThat(PhraseNotes.of(PianoRoll.empty()).notes()).isEmpty();
    }

    @Test
    void shouldTellOuterLines() {
        // A held C5 covers the E4 that begins below it; the low G comes in under both.
        PhraseNotes notes = PhraseNotes.of(Rolls.of(72, 0, 8, 64, 4, 2, 43, 6, 4, 65, 12, 2));

        assertThat(notes.topLine()).containsExactly(0, 3);
        assertThat(notes.lowestLine(128)).containsExactly(0, 1, 2, 3);
        assertThat(notes.lowestLine(60)).containsExactly(2);
    }
}

package idiom.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.attribution.Rolls;
import idiom.training.data.PhraseSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangedNotesTest {
    @Test
    void shouldSayWhereNotesCameAndWent() {
        PhraseSet before = PhraseSet.ofRolls(List.of(Rolls.of(60, 0, 8, 67, 0, 4), PianoRoll.empty()));
        // C2 doubles the C4 that sounds; B2 a step later is low too; C5 is high, as C4 ends; G4 is gone. The second
        // gets an E4.
        PhraseSet after =
                PhraseSet.ofRolls(List.of(Rolls.of(60, 0, 8, 36, 4, 4, 47, 9, 2, 72, 8, 1), Rolls.of(64, 63, 1)));

        assertThat(ChangedNotes.between(before, after))
                .isEqualTo(new ChangedNotes(4 / 8.0, 2 / 4.0, 1 / 4.0, 2 / 4.0, 1 / 4.0, 8 / 4.0));
        assertThat(ChangedNotes.between(after, before)).isEqualTo(new ChangedNotes(1 / 8.0, 0, 0, 1, 0, 4));
        assertThat(ChangedNotes.between(before, before)).isEqualTo(new ChangedNotes(0, 0, 0, 0, 0, 0));
    }
}

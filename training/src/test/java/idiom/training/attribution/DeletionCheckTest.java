package idiom.training.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.classifier.GenreClassifier;
import idiom.training.classifier.KnownClassifier;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeletionCheckTest {
    /** Four notes of saliency 0, 1, 2, 3 by pitch. */
    private static final PianoRoll ROLL = Rolls.of(60, 0, 2, 62, 8, 1, 64, 16, 1, 65, 24, 40);

    @Test
    void shouldRemoveWholeNotesFromTheRightEnd() {
        AttributedPhrase phrase = phrase();

        assertThat(without(phrase, 0.5, DeletionCheck.Order.HIGHEST)).isEqualTo(Rolls.of(60, 0, 2, 62, 8, 1));
        assertThat(without(phrase, 0.3, DeletionCheck.Order.LOWEST)).isEqualTo(Rolls.of(64, 16, 1, 65, 24, 40));
        assertThat(without(phrase, 1, DeletionCheck.Order.RANDOM)).isEqualTo(PianoRoll.empty());
        assertThat(without(phrase, 0.25, DeletionCheck.Order.RANDOM).cellCount())
                .isLessThan(44);
    }

    @Test
    void shouldAskTheClassifierAgain() {
        // The classifier hears octave 5 (pitch indices 60 to 71) alone; saliency is put there, and elsewhere there is
        // more.
        PianoRoll roll = Rolls.of(86, 0, 4, 40, 8, 2, 41, 16, 2, 42, 24, 2);
        float[] gradients = new float[PianoRoll.CELLS];
        for (int step = 0; step < 4; step++) {
            gradients[step * 84 + 62] = 1;
        }
        AttributedPhrase phrase = AttributedPhrase.of(0, SaliencyMap.of(roll, gradients, 0));
        int[] asked = {0};
        try (GenreClassifier judge = KnownClassifier.of("jazz", "classic")) {
            List<DeletionResult> results =
                    DeletionCheck.run(judge, "jazz", Collections.nCopies(40, phrase), 1, () -> asked[0]++);

            DeletionResult fifth = results.get(2);
            assertThat(fifth.share()).isEqualTo(0.2);
            assertThat(fifth.highest().right()).isZero();
            assertThat(fifth.lowest().right()).isEqualTo(1);
            // One of four notes goes, and in a quarter of the draws it is the one that matters.
            assertThat(fifth.random().right()).isBetween(0.5, 0.95);
            assertThat(fifth.highest().cellsGone()).isCloseTo(0.4, within(1e-9));
            assertThat(fifth.lowest().cellsGone()).isCloseTo(0.2, within(1e-9));
        }
        assertThat(asked[0]).isEqualTo(12);
    }

    private static PianoRoll without(AttributedPhrase phrase, double share, DeletionCheck.Order order) {
        return DeletionCheck.without(phrase, share, order, new Random(1));
    }

    private static AttributedPhrase phrase() {
        float[] gradients = new float[PianoRoll.CELLS];
        gradients[8 * 84 + 38] = 1;
        gradients[16 * 84 + 40] = 2;
        for (int step = 24; step < 64; step++) {
            gradients[step * 84 + 41] = 3;
        }
        return AttributedPhrase.of(0, SaliencyMap.of(ROLL, gradients, 0));
    }
}

package idiom.training.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.training.Synthetic;
import idiom.training.data.PhraseRow;
import idiom.training.data.PhraseSet;
import idiom.training.data.RowFlags;
import idiom.training.net.Device;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The classifier calls what sounds in octave 5 jazz. */
class NoiseAccuracyTest {
    /** Few cells, so that noise has a say. */
    private static final List<PhraseSet> PHRASES = List.of(
            PhraseSet.ofRolls(java.util.Collections.nCopies(40, Synthetic.line(60, 20))),
            PhraseSet.ofRolls(java.util.Collections.nCopies(40, Synthetic.line(12, 20))));

    @BeforeAll
    static void oneThread() {
        Device.useThreads(1);
    }

    @Test
    void shouldMeasureAtThePapersSigmas() {
        try (GenreClassifier classifier = KnownClassifier.of("jazz", "pop")) {
            List<Integer> steps = new ArrayList<>();
            List<NoiseAccuracy> rows = NoiseAccuracy.of(classifier, PHRASES, 1, () -> steps.add(1));

            assertThat(rows).extracting(NoiseAccuracy::sigma).containsExactly(0.0, 0.01, 0.1, 0.2, 0.3, 0.5);
            assertThat(steps).hasSize(6);
            assertThat(rows.get(0).accuracy()).isEqualTo(1);
            assertThat(rows.get(5).accuracy()).isLessThan(1);
            assertThat(rows).isEqualTo(NoiseAccuracy.of(classifier, PHRASES, 1, () -> {}));
        }
    }

    /** Cells of -1 and 1 are twice as far apart as cells of 0 and 1. */
    @Test
    void shouldAddHalfTheNoiseThatThePapersAddToTwiceTheCells() {
        try (GenreClassifier classifier = KnownClassifier.of("jazz", "pop")) {
            List<NoiseAccuracy> rows = NoiseAccuracy.of(classifier, PHRASES, 7, () -> {});

            assertThat(rows.get(5).accuracy()).isEqualTo(classifier.accuracy(PHRASES, 0.25, 7));
            assertThat(rows.get(5).accuracy()).isNotEqualTo(classifier.accuracy(PHRASES, 0.5, 7));
        }
    }

    @Test
    void shouldLeaveFlaggedRowsOut() {
        // The flagged half of the first genre sounds like the second: right on 3/4 of all, and on all that is clean.
        PhraseSet half = PhraseSet.ofRolls(List.of(Synthetic.line(60, 2), Synthetic.line(12, 2)))
                .withRows(List.of(row(0, RowFlags.CLEAN), row(1, new RowFlags(0, false, ""))));
        PhraseSet low = PhraseSet.ofRolls(List.of(Synthetic.line(12, 3), Synthetic.line(12, 4)));
        PhraseSet allFlagged = half.select(new int[] {1});
        try (GenreClassifier classifier = KnownClassifier.of("jazz", "pop")) {
            NoiseAccuracy plain = NoiseAccuracy.of(classifier, List.of(half, low), 1, () -> {})
                    .get(0);
            assertThat(plain.accuracy()).isCloseTo(0.75, within(1e-12));
            assertThat(plain.withoutFlagged()).isEqualTo(1);
            assertThat(NoiseAccuracy.of(classifier, List.of(allFlagged, low), 1, () -> {})
                            .get(0)
                            .withoutFlagged())
                    .isNaN();
        }
    }

    private static PhraseRow row(int row, RowFlags flags) {
        return new PhraseRow(row, row, "", false, flags, "");
    }
}

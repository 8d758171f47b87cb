package idiom.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.generator.GeneratorException;
import idiom.engine.pianoroll.PianoRoll;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenreClassifierTest {
    private static final InferenceOptions CPU = InferenceOptions.defaults().withProvider(ExecutionProvider.CPU);
    private static final Map<String, String> THREE = Map.of("genres", "jazz,classic,pop");

    /** Logits are ln 2 and 0 times the number of cells: one cell gives 2 : 1, two give 4 : 1. */
    @Test
    void shouldGiveTheSoftmaxOfTheLogits() {
        float ln2 = (float) Math.log(2);
        try (GenreClassifier classifier = GenreClassifier.load("test", TestModels.classifier(THREE, 0, ln2, 0), CPU)) {
            GenreEstimate estimate = classifier.estimate(cells(1));

            assertThat(classifier.genres()).containsExactly("jazz", "classic", "pop");
            assertThat(estimate.probabilities().keySet()).containsExactly("jazz", "classic", "pop");
            assertThat(estimate.probabilities().get("jazz")).isCloseTo(0.25, within(1e-6));
            assertThat(estimate.probabilities().get("classic")).isCloseTo(0.5, within(1e-6));
            assertThat(estimate.probabilities().get("pop")).isCloseTo(0.25, within(1e-6));
            assertThat(estimate.mostLikely()).isEqualTo("classic");
        }
    }

    /** (2/3 + 4/5 + 8/9) / 3 over three windows in batches of two; the silent one does not count. */
    @Test
    void shouldAverageOverAPiece() {
        byte[] model = TestModels.classifier(Map.of("genres", "a,b"), (float) Math.log(2), 0);
        try (GenreClassifier classifier = GenreClassifier.load("test", model, CPU.withMaxBatch(2))) {
            GenreEstimate estimate = classifier.estimate(List.of(cells(1), PianoRoll.empty(), cells(2), cells(3)));

            double expected = (2 / 3.0 + 4 / 5.0 + 8 / 9.0) / 3;
            assertThat(estimate.probabilities().get("a")).isCloseTo(expected, within(1e-6));
            assertThat(estimate.probabilities().get("b")).isCloseTo(1 - expected, within(1e-6));
        }
    }

    @Test
    void shouldKnowNothingAboutSilence() {
        try (GenreClassifier classifier = GenreClassifier.load("test", TestModels.classifier(THREE, 1, 2, 3), CPU)) {
            for (GenreEstimate estimate :
                    List.of(classifier.estimate(List.of()), classifier.estimate(PianoRoll.empty()))) {
                assertThat(estimate.probabilities().values())
                        .allSatisfy(p -> assertThat(p).isCloseTo(1 / 3.0, within(1e-12)));
            }
        }
    }

    /** 5376 cells times 30 would overflow the exponential function. */
    @Test
    void shouldStandLargeLogits() {
        float[] all = new float[PianoRoll.CELLS];
        java.util.Arrays.fill(all, 1);
        try (GenreClassifier classifier = GenreClassifier.load("test", TestModels.classifier(THREE, 30, -30, 0), CPU)) {
            assertThat(classifier.estimate(PianoRoll.ofCells(all, 0, 0.5f)).probabilities())
                    .containsExactly(Map.entry("jazz", 1.0), Map.entry("classic", 0.0), Map.entry("pop", 0.0));
        }
    }

    @Test
    void shouldRefuseModelsThatAreNoClassifiers() {
        assertRefused(TestModels.classifier(Map.of("seed", "1"), 1, 2))
                .withMessage("test: a classifier must name its genres: missing metadata=genres found=[seed]");
        assertRefused(TestModels.classifier(Map.of("genres", "jazz"), 1))
                .withMessage("test: a classifier must have two or more different genres: genres=jazz");
        assertRefused(TestModels.classifier(Map.of("genres", "jazz,,pop"), 1, 2, 3))
                .withMessage("test: a classifier must have two or more different genres: genres=jazz,,pop");
        assertRefused(TestModels.classifier(Map.of("genres", "jazz,jazz"), 1, 2))
                .withMessage("test: a classifier must have two or more different genres: genres=jazz,jazz");
        assertRefused(TestModels.classifier(THREE, 1, 2))
                .withMessage("test: output logits must have the shape [batch, 3]: shape=[batch, 2]");
    }

    @Test
    void shouldRefuseLogitsThatAreNoNumbers() {
        try (GenreClassifier classifier =
                GenreClassifier.load("test", TestModels.classifier(THREE, 1, Float.NaN, 1), CPU)) {
            assertThatExceptionOfType(GeneratorException.class)
                    .isThrownBy(() -> classifier.estimate(cells(1)))
                    .withMessage("test: logits must be finite: genre=classic value=NaN");
        }
    }

    private static org.assertj.core.api.ThrowableAssertAlternative<GeneratorException> assertRefused(byte[] model) {
        return assertThatExceptionOfType(GeneratorException.class)
                .isThrownBy(() -> GenreClassifier.load("test", model, CPU).close());
    }

    private static PianoRoll cells(int count) {
        float[] cells = new float[PianoRoll.CELLS];
        java.util.Arrays.fill(cells, 0, count, 1);
        return PianoRoll.ofCells(cells, 0, 0.5f);
    }
}

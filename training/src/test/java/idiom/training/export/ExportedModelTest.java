package idiom.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.onnx.ExecutionProvider;
import idiom.engine.onnx.GenreClassifier;
import idiom.engine.onnx.InferenceBenchmark;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.onnx.InferenceReport;
import idiom.engine.onnx.OnnxRuntimeGenerator;
import idiom.engine.pianoroll.PianoRoll;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the exporter writes is what the product loads. */
class ExportedModelTest {
    private static final InferenceOptions CPU = InferenceOptions.defaults().withProvider(ExecutionProvider.CPU);

    @Test
    void shouldLoadAsAGenerator() {
        GeneratorSpec spec = new GeneratorSpec(2, 1, 2, true);
        Map<String, WeightTensor> weights = RandomWeights.generator(2, 1, true, 9);
        double[][] window = RandomWeights.window(5);
        double[][] expected = new Reference(weights).generator(spec, window)[0];
        float[] probabilities = new float[PianoRoll.CELLS];

        byte[] model = OnnxGenerator.write(spec, weights, WeightType.FP32, Map.of("seed", "9"));
        try (OnnxRuntimeGenerator generator = OnnxRuntimeGenerator.load("test", model, CPU)) {
            assertThat(generator.metadata()).containsEntry("seed", "9").containsEntry("idiom.blocks", "1");
            generator.generate(cells(window), probabilities, 1);
        }

        for (int i = 0; i < PianoRoll.CELLS; i++) {
            assertThat(probabilities[i]).isCloseTo((float) expected[i / 84][i % 84], within(1e-5f));
        }
    }

    @Test
    void shouldLoadAsAClassifier() {
        ClassifierSpec spec = new ClassifierSpec(2, List.of("jazz", "classic"));
        Map<String, WeightTensor> weights = RandomWeights.classifier(2, 2, 4);
        double[][] window = RandomWeights.window(6);
        double[] logits = new Reference(weights).classifier(spec, window);
        double jazz = 1 / (1 + Math.exp(logits[1] - logits[0]));

        byte[] model = OnnxClassifier.write(spec, weights, WeightType.FP32, Map.of());
        try (GenreClassifier classifier = GenreClassifier.load("test", model, CPU)) {
            assertThat(classifier.genres()).containsExactly("jazz", "classic");
            assertThat(classifier
                            .estimate(PianoRoll.ofCells(cells(window), 0, 0.5f))
                            .probabilities()
                            .get("jazz"))
                    .isCloseTo(jazz, within(1e-5));
        }
    }

    /** The bundled generators' size; the weights do not change the time. */
    @Test
    @Tag("slow")
    void shouldCostLittleMoreThanABareCall() {
        GeneratorSpec spec = new GeneratorSpec(16, 6, 4, true);
        byte[] model = OnnxGenerator.write(spec, RandomWeights.generator(16, 6, true, 1), WeightType.FP16, Map.of());

        InferenceReport report = InferenceBenchmark.run("c=16, 6 blocks", model, CPU, 300);
        System.out.println(report.description());

        assertThat(report.ratioToBare()).isLessThanOrEqualTo(1.10);
        assertThat(report.bytesPerWindow()).isLessThan(1024);
    }

    private static float[] cells(double[][] window) {
        float[] cells = new float[PianoRoll.CELLS];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = (float) window[i / 84][i % 84];
        }
        return cells;
    }
}

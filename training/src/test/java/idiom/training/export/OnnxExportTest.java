package idiom.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.onnx.OnnxRuntimeGenerator;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxExportTest {
    private static final ClassifierSpec THREE = new ClassifierSpec(3, List.of("jazz", "classic", "pop"));

    @BeforeAll
    static void startRuntimeAsTheEngineDoes() {
        // DJL must come first and must not report home, and ONNX Runtime needs more stack than a test's thread has
        // left.
        byte[] model = OnnxGenerator.write(
                new GeneratorSpec(1, 0, 0, false), RandomWeights.generator(1, 0, false, 1), WeightType.FP32, Map.of());
        OnnxRuntimeGenerator.load("first", model, InferenceOptions.defaults()).close();
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2, 0, false, false",
        "1, 0, 0, false, true",
        "3, 1, 4, true, false",
        "2, 1, 2.5, true, true",
        "2, 1, -1, false, true"
    })
    void shouldComputeTheGenerator(int width, int blocks, double skip, boolean zeroMean, boolean bias)
            throws OrtException {
        GeneratorSpec spec = new GeneratorSpec(width, blocks, skip, zeroMean);
        Map<String, WeightTensor> weights = RandomWeights.generator(width, blocks, bias, 7);
        float[] expected = expectedGenerator(spec, weights, 2);

        float[] exact = run(OnnxGenerator.write(spec, weights, WeightType.FP32, Map.of()), "probabilities", 2);
        float[] rounded = run(OnnxGenerator.write(spec, weights, WeightType.FP16, Map.of()), "probabilities", 2);

        assertThat(exact).hasSize(2 * 64 * 84).containsExactly(expected, within(1e-5f));
        assertThat(rounded).containsExactly(expected, within(5e-3f));
        assertThat(rounded).isNotEqualTo(exact);
    }

    @Test
    void shouldComputeTheClassifier() throws OrtException {
        Map<String, WeightTensor> weights = RandomWeights.classifier(3, 3, 11);
        Reference reference = new Reference(weights);
        float[] expected = new float[6];
        for (int i = 0; i < 2; i++) {
            double[] logits = reference.classifier(THREE, RandomWeights.window(i));
            for (int genre = 0; genre < 3; genre++) {
                expected[3 * i + genre] = (float) logits[genre];
            }
        }

        float[] exact = run(OnnxClassifier.write(THREE, weights, WeightType.FP32, Map.of()), "logits", 2);
        float[] rounded = run(OnnxClassifier.write(THREE, weights, WeightType.FP16, Map.of()), "logits", 2);

        assertThat(exact).containsExactly(expected, within(1e-5f));
        assertThat(rounded).containsExactly(expected, within(2e-2f));
    }

    @Test
    void shouldStoreHalvesInHalfTheSpace() {
        GeneratorSpec spec = new GeneratorSpec(8, 2, 0, false);
        Map<String, WeightTensor> weights = RandomWeights.generator(8, 2, false, 1);
        long count = weights.values().stream().mapToLong(w -> w.values().length).sum();

        assertThat((long) OnnxGenerator.write(spec, weights, WeightType.FP32, Map.of()).length)
                .isBetween(4 * count, 4 * count + 8000);
        assertThat((long) OnnxGenerator.write(spec, weights, WeightType.FP16, Map.of()).length)
                .isBetween(2 * count, 2 * count + 8000);
    }

    @Test
    void shouldCarryMetadata() throws OrtException {
        byte[] model = OnnxClassifier.write(
                THREE, RandomWeights.classifier(3, 3, 1), WeightType.FP16, Map.of("seed", "42", "data", "Grüße"));

        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model)) {
            assertThat(session.getMetadata().getCustomMetadata())
                    .containsOnly(
                            Map.entry("seed", "42"),
                            Map.entry("data", "Grüße"),
                            Map.entry("genres", "jazz,classic,pop"),
                            Map.entry("idiom.network", "classifier"),
                            Map.entry("idiom.width", "3"),
                            Map.entry("idiom.weights", "FP16"));
        }
    }

    @Test
    void shouldGiveEqualBytesForEqualNetworks() {
        GeneratorSpec spec = new GeneratorSpec(2, 1, 3, true);
        byte[] first = OnnxGenerator.write(
                spec, RandomWeights.generator(2, 1, true, 5), WeightType.FP16, Map.of("a", "1", "b", "2"));
        byte[] second = OnnxGenerator.write(
                spec, RandomWeights.generator(2, 1, true, 5), WeightType.FP16, Map.of("b", "2", "a", "1"));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void shouldRefuseWeightsThatDoNotFit() {
        Map<String, WeightTensor> weights = RandomWeights.classifier(3, 3, 1);

        Map<String, WeightTensor> missing = new HashMap<>(weights);
        missing.remove("conv3.norm.offset");
        assertRefused(missing, WeightType.FP32, "the network classifier needs a weight: missing=conv3.norm.offset");

        Map<String, WeightTensor> unknown = new HashMap<>(weights);
        unknown.put("conv5.bias", new WeightTensor("conv5.bias", new long[] {3}, new float[3]));
        assertRefused(unknown, WeightType.FP32, "weights must belong to the network classifier: unknown=[conv5.bias]");

        Map<String, WeightTensor> turned = new HashMap<>(weights);
        turned.put("conv1", new WeightTensor("conv1", new long[] {3, 1, 12, 1}, new float[36]));
        assertRefused(
                turned,
                WeightType.FP32,
                "a weight must have the shape the network gives it: name=conv1 shape=[3, 1, 12, 1] expected=[3, 1, 1, 12]");
    }

    @Test
    void shouldRefuseWeightsThatAreNoUsableNumbers() {
        Map<String, WeightTensor> weights = new HashMap<>(RandomWeights.classifier(3, 3, 1));
        weights.put("conv2.norm.scale", new WeightTensor("conv2.norm.scale", new long[] {6}, filled(6, Float.NaN)));
        assertRefused(weights, WeightType.FP32, "weights must be finite: name=conv2.norm.scale value=NaN");

        weights.put("conv2.norm.scale", new WeightTensor("conv2.norm.scale", new long[] {6}, filled(6, -70000f)));
        assertRefused(
                weights,
                WeightType.FP16,
                "weights of 16 bits must lie within +-65504.0: name=conv2.norm.scale value=-70000.0");
    }

    @Test
    void shouldRefuseMetadataThatContradictsTheNetwork() {
        Map<String, WeightTensor> weights = RandomWeights.classifier(3, 3, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        OnnxClassifier.write(THREE, weights, WeightType.FP32, Map.of("genres", "pop,jazz,classic")))
                .withMessage("metadata must agree with the network: genres=pop,jazz,classic network=jazz,classic,pop");
    }

    @Test
    void shouldRefuseImpossibleSpecs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GeneratorSpec(0, 6, 0, false))
                .withMessage("width must be 1 to 1024: width=0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClassifierSpec(64, List.of("jazz", "jazz")))
                .withMessage("genres must be two or more different ones: genres=[jazz, jazz]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClassifierSpec(64, List.of("jazz", "rock, pop")))
                .withMessageContaining("genre='rock, pop'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WeightTensor("in", new long[] {2, 3}, new float[5]))
                .withMessage("a tensor must have as many values as its shape says: name=in shape=[2, 3] values=5");
    }

    private static void assertRefused(Map<String, WeightTensor> weights, WeightType type, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxClassifier.write(THREE, weights, type, Map.of()))
                .withMessageStartingWith(message);
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        java.util.Arrays.fill(values, value);
        return values;
    }

    private static float[] expectedGenerator(GeneratorSpec spec, Map<String, WeightTensor> weights, int count) {
        Reference reference = new Reference(weights);
        FloatBuffer expected = FloatBuffer.allocate(count * 64 * 84);
        for (int i = 0; i < count; i++) {
            for (double[] step : reference.generator(spec, RandomWeights.window(i))[0]) {
                for (double probability : step) {
                    expected.put((float) probability);
                }
            }
        }
        return expected.array();
    }

    private static float[] run(byte[] model, String output, int count) throws OrtException {
        FloatBuffer windows = FloatBuffer.allocate(count * 64 * 84);
        for (int i = 0; i < count; i++) {
            for (double[] step : RandomWeights.window(i)) {
                for (double cell : step) {
                    windows.put((float) cell);
                }
            }
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model);
                OnnxTensor input = OnnxTensor.createTensor(environment, windows.flip(), new long[] {count, 1, 64, 84});
                OrtSession.Result result = session.run(Map.of("windows", input))) {
            FloatBuffer values = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
            float[] copy = new float[values.remaining()];
            values.get(copy);
            return copy;
        }
    }
}

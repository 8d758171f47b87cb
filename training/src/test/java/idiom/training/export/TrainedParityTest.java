package idiom.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.generator.Generator;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.onnx.OnnxRuntimeGenerator;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.Synthetic;
import idiom.training.classifier.GenreClassifier;
import idiom.training.classifier.KnownClassifier;
import idiom.training.data.PhraseSet;
import idiom.training.net.Device;
import idiom.training.net.GeneratorNetwork;
import idiom.training.net.GeneratorShape;
import idiom.training.net.RandomNetworks;
import idiom.training.run.TrainedGenerator;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exported models against training's own forward pass. */
class TrainedParityTest {
    private static final PhraseSet PHRASES = Synthetic.phrases(6, 10, 74, 1);
    private static final InferenceOptions OPTIONS = InferenceOptions.defaults().withThreads(1);

    @BeforeAll
    static void useOneThread() {
        Device.useThreads(1);
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 0, false", "3, 2, 1.5, false", "2, 0, 0, true", "3, 1, 1, true"})
    void shouldComputeWhatTrainingDoes(int width, int blocks, double skip, boolean zeroMean) {
        GeneratorShape shape = new GeneratorShape(width, blocks, skip, zeroMean);
        GeneratorNetwork network = RandomNetworks.filled(new GeneratorNetwork(Device.CPU, shape, 1), 2);
        try (TrainedGenerator trained = new TrainedGenerator(Device.CPU, shape, network.values());
                Generator exact = exported(network, WeightType.FP32);
                Generator rounded = exported(network, WeightType.FP16)) {
            ParityCheck parity = ParityCheck.of(trained, exact, PHRASES);
            assertThat(parity.phrases()).isEqualTo(6);
            assertThat(parity.largestDifference()).isLessThan(ParityCheck.TOLERANCE_FP32);
            assertThat(parity.otherCells()).isLessThan(5);

            assertThat(ParityCheck.of(trained, rounded, PHRASES).largestDifference())
                    .isGreaterThan(parity.largestDifference())
                    .isLessThan(0.05);
        }
    }

    /** Spectral normalization folded into the kernels, self-attention in the graph, each alone and together. */
    @ParameterizedTest
    @CsvSource({"0, true, false", "0, false, true", "0, true, true", "1, true, true"})
    void shouldComputeWhatTrainingDoesWithTheAdditionsOf2019(double skip, boolean spectralNorm, boolean selfAttention) {
        GeneratorShape shape = new GeneratorShape(4, 3, skip, false, spectralNorm, selfAttention);
        GeneratorNetwork network = RandomNetworks.filled(new GeneratorNetwork(Device.CPU, shape, 1), 2);
        try (TrainedGenerator trained = new TrainedGenerator(Device.CPU, shape, network.values());
                Generator exact = exported(network, WeightType.FP32);
                Generator rounded = exported(network, WeightType.FP16)) {
            assertThat(ParityCheck.of(trained, exact, PHRASES).largestDifference())
                    .isLessThan(ParityCheck.TOLERANCE_FP32);
            assertThat(ParityCheck.of(trained, rounded, PHRASES).largestDifference())
                    .isLessThan(0.05);
        }
    }

    @Test
    void shouldNoticeAnotherModel() {
        GeneratorShape shape = new GeneratorShape(2, 1, 0, false);
        GeneratorNetwork network = RandomNetworks.filled(new GeneratorNetwork(Device.CPU, shape, 1), 2);
        try (TrainedGenerator trained = new TrainedGenerator(Device.CPU, shape, network.values());
                Generator other = exported(
                        RandomNetworks.filled(new GeneratorNetwork(Device.CPU, shape, 1), 3), WeightType.FP32)) {
            ParityCheck parity = ParityCheck.of(trained, other, PHRASES);
            assertThat(parity.largestDifference()).isGreaterThan(0.1);
            assertThat(parity.otherCells()).isGreaterThan(100);
            assertThat(parity.summary()).startsWith("6 phrases, largest difference of a probability ");
        }
    }

    @Test
    void shouldInferABatchAsSingleWindows() {
        GeneratorShape shape = new GeneratorShape(2, 1, 1, true);
        GeneratorNetwork network = RandomNetworks.filled(new GeneratorNetwork(Device.CPU, shape, 1), 2);
        float[] windows = Synthetic.cells(PHRASES);
        float[] all = new float[windows.length];
        float[] last = new float[PianoRoll.CELLS];
        try (TrainedGenerator trained = new TrainedGenerator(Device.CPU, shape, network.values())) {
            trained.generate(windows, all, 6);
            trained.generate(Synthetic.cells(PHRASES.select(new int[] {5})), last, 1);
        }
        assertThat(java.util.Arrays.copyOfRange(all, 5 * PianoRoll.CELLS, 6 * PianoRoll.CELLS))
                .containsExactly(last, within(1e-5f));
    }

    @Test
    void shouldExportClassifiers() {
        try (GenreClassifier trained = KnownClassifier.of("jazz", "pop")) {
            byte[] onnx = ModelExport.classifier(trained, 1, WeightType.FP32, Map.of("seed", "1"));
            float[] logits = trained.logits(PHRASES);
            try (idiom.engine.onnx.GenreClassifier exported =
                    idiom.engine.onnx.GenreClassifier.load("classifier", onnx, OPTIONS)) {
                assertThat(exported.genres()).containsExactly("jazz", "pop");
                for (int i = 0; i < PHRASES.size(); i++) {
                    double difference = (double) logits[2 * i] - logits[2 * i + 1];
                    assertThat(exported.estimate(PHRASES.roll(i))
                                    .probabilities()
                                    .get("jazz"))
                            .isCloseTo(1 / (1 + Math.exp(-difference)), within(1e-4));
                }
            }
        }
    }

    private static Generator exported(GeneratorNetwork network, WeightType type) {
        byte[] onnx = ModelExport.generator(network.shape(), network.layout(), network.values(), type, Map.of());
        return OnnxRuntimeGenerator.load("test", onnx, OPTIONS);
    }
}

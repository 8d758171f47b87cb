package idiom.training.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.Synthetic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkTest {
    private static final int BATCH = 2;
    private static final float[] WINDOWS = Synthetic.cells(Synthetic.phrases(BATCH, 20, 70, 3));

    @BeforeAll
    static void useOneThread() {
        Device.useThreads(1);
    }

    static Stream<Named<Network>> networks() {
        return Stream.of(
                Named.of("plain", RandomNetworks.filled(new GeneratorNetwork(Device.CPU, shape(0, false), 1), 11)),
                Named.of("skip", RandomNetworks.filled(new GeneratorNetwork(Device.CPU, shape(1.5, false), 1), 12)),
                Named.of("zero mean", RandomNetworks.filled(new GeneratorNetwork(Device.CPU, shape(1, true), 1), 13)),
                Named.of("patch", RandomNetworks.filled(new PatchNetwork(Device.CPU, 2, 1), 14)),
                Named.of("octave", RandomNetworks.filled(new OctaveNetwork(Device.CPU, 2, 3, 1), 15)),
                Named.of(
                        "generator with all of 2019",
                        RandomNetworks.filled(
                                new GeneratorNetwork(Device.CPU, new GeneratorShape(3, 2, 0, false, true, true), 1),
                                17)),
                Named.of(
                        "patch with all of 2019",
                        RandomNetworks.filled(new PatchNetwork(Device.CPU, 3, true, true, 1), 18)),
                Named.of(
                        "octave with all of 2019",
                        RandomNetworks.filled(new OctaveNetwork(Device.CPU, 3, 1, true, true, 1), 20)),
                Named.of("attention", RandomNetworks.filled(new AttentionNetwork(Device.CPU, 4, 3, 1), 16)),
                Named.of("histogram", RandomNetworks.filled(new HistogramNetwork(Device.CPU, 4, 3, 1), 19)));
    }

    @Test
    void shouldGiveTheirShapes() {
        assertThat(shapeOf(new GeneratorNetwork(Device.CPU, shape(0, false), 1)))
                .containsExactly(BATCH, 1, 64, 84);
        assertThat(shapeOf(new PatchNetwork(Device.CPU, 2, 1))).containsExactly(BATCH, 1, 16, 21);
        assertThat(shapeOf(new OctaveNetwork(Device.CPU, 2, 3, 1))).containsExactly(BATCH, 3);
        assertThat(shapeOf(new AttentionNetwork(Device.CPU, 4, 3, 1))).containsExactly(BATCH, 3);
        assertThat(shapeOf(new HistogramNetwork(Device.CPU, 4, 3, 1))).containsExactly(BATCH, 3);
    }

    @Test
    void shouldHaveThePapersNumberOfParameters() {
        // Kernels of the papers' networks by hand; norms add two values a channel.
        // At an eighth of their width, by the same formula.
        long c = 8;
        long generator =
                49 * c + 9 * 2 * c * c + 9 * 8 * c * c + 20 * 9 * 16 * c * c + 9 * 8 * c * c + 9 * 2 * c * c + 49 * c;
        long generatorNorms = 2 * (c + 2 * c + 4 * c + 20 * 4 * c + 2 * c + c);
        assertThat(new GeneratorNetwork(Device.CPU, new GeneratorShape(8, 10, 0, false), 1)
                        .layout()
                        .size())
                .isEqualTo(generator + generatorNorms + 1);
        assertThat(new PatchNetwork(Device.CPU, 8, 1).layout().size())
                .isEqualTo(49 * c + 49 * 4 * c * c + 2 * 4 * c + 49 * 4 * c);
        assertThat(new OctaveNetwork(Device.CPU, 8, 2, 1).layout().size())
                .isEqualTo(
                        12 * c + 4 * 2 * c * c + 2 * 8 * c * c + 8 * 32 * c * c + 7 * 2 * 8 * c + 2 * (2 + 4 + 8) * c);
    }

    @Test
    void shouldStartAtTheIdentityWhateverTheSeed() {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(binarised(new GeneratorNetwork(Device.CPU, shape(1, seed % 2 == 0), seed)))
                    .isEqualTo(WINDOWS);
        }
        assertThat(binarised(new GeneratorNetwork(Device.CPU, new GeneratorShape(16, 2, 1, true), 5)))
                .isEqualTo(WINDOWS);
    }

    /** The attention's gamma is 0, and the last layer is not normalised. */
    @Test
    void shouldStartAtTheIdentityWithTheAdditionsOf2019Too() {
        assertThat(binarised(new GeneratorNetwork(Device.CPU, new GeneratorShape(16, 2, 1, true, true, true), 5)))
                .isEqualTo(WINDOWS);
    }

    @Test
    void shouldNotStartAtTheIdentityWithoutASkip() {
        assertThat(binarised(new GeneratorNetwork(Device.CPU, shape(0, false), 1)))
                .isNotEqualTo(WINDOWS);
    }

    @Test
    void shouldTakeTheMeanOfTheChangeOffEachWindow() {
        double[] taken =
                meansOfChange(RandomNetworks.filled(new GeneratorNetwork(Device.CPU, shape(2, true), 1), 4), 2);
        double[] left =
                meansOfChange(RandomNetworks.filled(new GeneratorNetwork(Device.CPU, shape(2, false), 1), 4), 2);

        assertThat(taken[0]).isCloseTo(0, within(1e-5));
        assertThat(taken[1]).isCloseTo(0, within(1e-5));
        assertThat(Math.abs(left[0])).isGreaterThan(0.01);
    }

    @Test
    void shouldGiveTheSameWeightsForTheSameSeedOnly() {
        float[] first = new OctaveNetwork(Device.CPU, 2, 1, 8).values();

        assertThat(new OctaveNetwork(Device.CPU, 2, 1, 8).values()).isEqualTo(first);
        assertThat(new OctaveNetwork(Device.CPU, 2, 1, 9).values()).isNotEqualTo(first);
    }

    @Test
    void shouldDrawKernelsFromATruncatedNormal() {
        PatchNetwork network = new PatchNetwork(Device.CPU, 16, 1);
        float[] values = network.values();
        int kernel = 16 * 49 + 64 * 16 * 49;
        double squares = 0;
        for (int i = 0; i < kernel; i++) {
            assertThat(Math.abs(values[i])).isLessThanOrEqualTo(0.04f);
            squares += values[i] * values[i];
        }
        // The standard deviation of a normal cut off at two deviations is 0.8796 of what it was.
        assertThat(Math.sqrt(squares / kernel)).isCloseTo(0.8796 * 0.02, within(2e-4));
        assertThat(values[kernel]).isEqualTo(1);
        assertThat(values[kernel + 64]).isZero();
    }

    @Test
    void shouldRefuseAnotherNumberOfParameters() {
        OctaveNetwork network = new OctaveNetwork(Device.CPU, 1, 2, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.load(new float[3]))
                .withMessage("parameters must have " + network.layout().size() + " values: length=3");
    }

    /**
     * Along its own gradient and along a random direction, for each parameter tensor by itself. Offsets are raised so
     * far that hardly a ReLU sits at its kink; then the central difference over 2e-3 is good to some 3e-2 of the
     * gradient's norm in fp32.
     */
    @ParameterizedTest
    @MethodSource("networks")
    void shouldAgreeWithFiniteDifferences(Network network) {
        raiseOffsets(network);
        float[] factors = factors(network);
        float[] gradient = gradient(network, Precision.FP32, Layout.CONTIGUOUS, factors, false);
        double whole = norm(gradient, 0, gradient.length);
        int offset = 0;
        for (ParameterLayout.Entry entry : network.layout().entries()) {
            int size = Math.toIntExact(entry.size());
            double norm = norm(gradient, offset, size);
            float[] along = direction(gradient, offset, size);
            float[] across = direction(randomOf(gradient.length, offset), offset, size);
            double tolerance = 0.05 * norm + 1e-3 * whole;
            assertThat(slope(network, along, factors)).as(entry.name()).isCloseTo(norm, within(tolerance));
            assertThat(slope(network, across, factors))
                    .as(entry.name())
                    .isCloseTo(dot(gradient, across), within(tolerance));
            offset += size;
        }
        assertThat(whole).isGreaterThan(1);
    }

    /** Nothing that autograd holds may lie in memory of Java's. */
    @ParameterizedTest
    @MethodSource("networks")
    void shouldNotMindAGarbageCollectionBeforeTheWayBack(Network network) {
        float[] factors = factors(network);
        float[] expected = gradient(network, Precision.FP32, Layout.CONTIGUOUS, factors, false);

        assertThat(gradient(network, Precision.FP32, Layout.CONTIGUOUS, factors, true))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void shouldComputeNearlyTheSameInBf16(Network network) {
        // bf16 has 8 bits: a hundredth of the outputs, more of gradients that have passed them all, most with softmax.
        assertAlike(network, Precision.BF16, Layout.CONTIGUOUS, 0.05, 0.35);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void shouldComputeTheSameInAnotherLayout(Network network) {
        assertAlike(network, Precision.FP32, Layout.CHANNELS_LAST, 1e-4, 1e-4);
    }

    /** Outputs and gradients differ by no more than a share of their own norm. */
    private static void assertAlike(
            Network network, Precision precision, Layout layout, double outputShare, double gradientShare) {
        float[] factors = factors(network);
        float[] expected = gradient(network, Precision.FP32, Layout.CONTIGUOUS, factors, false);
        float[] actual = gradient(network, precision, layout, factors, false);
        assertThat(distance(actual, expected)).isLessThan(gradientShare * norm(expected, 0, expected.length));
        float[] outputs = outputs(network, Precision.FP32, Layout.CONTIGUOUS);
        assertThat(distance(outputs(network, precision, layout), outputs))
                .isLessThan(outputShare * norm(outputs, 0, outputs.length));
    }

    private static void raiseOffsets(Network network) {
        float[] values = network.values();
        int i = 0;
        for (ParameterLayout.Entry entry : network.layout().entries()) {
            for (long n = entry.size(); n > 0; n--) {
                values[i++] += entry.name().endsWith(".norm.offset") ? 5 : 0;
            }
        }
        network.load(values);
    }

    private static GeneratorShape shape(double skip, boolean zeroMean) {
        return new GeneratorShape(2, 1, skip, zeroMean);
    }

    private static Tensor windows() {
        return Device.CPU.tensor(WINDOWS, BATCH, 1, PianoRoll.STEPS, PianoRoll.PITCHES);
    }

    private static long[] shapeOf(Network network) {
        try (PointerScope scope = new PointerScope()) {
            return network.forward(network.frozen(Precision.FP32), windows()).shape();
        }
    }

    private static float[] outputs(Network network, Precision precision, Layout layout) {
        try (PointerScope scope = new PointerScope()) {
            return Tensors.toArray(network.forward(network.frozen(precision, layout), windows()));
        }
    }

    private static float[] outputs(Network network) {
        return outputs(network, Precision.FP32, Layout.CONTIGUOUS);
    }

    private static float[] binarised(Network generator) {
        float[] logits = outputs(generator);
        for (int i = 0; i < logits.length; i++) {
            logits[i] = logits[i] > 0 ? 1 : 0;
        }
        return logits;
    }

    private static double[] meansOfChange(Network generator, double skip) {
        float[] logits = outputs(generator);
        double[] means = new double[BATCH];
        for (int i = 0; i < logits.length; i++) {
            means[i / PianoRoll.CELLS] += (logits[i] - skip * (2 * WINDOWS[i] - 1)) / PianoRoll.CELLS;
        }
        return means;
    }

    private static float[] factors(Network network) {
        return randomOf(outputs(network).length, 99);
    }

    /** Gradient of the outputs' sum weighted by factors. */
    private static float[] gradient(
            Network network, Precision precision, Layout layout, float[] factors, boolean collectGarbage) {
        // A step of training follows the singular vectors; the next one here has to start from where this one does.
        Optional<float[]> singularVectors = network.singularVectors();
        try (PointerScope scope = new PointerScope()) {
            Tensor outputs = network.forward(network.trainable(precision, layout), windows());
            Tensor loss = outputs.mul(Device.CPU.tensor(factors, outputs.shape()))
                    .mul(Tensors.scalar(0.5))
                    .sum();
            if (collectGarbage) {
                collectGarbage();
            }
            loss.mul(Tensors.scalar(2)).backward();
            float[] gradient = Tensors.toArray(network.flat().grad());
            network.flat().grad().zero_();
            singularVectors.ifPresent(network::loadSingularVectors);
            return gradient;
        }
    }

    private static void collectGarbage() {
        List<float[]> garbage = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            System.gc();
            garbage.clear();
            for (int n = 0; n < 100; n++) {
                float[] junk = new float[50_000];
                Arrays.fill(junk, Float.NaN);
                garbage.add(junk);
            }
        }
        System.gc();
    }

    private static double slope(Network network, float[] direction, float[] factors) {
        float[] values = network.values();
        double step = 1e-3;
        double difference =
                loss(network, values, direction, step, factors) - loss(network, values, direction, -step, factors);
        network.load(values);
        return difference / (2 * step);
    }

    private static double loss(Network network, float[] values, float[] direction, double step, float[] factors) {
        float[] moved = values.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (step * direction[i]);
        }
        network.load(moved);
        return dot(outputs(network), factors);
    }

    /** Unit vector that is 0 outside the part. */
    private static float[] direction(float[] vector, int offset, int size) {
        double norm = Math.max(1e-30, norm(vector, offset, size));
        float[] direction = new float[vector.length];
        for (int i = offset; i < offset + size; i++) {
            direction[i] = (float) (vector[i] / norm);
        }
        return direction;
    }

    private static float[] randomOf(int length, long seed) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    private static double norm(float[] values, int offset, int size) {
        double sum = 0;
        for (int i = offset; i < offset + size; i++) {
            sum += (double) values[i] * values[i];
        }
        return Math.sqrt(sum);
    }
}

package idiom.training.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SpectralNormTest {
    private static final List<String> OF_PATCH = List.of(
            "conv1",
            "conv1.attention.query",
            "conv1.attention.key",
            "conv1.attention.value",
            "conv2",
            "conv2.attention.query",
            "conv2.attention.key",
            "conv2.attention.value",
            "conv3");

    @BeforeAll
    static void useOneThread() {
        Device.useThreads(1);
    }

    private static PatchNetwork patch() {
        return RandomNetworks.filled(new PatchNetwork(Device.CPU, 9, true, true, 1), 5);
    }

    private static double spectralNorm(Tensor kernel) {
        Tensor matrix = kernel.detach().reshape(kernel.size(0), -1);
        return torch.linalg_svdvals(matrix).max().item_double();
    }

    /** Against PyTorch's singular value decomposition, which is no part of what is tested. */
    @Test
    void shouldDivideEveryKernelByItsSpectralNorm() {
        try (PatchNetwork network = patch();
                PointerScope scope = new PointerScope()) {
            Weights weights = network.views(network.flat(), Precision.FP32, Layout.CONTIGUOUS);
            for (String name : OF_PATCH) {
                assertThat(spectralNorm(weights.get(name))).as(name).isCloseTo(1, within(1e-5));
            }
            assertThat(weights.byName().keySet()).containsAll(OF_PATCH);
        }
    }

    @Test
    void shouldLeaveTransposedConvolutionsAndNormsAlone() {
        GeneratorShape shape = new GeneratorShape(3, 2, 0, false, true, true);
        GeneratorShape plain = new GeneratorShape(3, 2, 0, false, false, true);
        try (GeneratorNetwork network = RandomNetworks.filled(new GeneratorNetwork(Device.CPU, shape, 1), 5);
                GeneratorNetwork raw = RandomNetworks.filled(new GeneratorNetwork(Device.CPU, plain, 1), 5);
                PointerScope scope = new PointerScope()) {
            Weights weights = network.views(network.flat(), Precision.FP32, Layout.CONTIGUOUS);
            Weights untouched = raw.views(raw.flat(), Precision.FP32, Layout.CONTIGUOUS);
            for (String name : List.of("up1", "up2", "in.norm.scale", "res1.attention.gamma", "out.bias")) {
                assertThat(Tensors.toArray(weights.get(name))).as(name).isEqualTo(Tensors.toArray(untouched.get(name)));
            }
            for (String name : List.of("in", "down2", "res0.b", "res1.attention.value", "out")) {
                assertThat(spectralNorm(weights.get(name))).as(name).isCloseTo(1, within(1e-5));
            }
        }
    }

    /** One power iteration a step finds the norm of a kernel that stands still; it never overrates it by more than rounding. */
    @Test
    void shouldFindTheNormStepByStep() {
        try (PatchNetwork network = patch();
                PointerScope scope = new PointerScope()) {
            double first = spectralNorm(network.frozen(Precision.FP32).get("conv2"));
            for (int step = 0; step < 200; step++) {
                network.trainable(Precision.FP32);
            }
            assertThat(first).isGreaterThan(1);
            assertThat(spectralNorm(network.frozen(Precision.FP32).get("conv2")))
                    .isCloseTo(1, within(1e-3));
        }
    }

    /** d(W/sigma) has no part along W: a kernel can't grow to gain by it. */
    @Test
    void shouldGiveGradientsThatDoNotStretchTheKernel() {
        try (PatchNetwork network = patch();
                PointerScope scope = new PointerScope()) {
            for (int step = 0; step < 200; step++) {
                network.trainable(Precision.FP32);
            }
            Tensor kernel = network.trainable(Precision.FP32).get("conv1");
            kernel.mul(torch.randn_like(kernel)).sum().backward();
            Tensor gradient = network.flat().grad();
            double along = gradient.dot(network.flat().detach()).item_double();
            double lengths = gradient.norm().item_double()
                    * network.flat().detach().norm().item_double();

            assertThat(gradient.norm().item_double()).isPositive();
            assertThat(Math.abs(along) / lengths).isLessThan(1e-4);
        }
    }

    @Test
    void shouldFoldIntoTheWeightsOfANetworkWithout() {
        try (PatchNetwork network = patch();
                PatchNetwork plain = new PatchNetwork(Device.CPU, 9, false, true, 1);
                PointerScope scope = new PointerScope()) {
            float[] before = network.values();
            float[] given = before.clone();
            plain.load(SpectralNorm.folded(network.layout(), given));
            Tensor x = torch.randn(2, 1, 64, 84);
            float[] normalised = Tensors.toArray(
                    network.forward(network.views(network.flat(), Precision.FP32, Layout.CONTIGUOUS), x));
            float[] folded = Tensors.toArray(plain.forward(plain.frozen(Precision.FP32), x));

            assertThat(given).isEqualTo(before);
            assertThat(folded).containsExactly(normalised, within(1e-5f));
        }
    }

    /** A kernel of nothing stays nothing rather than becoming no number. */
    @Test
    void shouldBearAKernelOfZeros() {
        try (PatchNetwork network = new PatchNetwork(Device.CPU, 2, true, false, 1);
                PointerScope scope = new PointerScope()) {
            network.load(new float[Math.toIntExact(network.layout().size())]);
            network.trainable(Precision.FP32);
            for (Weights weights : List.of(
                    network.frozen(Precision.FP32), network.views(network.flat(), Precision.FP32, Layout.CONTIGUOUS))) {
                assertThat(Tensors.toArray(weights.get("conv2"))).containsOnly(0);
            }
        }
    }

    @Test
    void shouldGoOnFromASavedState() {
        try (PatchNetwork network = patch();
                PatchNetwork other = new PatchNetwork(Device.CPU, 9, true, true, 77);
                PointerScope scope = new PointerScope()) {
            network.trainable(Precision.FP32);
            other.load(network.values());
            float[] expected = Tensors.toArray(network.frozen(Precision.FP32).get("conv2"));
            assertThat(Tensors.toArray(other.frozen(Precision.FP32).get("conv2")))
                    .isNotEqualTo(expected);

            other.loadSingularVectors(network.singularVectors().orElseThrow());
            assertThat(Tensors.toArray(other.frozen(Precision.FP32).get("conv2")))
                    .isEqualTo(expected);
            assertThat(new OctaveNetwork(Device.CPU, 2, 1, 1).singularVectors()).isEmpty();
        }
    }

    /** By hand, for two cells and one channel: what each hears is a mean of both, weighted by e to the product of two cells. */
    @Test
    void shouldAttendToAllCells() {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = Device.CPU.tensor(new float[] {1, 2}, 1, 1, 1, 2);
            Weights weights = new Weights(
                    java.util.Map.of(
                            "a.query", Device.CPU.tensor(new float[] {0.5f}, 1, 1, 1, 1),
                            "a.key", Device.CPU.tensor(new float[] {2}, 1, 1, 1, 1),
                            "a.value", Device.CPU.tensor(new float[] {10}, 1, 1, 1, 1),
                            "a.gamma", Device.CPU.tensor(new float[] {0.1f}, 1)),
                    Precision.FP32,
                    Layout.CONTIGUOUS);
            double[] heard = new double[2];
            for (int listener = 0; listener < 2; listener++) {
                double first = Math.exp((listener + 1) * 1.0);
                double second = Math.exp((listener + 1) * 2.0);
                heard[listener] = (listener + 1) + 0.1 * (10 * first + 20 * second) / (first + second);
            }
            float[] actual = Tensors.toArray(SelfAttention.apply(x, weights, "a"));

            assertThat(actual[0]).isCloseTo((float) heard[0], within(1e-5f));
            assertThat(actual[1]).isCloseTo((float) heard[1], within(1e-5f));
            assertThat(Arrays.stream(heard).max().orElseThrow()).isLessThan(4.1);
        }
    }
}

package idiom.training.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TensorsTest {
    @BeforeAll
    static void useOneThread() {
        Device.useThreads(1);
    }

    @Test
    void shouldReadATurnedTensorRowByRow() {
        try (PointerScope scope = new PointerScope()) {
            Tensor turned =
                    Device.CPU.tensor(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).transpose(0, 1);

            assertThat(Tensors.toArray(turned)).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(Tensors.toArray(Device.CPU.wholes(7, -8))).containsExactly(7, -8);
        }
    }

    @Test
    void shouldOwnItsValues() {
        float[] values = {1, 2};
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = Device.CPU.tensor(values, 2);
            values[0] = 9;

            assertThat(Tensors.toArray(tensor)).containsExactly(1, 2);
        }
    }

    @Test
    void shouldNormEachChannelByItself() {
        try (PointerScope scope = new PointerScope()) {
            // Channel 0 has mean 2 and variance 1, channel 1 mean 30 and variance 100.
            Tensor x = Device.CPU.tensor(new float[] {1, 3, 20, 40}, 1, 2, 1, 2);
            Weights weights = new Weights(
                    Map.of(
                            "k.norm.scale", Device.CPU.tensor(new float[] {2, -1}, 2),
                            "k.norm.offset", Device.CPU.tensor(new float[] {0.5f, 7}, 2)),
                    Precision.FP32,
                    Layout.CONTIGUOUS);

            assertThat(Tensors.toArray(Tensors.instanceNorm(x, weights, "k")))
                    .containsExactly(new float[] {-1.5f, 2.5f, 8, 6}, within(2e-5f));
        }
    }

    @Test
    void shouldDoubleBothSizes() {
        try (PointerScope scope = new PointerScope()) {
            // Stride 2, padding 1, output padding 1: cell (0, 0) is spread by the kernel from its middle on.
            Tensor result = Tensors.doublingConv(
                    Device.CPU.tensor(new float[] {2}, 1, 1, 1, 1),
                    Device.CPU.tensor(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3));

            assertThat(result.size(2)).isEqualTo(2);
            assertThat(Tensors.toArray(result)).containsExactly(10, 12, 16, 18);
        }
    }

    @Test
    void shouldMirrorTheEdges() {
        try (PointerScope scope = new PointerScope()) {
            // A kernel that picks the left neighbour: the neighbour of the first cell is the second, mirrored.
            Tensor kernel = Device.CPU.tensor(new float[] {0, 0, 0, 1, 0, 0, 0, 0, 0}, 1, 1, 3, 3);
            Tensor x = Device.CPU.tensor(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);

            assertThat(Tensors.toArray(Tensors.reflectConv(x, kernel))).containsExactly(2, 1, 4, 3);
        }
    }

    @Test
    void shouldLeakAFifth() {
        try (PointerScope scope = new PointerScope()) {
            assertThat(Tensors.toArray(Tensors.leakyRelu(Device.CPU.tensor(new float[] {-1, 0, 3}, 3))))
                    .containsExactly(new float[] {-0.2f, 0, 3}, within(1e-7f));
        }
    }

    @Test
    void shouldGiveTheSameByShiftedRowsToOneChannel() {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = random(1, 2, 3, 9, 8);
            Tensor kernel = random(2, 1, 3, 7, 7);
            Tensor weight = random(3, 2, 1, 9, 8);

            assertSame(
                    gradients(x, kernel, weight, Tensors::reflectConv),
                    gradients(x, kernel, weight, Tensors::reflectConvToOne));
        }
    }

    @Test
    void shouldGiveTheSameByShiftedRowsFromOneChannel() {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = random(4, 2, 1, 9, 8);
            Tensor kernel = random(5, 3, 1, 7, 7);
            Tensor weight = random(6, 2, 3, 9, 8);

            assertSame(
                    gradients(x, kernel, weight, Tensors::reflectConv),
                    gradients(x, kernel, weight, Tensors::reflectConvFromOne));
        }
    }

    private interface Convolution {
        Tensor of(Tensor x, Tensor kernel);
    }

    /** Values, gradient of the input, gradient of the kernel. */
    private static float[][] gradients(Tensor x, Tensor kernel, Tensor weight, Convolution convolution) {
        Tensor leafX = x.detach().clone().requires_grad_(true);
        Tensor leafKernel = kernel.detach().clone().requires_grad_(true);
        Tensor result = convolution.of(leafX, leafKernel);
        result.mul(weight).sum().backward();
        return new float[][] {Tensors.toArray(result), Tensors.toArray(leafX.grad()), Tensors.toArray(leafKernel.grad())
        };
    }

    private static void assertSame(float[][] expected, float[][] actual) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).containsExactly(expected[i], within(1e-4f));
            assertThat(largest(expected[i])).isGreaterThan(1);
        }
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static Tensor random(long seed, long... shape) {
        Random random = new Random(seed);
        int size = 1;
        for (long length : shape) {
            size *= (int) length;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Device.CPU.tensor(values, shape);
    }
}

package idiom.training.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeviceTest {

    @Test
    void shouldMakeTensorsWhereItIs() {
        try (PointerScope scope = new PointerScope()) {
            for (Device device : List.of(Device.CPU, Device.META)) {
                Tensor tensor = device.tensor(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
                assertThat(Device.of(tensor)).isEqualTo(device);
                assertThat(tensor.shape()).containsExactly(2, 3);
                assertThat(Device.of(device.wholes(4, 5))).isEqualTo(device);
                assertThat(Device.of(tensor.mul(Tensors.scalar(2)).sum())).isEqualTo(device);
            }
        }
    }

    @Test
    void shouldKeepMatrixProductsToOneThread() {
        Device.useThreads(1);
        assertThat(openblas_full.openblas_get_num_threads()).isEqualTo(1);
        assertThat(torch.get_num_threads()).isEqualTo(1);
    }

    @Test
    void shouldReadNothingFromNowhere() {
        try (PointerScope scope = new PointerScope()) {
            Tensor nowhere = Device.META.tensor(new float[] {1, 2}, 2);
            assertThat(Tensors.toArray(nowhere)).containsExactly(0, 0);
            assertThat(Tensors.number(nowhere.sum())).isZero();
            Tensor here = Device.CPU.tensor(new float[] {1, 2}, 2);
            assertThat(Tensors.number(here.sum())).isEqualTo(3);
            Device.fill(here, new float[] {5, 7});
            assertThat(Tensors.toArray(here)).containsExactly(5, 7);
            Device.fill(nowhere, new float[] {5, 7});
        }
    }

    static Stream<Named<BinaryOperator<Tensor>>> operations() {
        return Stream.of(
                Named.of("add", (a, b) -> a.add(b)),
                Named.of("add, the other way round", (a, b) -> b.add(a)),
                Named.of("mul", (a, b) -> a.mul(b)),
                Named.of("addcmul", (a, b) -> a.addcmul(b, b, Tensors.scalar(2))),
                Named.of("lerp", (a, b) -> a.lerp_(b, Tensors.scalar(0.5))));
    }

    /** What makes {@link Device#META} a check: cell by cell, it lets no tensor of the processor slip in. */
    @ParameterizedTest
    @MethodSource("operations")
    void shouldRefuseToMixDevices(BinaryOperator<Tensor> operation) {
        try (PointerScope scope = new PointerScope()) {
            float[] values = {1, 2, 3, 4};
            operation.apply(Device.CPU.tensor(values, 1, 1, 2, 2), Device.CPU.tensor(values, 1, 1, 2, 2));
            operation.apply(Device.META.tensor(values, 1, 1, 2, 2), Device.META.tensor(values, 1, 1, 2, 2));
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> operation.apply(
                            Device.META.tensor(values, 1, 1, 2, 2), Device.CPU.tensor(values, 1, 1, 2, 2)))
                    .withMessageContaining("device");
        }
    }

    /** Optimiser, average and loading: all of them work value by value. */
    @Test
    void shouldKeepTheStateOfANetworkOnItsDevice() {
        try (Network network = new OctaveNetwork(Device.META, 2, 1, 3);
                Adam adam = new Adam(network.flat(), 0.5, 1);
                Average average = new Average(network, 0.9);
                PointerScope scope = new PointerScope()) {
            float[] values = new float[Math.toIntExact(network.layout().size())];
            Arrays.fill(values, 1);
            network.load(values);
            adam.restore(3, values, values);
            average.restore(3, values);
            for (Tensor part : network.trainable(Precision.BF16).byName().values()) {
                assertThat(Device.of(part)).isEqualTo(Device.META);
            }
            network.flat().square().sum().backward();
            assertThat(Device.of(network.flat().grad())).isEqualTo(Device.META);
            adam.step(0.1);
            average.follow();
            assertThat(Device.of(average.vector())).isEqualTo(Device.META);
            // Read back as 0, so none of them was made on the processor.
            assertThat(adam.means()).hasSameSizeAs(values).containsOnly(0);
            assertThat(adam.squares()).containsOnly(0);
            assertThat(average.values()).containsOnly(0);
            assertThat(network.values()).containsOnly(0);
        }
    }

    @Test
    void shouldSayWhyThereIsNoCuda() {
        String reason = Device.whyNoCuda();
        assertThat(reason == null || reason.contains("CPU build") || reason.contains("finds no NVIDIA GPU"))
                .as(reason)
                .isTrue();
    }
}

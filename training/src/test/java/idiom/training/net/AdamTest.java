package idiom.training.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AdamTest {
    private static final float[] START = {0.5f, -1, 2, 0, 3e-4f};

    @BeforeAll
    static void useOneThread() {
        Device.useThreads(1);
    }

    @Test
    void shouldDoWhatPyTorchsOwnDoes() {
        try (PointerScope scope = new PointerScope()) {
            Tensor ours = leaf(START);
            Tensor theirs = leaf(START);
            Adam adam = new Adam(ours, 0.5);
            org.bytedeco.pytorch.Adam reference = reference(theirs, 0.5, 0.01);
            for (int step = 0; step < 20; step++) {
                loss(ours, step).backward();
                loss(theirs, step).backward();
                adam.step(0.01);
                reference.step();
                reference.zero_grad();

                assertThat(Tensors.toArray(ours)).containsExactly(Tensors.toArray(theirs), within(1e-6f));
            }
            assertThat(Tensors.toArray(ours)[1]).isNotCloseTo(START[1], within(0.05f));
            assertThat(adam.steps()).isEqualTo(20);
            adam.close();
        }
    }

    @Test
    void shouldGoOnFromWhereAnotherStopped() {
        try (PointerScope scope = new PointerScope()) {
            Tensor whole = leaf(START);
            Adam unbroken = new Adam(whole, 0.5);
            for (int step = 0; step < 6; step++) {
                loss(whole, step).backward();
                unbroken.step(0.01);
            }
            Tensor first = leaf(START);
            Adam stopped = new Adam(first, 0.5);
            for (int step = 0; step < 4; step++) {
                loss(first, step).backward();
                stopped.step(0.01);
            }
            Tensor second = leaf(Tensors.toArray(first));
            Adam resumed = new Adam(second, 0.5);
            resumed.restore(stopped.steps(), stopped.means(), stopped.squares());
            for (int step = 4; step < 6; step++) {
                loss(second, step).backward();
                resumed.step(0.01);
            }

            assertThat(Tensors.toArray(second)).isEqualTo(Tensors.toArray(whole));
        }
    }

    @Test
    void shouldShortenLongGradientsOnly() {
        try (PointerScope scope = new PointerScope()) {
            Tensor leaf = leaf(new float[] {0, 0});
            Adam adam = new Adam(leaf, 0.5, 1);
            leaf.mul(Device.CPU.tensor(new float[] {3, 4}, 2)).sum().backward();

            assertThat(adam.step(0.1)).isCloseTo(5, within(1e-6));
            // Shortened to (0.6, 0.8): means are half of that, squares a thousandth of theirs.
            assertThat(adam.means()).containsExactly(new float[] {0.3f, 0.4f}, within(1e-6f));
            assertThat(adam.squares()).containsExactly(new float[] {3.6e-4f, 6.4e-4f}, within(1e-8f));

            leaf.mul(Device.CPU.tensor(new float[] {0.3f, -0.4f}, 2)).sum().backward();
            assertThat(adam.step(0.1)).isCloseTo(0.5, within(1e-6));
            assertThat(adam.means()).containsExactly(new float[] {0.3f, 0}, within(1e-6f));
        }
    }

    @Test
    void shouldClearTheGradient() {
        try (PointerScope scope = new PointerScope()) {
            Tensor leaf = leaf(new float[] {1});
            Adam adam = new Adam(leaf, 0.5);
            leaf.mul(Tensors.scalar(7)).sum().backward();
            adam.step(0.1);

            assertThat(Tensors.toArray(leaf.grad())).containsExactly(0);
            // The first step of Adam is the rate, whatever the gradient.
            assertThat(Tensors.toArray(leaf)).containsExactly(new float[] {0.9f}, within(1e-6f));
        }
    }

    private static Tensor leaf(float[] values) {
        return Device.CPU.tensor(values, values.length).requires_grad_(true);
    }

    /** A bowl whose middle moves from step to step. */
    private static Tensor loss(Tensor leaf, int step) {
        float[] middle = new float[(int) leaf.numel()];
        float[] steepness = new float[middle.length];
        for (int i = 0; i < middle.length; i++) {
            middle[i] = (float) Math.sin(step + 2 * i);
            steepness[i] = (float) Math.pow(10, i - 2);
        }
        return leaf.sub(Device.CPU.tensor(middle, middle.length))
                .square()
                .mul(Device.CPU.tensor(steepness, steepness.length))
                .sum();
    }

    private static org.bytedeco.pytorch.Adam reference(Tensor leaf, double beta1, double rate) {
        AdamOptions options = new AdamOptions(rate);
        DoublePointer betas = options.betas();
        // A tuple, whose elements lie in an order of the system's own: beta1 is where 0.9 stands.
        betas.put(betas.get(0) == 0.9 ? 0 : 1, beta1);
        TensorVector leaves = new TensorVector();
        leaves.push_back(leaf);
        return new org.bytedeco.pytorch.Adam(leaves, options);
    }
}

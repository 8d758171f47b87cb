package idiom.training.net;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) over the flat vector of a network. PyTorch's own would do, but its state is out
 * of reach of a checkpoint of ours, and its options store the betas in an order that depends on the system.
 *
 * <p>One thread; call within a {@code PointerScope}.
 */
public final class Adam implements AutoCloseable {
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final Tensor leaf;
    private final Tensor mean;
    private final Tensor square;
    private final double beta1;
    private final double clip;
    private long steps;

    /** An optimiser of one leaf; {@code beta1} in [0, 1). */
    public Adam(Tensor leaf, double beta1) {
        this(leaf, beta1, 0);
    }

    /** The same with gradients shortened to a norm of {@code clip}, if that is not 0 (Pascanu et al. 2013). */
    public Adam(Tensor leaf, double beta1, double clip) {
        this.leaf = leaf;
        this.beta1 = beta1;
        this.clip = clip;
        this.mean = Tensors.ownedBeyondScopes(() -> torch.zeros_like(leaf));
        this.square = Tensors.ownedBeyondScopes(() -> torch.zeros_like(leaf));
    }

    /** Applies the leaf's gradient and clears it; returns the gradient's Euclidean norm before it was shortened. */
    public double step(double rate) {
        Tensor gradient = leaf.grad();
        double norm = Tensors.number(gradient.norm());
        if (clip > 0 && norm > clip) {
            gradient.mul_(Tensors.scalar(clip / norm));
        }
        steps++;
        mean.lerp_(gradient, Tensors.scalar(1 - beta1));
        square.mul_(Tensors.scalar(BETA2)).addcmul_(gradient, gradient, Tensors.scalar(1 - BETA2));
        double correction1 = 1 - Math.pow(beta1, (double) steps);
        double correction2 = 1 - Math.pow(BETA2, (double) steps);
        Tensor denominator =
                square.sqrt().div_(Tensors.scalar(Math.sqrt(correction2))).add_(Tensors.scalar(EPSILON));
        leaf.detach().addcdiv_(mean, denominator, Tensors.scalar(-rate / correction1));
        gradient.zero_();
        return norm;
    }

    /** Forgets all gradients it has met. */
    public void reset() {
        steps = 0;
        mean.zero_();
        square.zero_();
    }

    /** Updates done. */
    public long steps() {
        return steps;
    }

    /** Copy of the running means of the gradient. */
    public float[] means() {
        return Tensors.toArray(mean);
    }

    /** Copy of the running means of its square. */
    public float[] squares() {
        return Tensors.toArray(square);
    }

    /** Goes on from where another stopped. */
    public void restore(long newSteps, float[] means, float[] squares) {
        steps = newSteps;
        Device.fill(mean, means);
        Device.fill(square, squares);
    }

    @Override
    public void close() {
        mean.close();
        square.close();
    }
}

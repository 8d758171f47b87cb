package idiom.training.net;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Exponential moving average of a network's parameters (Yazıcı et al. 2019): what an adversary or a noisy gradient
 * shakes, the average holds still. One thread.
 */
public final class Average implements AutoCloseable {
    private final Network network;
    private final double decay;
    private final Tensor values;
    private long steps;

    /** An average that starts at the network's parameters; {@code decay} in [0, 1), 0 follows at once. */
    public Average(Network network, double decay) {
        this.network = network;
        this.decay = decay;
        this.values = Tensors.ownedBeyondScopes(() -> network.flat().detach().clone());
    }

    /** Takes the parameters of the step that was just done into the average. */
    public void follow() {
        steps++;
        // Early on the average is kept short, so that it forgets the start.
        double share = decay == 0 ? 1 : Math.max(1 - decay, 1.0 / (1 + steps));
        try (PointerScope scope = new PointerScope()) {
            values.lerp_(network.flat().detach(), Tensors.scalar(share));
        }
    }

    /** The averaged vector, in the order of the network's layout. */
    public Tensor vector() {
        return values;
    }

    /** Copy of it. */
    public float[] values() {
        return Tensors.toArray(values);
    }

    /** Goes on from where another stopped after so many steps. */
    public void restore(long newSteps, float[] newValues) {
        steps = newSteps;
        Device.fill(values, newValues);
    }

    @Override
    public void close() {
        values.close();
    }
}

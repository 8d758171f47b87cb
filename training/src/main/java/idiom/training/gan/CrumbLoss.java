package idiom.training.gan;

import idiom.engine.pianoroll.PianoRoll;
import org.bytedeco.pytorch.Tensor;

/**
 * How often what is added or removed begins and ends: the total variation over time of the change. A generator that adds a hundred
 * notes of a sixteenth each pays a hundred times for what it gets for one price as a few long ones. The gradient takes single cells
 * away and lets runs grow.
 */
final class CrumbLoss {
    private static final int TIME = 2;

    private CrumbLoss() {}

    /**
     * Mean over all places at which a change could begin or end.
     *
     * @param fakes {@code (batch, 1, 64, 84)} of about 0 or 1
     * @param original what they were made of, of the same shape
     * @return a scalar
     */
    static Tensor of(Tensor fakes, Tensor original) {
        Tensor change = fakes.sub(original);
        long edges = PianoRoll.STEPS - 1;
        return change.narrow(TIME, 1, edges)
                .sub(change.narrow(TIME, 0, edges))
                .abs()
                .mean();
    }
}

package idiom.training.gan;

import idiom.training.net.Adam;
import idiom.training.net.AttentionNetwork;
import idiom.training.net.Device;
import idiom.training.net.HistogramNetwork;
import idiom.training.net.Layout;
import idiom.training.net.Network;
import idiom.training.net.OctaveNetwork;
import idiom.training.net.PatchNetwork;
import idiom.training.net.Precision;
import idiom.training.net.Tensors;
import idiom.training.net.Weights;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A discriminator with its optimiser and its memory of past fakes; least-squares loss (Mao et al. 2017): real is 1, fake
 * is 0. Noise |N(0, sigma_D)| is added to all it sees (Brunner et al. 2018, section III-C).
 */
final class Judge implements AutoCloseable {
    private final Recipe.Kind kind;
    private final Network network;
    private final Adam adam;
    private final ReplayPool pool;
    private final Precision precision;
    private final Layout layout;
    private final double noise;
    private final boolean augments;

    /** What its last update said: mean score of real and of fake phrases, loss, norm of the gradient. */
    record Verdict(double real, double fake, double loss, double gradientNorm) {}

    Judge(Device device, Recipe recipe, int cells, long seed) {
        this(
                device,
                recipe,
                cells,
                recipe.discriminators().kind(),
                recipe.discriminators().noise(),
                seed);
    }

    /** A judge of another kind, or one that sees everything under noise of another deviation, than the recipe's others. */
    Judge(Device device, Recipe recipe, int cells, Recipe.Kind kind, double noise, long seed) {
        Recipe.Discriminators shape = recipe.discriminators();
        this.kind = kind;
        this.network = network(device, kind, shape, seed);
        this.adam = new Adam(
                network.flat(), recipe.schedule().beta1(), recipe.schedule().clip());
        this.pool = new ReplayPool(shape.pool(), cells);
        this.precision = recipe.precision();
        this.layout = recipe.layout();
        this.noise = noise;
        this.augments = shape.augment();
    }

    private static Network network(Device device, Recipe.Kind kind, Recipe.Discriminators shape, long seed) {
        int width = shape.width();
        return switch (kind) {
            case PATCH -> new PatchNetwork(device, width, shape.spectralNorm(), shape.selfAttention(), seed);
            case OCTAVE -> new OctaveNetwork(device, width, 1, shape.spectralNorm(), shape.selfAttention(), seed);
            case ATTENTION -> new AttentionNetwork(device, width, 1, seed);
            case HISTOGRAM -> new HistogramNetwork(device, width, 1, seed);
        };
    }

    /** Forgets all it has learnt and begins anew. */
    void renew(Recipe.Discriminators shape, long seed) {
        try (Network fresh = network(network.device(), kind, shape, seed)) {
            network.load(fresh.values());
        }
        adam.reset();
    }

    /** Loss of a generator that wants its fakes taken for real, a scalar that carries gradients to {@code fakes}. */
    Tensor persuasion(Tensor fakes, RandomGenerator random) {
        return distance(score(network.frozen(precision, layout), fakes, random), 1);
    }

    /** Learns from real phrases and fakes alone. */
    Verdict learn(Tensor real, float[] fakes, double rate, RandomGenerator random) {
        return learn(real, fakes, real, 0, rate, random);
    }

    /**
     * Learns from one batch.
     *
     * @param real phrases
     * @param fakes values of {@code fakes.length / cells} phrases; exchanged with the pool in place
     * @param negatives further phrases that are not real, weighted; ignored if the weight is 0
     */
    Verdict learn(Tensor real, float[] fakes, Tensor negatives, double weight, double rate, RandomGenerator random) {
        pool.exchange(fakes, random);
        Weights weights = network.trainable(precision, layout);
        Tensor realScore = score(weights, real, random);
        Tensor fakeScore =
                score(weights, network.device().tensor(fakes, real.size(0), 1, real.size(2), real.size(3)), random);
        Tensor loss = distance(realScore, 1).add(distance(fakeScore, 0));
        if (weight > 0) {
            loss = loss.add(distance(score(weights, negatives, random), 0).mul(Tensors.scalar(weight)));
        }
        loss = loss.mul(Tensors.scalar(0.5));
        loss.backward();
        double norm = adam.step(rate);
        return new Verdict(
                Tensors.number(realScore.mean()), Tensors.number(fakeScore.mean()), Tensors.number(loss), norm);
    }

    private Tensor score(Weights weights, Tensor x, RandomGenerator random) {
        Tensor placed = augments ? Augmentation.apply(x, random) : x;
        Tensor seen = noise > 0 ? placed.add(torch.randn_like(placed).abs_().mul_(Tensors.scalar(noise))) : placed;
        return network.forward(weights, seen);
    }

    private static Tensor distance(Tensor score, double target) {
        return score.sub(Tensors.scalar(target)).square().mean();
    }

    void save(Checkpoint.Writer out, String name) {
        out.network(name, network, adam);
        out.put(name + ".pool", pool.contents());
    }

    void restore(Checkpoint in, String name) {
        in.network(name, network, adam);
        pool.restore(in.get(name + ".pool"));
    }

    @Override
    public void close() {
        network.close();
        adam.close();
    }
}

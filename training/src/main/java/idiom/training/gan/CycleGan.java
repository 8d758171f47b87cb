package idiom.training.gan;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.data.PhraseOrder;
import idiom.training.data.PhraseSet;
import idiom.training.net.Device;
import idiom.training.net.Tensors;
import idiom.training.net.Weights;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Two generators and their judges, trained one step at a time (Zhu et al. 2017; Brunner et al. 2018, section III-C).
 *
 * <p>All randomness of a step comes from the recipe's seed and the step's number, so a restored run computes what an
 * uninterrupted one would. One thread; native memory is freed at the end of each step.
 */
public final class CycleGan implements AutoCloseable {
    private final Device device;
    private final Recipe recipe;
    private final Direction toB;
    private final Direction toA;
    private final Drawer drawerA;
    private final Drawer drawerB;
    private final Drawer drawerMixed;
    private int step;

    /**
     * A model at step 0.
     *
     * @param device where
     * @param recipe what to compute
     * @param a phrases of the first genre
     * @param b phrases of the second
     * @param mixed what the further judges take for real; used by the partial and full variants
     */
    public CycleGan(Device device, Recipe recipe, PhraseSet a, PhraseSet b, PhraseSet mixed) {
        this.device = device;
        this.recipe = recipe;
        long seed = recipe.seed() * 1_000;
        this.toB = new Direction(device, recipe, seed + 10);
        this.toA = new Direction(device, recipe, seed + 20);
        this.drawerA = new Drawer(a, seed + 1);
        this.drawerB = new Drawer(b, seed + 2);
        this.drawerMixed = new Drawer(mixed, seed + 3);
    }

    /** Phrases in their order of training. */
    private record Drawer(PhraseSet phrases, PhraseOrder order) {
        Drawer(PhraseSet phrases, long seed) {
            this(phrases, new PhraseOrder(phrases.size(), seed));
        }

        float[] batch(int step, int size) {
            float[] cells = new float[size * PianoRoll.CELLS];
            for (int i = 0; i < size; i++) {
                phrases.toCells(order.row((long) step * size + i), cells, i * PianoRoll.CELLS);
            }
            return cells;
        }
    }

    /**
     * Lets the generators begin as others instead of at random; called before the first step.
     *
     * @param weightsToB of the one from A to B, in the order of its layout
     * @param weightsToA of the one from B to A
     */
    public void begin(float[] weightsToB, float[] weightsToA) {
        toB.begin(weightsToB);
        toA.begin(weightsToA);
    }

    /** Where it computes. */
    public Device device() {
        return device;
    }

    /** Steps done, warm-up included. */
    public int step() {
        return step;
    }

    /** Whether the recipe's steps are done. */
    public boolean isDone() {
        return step >= recipe.schedule().allSteps();
    }

    /** One step of everything; in the warm-up, of the judges alone. */
    public StepLosses train() {
        long stepSeed = recipe.seed() * 0x9E3779B97F4A7C15L + step;
        torch.manual_seed(stepSeed);
        RandomGenerator random = new SplittableRandom(stepSeed);
        float[] cellsA = drawerA.batch(step, recipe.batch());
        float[] cellsB = drawerB.batch(step, recipe.batch());
        float[] cellsMixed = drawerMixed.batch(step, recipe.batch());
        StepLosses losses;
        try (PointerScope scope = new PointerScope()) {
            Tensor a = tensor(cellsA);
            Tensor b = tensor(cellsB);
            GeneratorStep generators = step < recipe.schedule().warmup()
                    ? GeneratorStep.idle(cellsA, cellsB)
                    : stepGenerators(a, cellsA, b, cellsB, random);
            Judge.Verdict atB = stepJudges(toB, b, cellsA, tensor(cellsMixed), generators.fakesB(), random);
            Judge.Verdict atA = stepJudges(toA, a, cellsB, tensor(cellsMixed), generators.fakesA(), random);
            losses = generators.losses(step, atB, atA);
        }
        step++;
        return losses;
    }

    /** What the generators' half of a step gave; the arrays are handed on, never shared. */
    @SuppressWarnings("ArrayRecordComponent")
    private record GeneratorStep(
            float[] fakesB,
            float[] fakesA,
            double persuasionToB,
            double persuasionToA,
            double cycle,
            double content,
            double norm) {
        /** In the warm-up the other genre's real phrases stand in for fakes. */
        static GeneratorStep idle(float[] cellsA, float[] cellsB) {
            return new GeneratorStep(cellsA, cellsB, 0, 0, 0, 0, 0);
        }

        StepLosses losses(int step, Judge.Verdict atB, Judge.Verdict atA) {
            return new StepLosses(
                    step,
                    persuasionToB,
                    persuasionToA,
                    cycle,
                    content,
                    atB.loss(),
                    atA.loss(),
                    (atB.real() + atA.real()) / 2,
                    (atB.fake() + atA.fake()) / 2,
                    norm,
                    Math.hypot(atB.gradientNorm(), atA.gradientNorm()));
        }
    }

    private GeneratorStep stepGenerators(Tensor a, float[] cellsA, Tensor b, float[] cellsB, RandomGenerator random) {
        Weights weightsToB = toB.trainable();
        Weights weightsToA = toA.trainable();
        Tensor logitsB = toB.logits(weightsToB, a);
        Tensor logitsA = toA.logits(weightsToA, b);
        Heard heardB = Heard.of(device, recipe, true, logitsB, toB.fakes(logitsB), cellsA);
        Heard heardA = Heard.of(device, recipe, false, logitsA, toA.fakes(logitsA), cellsB);
        Tensor fakesB = heardB.cells();
        Tensor fakesA = heardA.cells();
        Tensor persuasionToB = toB.persuasion(fakesB, step, random);
        Tensor persuasionToA = toA.persuasion(fakesA, step, random);
        Recipe.Losses weights = recipe.losses();
        Tensor cycle = difference(toA.logits(weightsToA, fakesB), a).add(difference(toB.logits(weightsToB, fakesA), b));
        Tensor loss = persuasionToB.add(persuasionToA).add(cycle.mul(Tensors.scalar(weights.cycle())));
        Tensor content = crossEntropy(logitsB, a).add(crossEntropy(logitsA, b));
        if (weights.content() > 0 || weights.tune() > 0 || weights.foreign() > 0) {
            loss = loss.add(weighted(logitsB, a, cellsA)).add(weighted(logitsA, b, cellsB));
        }
        if (weights.crumbs() > 0) {
            loss = loss.add(CrumbLoss.of(fakesB, a).add(CrumbLoss.of(fakesA, b)).mul(Tensors.scalar(weights.crumbs())));
        }
        if (weights.key() > 0) {
            Tensor key = KeyLoss.of(fakesB, cellsA).add(KeyLoss.of(fakesA, cellsB));
            loss = loss.add(key.mul(Tensors.scalar(weights.key())));
        }
        if (weights.unheard() > 0) {
            Tensor unheard = heardB.unheard(logitsB).add(heardA.unheard(logitsA));
            loss = loss.add(unheard.mul(Tensors.scalar(weights.unheard())));
        }
        loss.backward();
        double rate = recipe.schedule().rate() * recipe.schedule().rateFactor(step);
        double norm = Math.hypot(toB.step(rate), toA.step(rate));
        return new GeneratorStep(
                Tensors.toArray(fakesB),
                Tensors.toArray(fakesA),
                Tensors.number(persuasionToB),
                Tensors.number(persuasionToA),
                Tensors.number(cycle),
                Tensors.number(content),
                norm);
    }

    private Judge.Verdict stepJudges(
            Direction direction, Tensor real, float[] source, Tensor mixed, float[] fakes, RandomGenerator random) {
        double rate = recipe.schedule().discriminatorRate() * recipe.schedule().rateFactor(step);
        double negatives = recipe.discriminators().sourceNegatives();
        Judge mixedJudge = direction.mixedJudge();
        if (mixedJudge != null) {
            mixedJudge.learn(mixed, fakes.clone(), rate, random);
        }
        GenreJudges genreJudges = direction.genreJudges();
        if (genreJudges != null) {
            genreJudges.learn(real, source, step, random);
        }
        return direction.judge().learn(real, fakes, tensor(source), negatives, rate, random);
    }

    private Tensor difference(Tensor logits, Tensor original) {
        return switch (recipe.losses().cycleLoss()) {
            case L1 -> torch.sigmoid(logits).sub(original).abs().mean();
            case BCE -> crossEntropy(logits, original);
        };
    }

    /** What a change of content costs: {@link ContentWeights} times cross-entropy, over all cells. */
    private Tensor weighted(Tensor logits, Tensor original, float[] cells) {
        return Tensors.crossEntropyPerCell(logits, original)
                .mul(tensor(ContentWeights.of(cells, recipe.losses())))
                .mean();
    }

    private static Tensor crossEntropy(Tensor logits, Tensor target) {
        return torch.binary_cross_entropy_with_logits(logits, target);
    }

    private Tensor tensor(float[] cells) {
        return device.tensor(cells, recipe.batch(), 1, PianoRoll.STEPS, PianoRoll.PITCHES);
    }

    /** The generators' averaged weights: probabilities from A to B, or from B to A. */
    public float[] infer(boolean towardsB, float[] windows, int count) {
        return (towardsB ? toB : toA).infer(windows, count);
    }

    /** Averaged weights of the generator from A to B, or from B to A, in the order of its layout. */
    public float[] averagedWeights(boolean towardsB) {
        return (towardsB ? toB : toA).averageValues();
    }

    /** State of everything. */
    public Checkpoint.Writer checkpoint() {
        Checkpoint.Writer out = new Checkpoint.Writer();
        out.put("step", step);
        toB.save(out, "to-b");
        toA.save(out, "to-a");
        return out;
    }

    /** Goes on from a checkpoint of the same recipe. */
    public void restore(Checkpoint in) {
        step = Math.toIntExact(in.number("step"));
        toB.restore(in, "to-b");
        toA.restore(in, "to-a");
    }

    @Override
    public void close() {
        toB.close();
        toA.close();
    }
}

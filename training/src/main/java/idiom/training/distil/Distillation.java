package idiom.training.distil;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.data.PhraseOrder;
import idiom.training.gan.Checkpoint;
import idiom.training.net.Adam;
import idiom.training.net.Average;
import idiom.training.net.Device;
import idiom.training.net.GeneratorNetwork;
import idiom.training.net.Precision;
import idiom.training.net.Tensors;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A student that learns a teacher's decisions, a step at a time (Hinton et al. 2015, Distilling the Knowledge in a Neural
 * Network, in the limit of temperature 0): cross-entropy, most of all of the last step of a window, for which the future is
 * masked.
 *
 * <p>All randomness of a step comes from the seed and the step's number, so a restored run computes what an uninterrupted one
 * would. One thread; native memory is freed at the end of each step.
 */
public final class Distillation implements AutoCloseable {
    private static final String STUDENT = "student";

    private final DistilRecipe recipe;
    private final Lessons lessons;
    private final PhraseOrder order;
    private final GeneratorNetwork student;
    private final Adam adam;
    private final Average average;
    private final Tensor cellWeights;
    private int step;

    /** A student at step 0. */
    public Distillation(Device device, DistilRecipe recipe, Lessons lessons) {
        this.recipe = recipe;
        this.lessons = lessons;
        this.order = new PhraseOrder(lessons.size(), recipe.seed());
        this.student = new GeneratorNetwork(device, recipe.student(), recipe.seed());
        this.adam = new Adam(student.flat(), 0.9, 10);
        this.average = new Average(student, recipe.average());
        this.cellWeights = Tensors.ownedBeyondScopes(
                () -> device.tensor(cellWeights(recipe.context()), 1, 1, PianoRoll.STEPS, PianoRoll.PITCHES));
    }

    /** What each cell of a window weighs: 1 in all for the last step, and the context's weight for all steps. */
    private static float[] cellWeights(double context) {
        float[] weights = new float[PianoRoll.CELLS];
        Arrays.fill(weights, (float) (context / PianoRoll.CELLS));
        for (int cell = PianoRoll.CELLS - PianoRoll.PITCHES; cell < PianoRoll.CELLS; cell++) {
            weights[cell] += 1f / PianoRoll.PITCHES;
        }
        return weights;
    }

    /** Steps done. */
    public int step() {
        return step;
    }

    /** Whether the recipe's steps are done. */
    public boolean isDone() {
        return step >= recipe.steps();
    }

    /** One step; returns its loss. */
    public double train() {
        RandomGenerator random = new SplittableRandom(recipe.seed() * 0x9E3779B97F4A7C15L + step);
        float[] windows = new float[recipe.batch() * PianoRoll.CELLS];
        float[] wanted = new float[windows.length];
        for (int i = 0; i < recipe.batch(); i++) {
            int phrase = order.row((long) step * recipe.batch() + i);
            lessons.draw(phrase, random, windows, wanted, i * PianoRoll.CELLS);
        }
        double loss;
        try (PointerScope scope = new PointerScope()) {
            Tensor logits = student.forward(student.trainable(Precision.FP32), tensor(windows));
            Tensor perCell = torch.softplus(logits).sub(logits.mul(tensor(wanted)));
            Tensor mean = perCell.mul(tensor(emphasis(windows, wanted)))
                    .mul(cellWeights)
                    .sum()
                    .div(Tensors.scalar(recipe.batch()));
            mean.backward();
            adam.step(recipe.rateAt(step));
            average.follow();
            loss = Tensors.number(mean);
        }
        step++;
        return loss;
    }

    /** Weights of cells: more where the teacher changes something. */
    private float[] emphasis(float[] windows, float[] wanted) {
        float[] weights = new float[windows.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = windows[i] == wanted[i] ? 1 : (float) recipe.change();
        }
        return weights;
    }

    private Tensor tensor(float[] cells) {
        return student.device().tensor(cells, recipe.batch(), 1, PianoRoll.STEPS, PianoRoll.PITCHES);
    }

    /** Copy of the averaged weights, in the order of the network's layout. */
    public float[] averagedWeights() {
        return average.values();
    }

    /** The averaged student as it is at each call; closing it does nothing. */
    public Generator student() {
        return new Generator() {
            @Override
            public int maxBatch() {
                return 64;
            }

            @Override
            public void generate(float[] windows, float[] probabilities, int count) {
                float[] result = student.probabilities(average.vector(), windows, count);
                System.arraycopy(result, 0, probabilities, 0, result.length);
            }

            @Override
            public void close() {
                // The weights belong to the distillation.
            }
        };
    }

    /** State of everything. */
    public Checkpoint.Writer checkpoint() {
        Checkpoint.Writer out = new Checkpoint.Writer();
        out.put("step", step);
        out.network(STUDENT, student, adam);
        out.put(STUDENT + ".average", average.values());
        return out;
    }

    /** Goes on from a checkpoint of the same recipe. */
    public void restore(Checkpoint in) {
        step = Math.toIntExact(in.number("step"));
        in.network(STUDENT, student, adam);
        float[] values = in.get(STUDENT + ".average");
        try (PointerScope scope = new PointerScope()) {
            average.restore(adam.steps(), values);
        }
    }

    @Override
    public void close() {
        student.close();
        adam.close();
        average.close();
        cellWeights.close();
    }
}

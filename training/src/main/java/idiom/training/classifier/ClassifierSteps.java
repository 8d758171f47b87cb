package idiom.training.classifier;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.data.PhraseOrder;
import idiom.training.data.PhraseSet;
import idiom.training.gan.Checkpoint;
import idiom.training.net.Adam;
import idiom.training.net.Average;
import idiom.training.net.Device;
import idiom.training.net.Network;
import idiom.training.net.Precision;
import idiom.training.net.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A classifier in training, step by step. All randomness of a step comes from the recipe's seed and the step's number, so one
 * that goes on from a checkpoint computes what an unbroken one would. One thread.
 */
public final class ClassifierSteps implements AutoCloseable {
    private static final double BETA1 = 0.5;

    private final Device device;
    private final ClassifierRecipe recipe;
    private final List<String> genres;
    private final List<PhraseSet> train;
    private final List<PhraseSet> validation;
    private final List<PhraseOrder> orders = new ArrayList<>();
    private final Network network;
    private final Adam adam;
    private final Average average;
    private float[] best;
    private double bestAccuracy = -1;
    private double loss;
    private int lookedAt;
    private int step;

    ClassifierSteps(
            Device device,
            ClassifierRecipe recipe,
            List<String> genres,
            List<PhraseSet> train,
            List<PhraseSet> validation) {
        this.device = device;
        this.recipe = recipe;
        this.genres = genres;
        this.train = train;
        this.validation = validation;
        for (PhraseSet phrases : train) {
            orders.add(new PhraseOrder(phrases.size(), recipe.seed() * 100 + orders.size()));
        }
        network = network();
        adam = new Adam(network.flat(), BETA1);
        average = new Average(network, recipe.average());
        best = network.values();
    }

    private Network network() {
        return recipe.architecture().network(device, recipe.width(), genres.size(), recipe.seed());
    }

    /** Steps done. */
    public int step() {
        return step;
    }

    /** Whether the recipe's steps are done. */
    public boolean isDone() {
        return step >= recipe.steps();
    }

    /** One step; what a look at the validation part told, if it was time for one. */
    public Optional<ClassifierTraining.Progress> train() {
        loss += learn();
        average.follow();
        step++;
        return step % recipe.validateEvery() == 0 || isDone() ? Optional.of(look()) : Optional.empty();
    }

    private ClassifierTraining.Progress look() {
        float[] current = network.values();
        network.load(average.values());
        double accuracy = new GenreClassifier(genres, network).accuracy(validation, 0, 0);
        if (accuracy > bestAccuracy) {
            bestAccuracy = accuracy;
            best = network.values();
        }
        network.load(current);
        double mean = loss / (step - lookedAt);
        loss = 0;
        lookedAt = step;
        return new ClassifierTraining.Progress(step, mean, accuracy);
    }

    /** The classifier that did best so far, which the caller closes. */
    public GenreClassifier best() {
        Network copy = network();
        copy.load(best);
        return new GenreClassifier(genres, copy);
    }

    /** State of everything. */
    public Checkpoint.Writer checkpoint() {
        Checkpoint.Writer out = new Checkpoint.Writer();
        out.put("step", step);
        out.put("looked-at", lookedAt);
        out.put("loss", Double.doubleToRawLongBits(loss));
        out.put("best-accuracy", Double.doubleToRawLongBits(bestAccuracy));
        out.network("network", network, adam);
        out.put("average", average.values());
        out.put("best", best);
        return out;
    }

    /** Goes on from a checkpoint of the same recipe. */
    public void restore(Checkpoint in) {
        step = Math.toIntExact(in.number("step"));
        lookedAt = Math.toIntExact(in.number("looked-at"));
        loss = Double.longBitsToDouble(in.number("loss"));
        bestAccuracy = Double.longBitsToDouble(in.number("best-accuracy"));
        in.network("network", network, adam);
        average.restore(step, in.get("average"));
        best = in.get("best");
    }

    private double learn() {
        int perGenre = Math.max(1, recipe.batch() / genres.size());
        int rows = perGenre * genres.size();
        float[] cells = new float[rows * PianoRoll.CELLS];
        long[] labels = new long[rows];
        for (int row = 0; row < rows; row++) {
            int genre = row / perGenre;
            int phrase = orders.get(genre).row((long) step * perGenre + row % perGenre);
            train.get(genre).toCells(phrase, cells, row * PianoRoll.CELLS);
            labels[row] = genre;
        }
        torch.manual_seed(recipe.seed() * 0x9E3779B97F4A7C15L + step);
        try (PointerScope scope = new PointerScope()) {
            Tensor x = device.tensor(cells, rows, 1, PianoRoll.STEPS, PianoRoll.PITCHES);
            if (recipe.noise() > 0) {
                x = x.add(torch.randn_like(x).mul_(Tensors.scalar(recipe.noise())));
            }
            Tensor logits = network.forward(network.trainable(Precision.FP32), x);
            Tensor cost = torch.cross_entropy_loss(logits, device.wholes(labels));
            cost.backward();
            double share = step / (double) recipe.steps();
            adam.step(recipe.rate() * Math.min(1, 2 * (1 - share)));
            return Tensors.number(cost);
        }
    }

    @Override
    public void close() {
        average.close();
        adam.close();
        network.close();
    }
}

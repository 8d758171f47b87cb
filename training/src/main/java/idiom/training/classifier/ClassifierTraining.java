package idiom.training.classifier;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.data.PhraseOrder;
import idiom.training.data.PhraseSet;
import idiom.training.net.Adam;
import idiom.training.net.Average;
import idiom.training.net.Device;
import idiom.training.net.Network;
import idiom.training.net.Precision;
import idiom.training.net.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Trains a genre classifier by cross-entropy and keeps the weights that did best on the validation part; the test split
 * has no say.
 */
public final class ClassifierTraining {
    private static final double BETA1 = 0.5;

    private final Device device;
    private final ClassifierRecipe recipe;
    private final List<String> genres;
    private final List<PhraseSet> train;
    private final List<PhraseSet> validation;

    /**
     * A training to be run.
     *
     * @param device where it runs
     * @param recipe what decides it
     * @param genres names, in the order of the logits
     * @param train phrases of each
     * @param validation phrases of each that are not among {@code train}
     */
    public ClassifierTraining(
            Device device,
            ClassifierRecipe recipe,
            List<String> genres,
            List<PhraseSet> train,
            List<PhraseSet> validation) {
        if (genres.size() < 2 || train.size() != genres.size() || validation.size() != genres.size()) {
            throw new IllegalArgumentException("a classifier needs two genres and phrases of each: genres=" + genres);
        }
        this.device = device;
        this.recipe = recipe;
        this.genres = List.copyOf(genres);
        this.train = List.copyOf(train);
        this.validation = List.copyOf(validation);
    }

    /** A look at the training: after so many steps this loss (mean since the last look) and validation accuracy. */
    public record Progress(int step, double loss, double validationAccuracy) {

        /** In one line, of so many steps in all. */
        public String summary(int steps) {
            return String.format(
                    Locale.ROOT,
                    "classifier step %d of %d, loss %.3f, validation accuracy %.2f %%",
                    step,
                    steps,
                    loss,
                    100 * validationAccuracy);
        }
    }

    /** Runs to the end; the caller closes the result. */
    public GenreClassifier run(Consumer<Progress> listener) {
        Network network = recipe.architecture().network(device, recipe.width(), genres.size(), recipe.seed());
        GenreClassifier classifier = new GenreClassifier(genres, network);
        List<PhraseOrder> orders = new ArrayList<>();
        for (PhraseSet phrases : train) {
            orders.add(new PhraseOrder(phrases.size(), recipe.seed() * 100 + orders.size()));
        }
        float[] best = network.values();
        double bestAccuracy = -1;
        double loss = 0;
        int lookedAt = 0;
        try (Adam adam = new Adam(network.flat(), BETA1);
                Average average = new Average(network, recipe.average())) {
            for (int step = 0; step < recipe.steps(); step++) {
                loss += step(network, adam, orders, step);
                average.follow();
                if ((step + 1) % recipe.validateEvery() == 0 || step + 1 == recipe.steps()) {
                    float[] current = network.values();
                    network.load(average.values());
                    double accuracy = classifier.accuracy(validation, 0, 0);
                    listener.accept(new Progress(step + 1, loss / (step + 1 - lookedAt), accuracy));
                    loss = 0;
                    lookedAt = step + 1;
                    if (accuracy > bestAccuracy) {
                        bestAccuracy = accuracy;
                        best = network.values();
                    }
                    network.load(current);
                }
            }
        }
        network.load(best);
        return classifier;
    }

    private double step(Network network, Adam adam, List<PhraseOrder> orders, int step) {
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
            Tensor loss = torch.cross_entropy_loss(logits, device.wholes(labels));
            loss.backward();
            double share = step / (double) recipe.steps();
            adam.step(recipe.rate() * Math.min(1, 2 * (1 - share)));
            return Tensors.number(loss);
        }
    }
}

package idiom.training.classifier;

import idiom.training.data.PhraseSet;
import idiom.training.net.Device;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Trains a genre classifier by cross-entropy and keeps the weights that did best on the validation part; the test split
 * has no say.
 */
public final class ClassifierTraining {
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

    /** A classifier at its first step, which the caller closes. */
    public ClassifierSteps begin() {
        return new ClassifierSteps(device, recipe, genres, train, validation);
    }

    /** Runs to the end; the caller closes the result. */
    public GenreClassifier run(Consumer<Progress> listener) {
        try (ClassifierSteps steps = begin()) {
            while (!steps.isDone()) {
                steps.train().ifPresent(listener);
            }
            return steps.best();
        }
    }
}

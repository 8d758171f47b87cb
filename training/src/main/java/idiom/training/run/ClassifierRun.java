package idiom.training.run;

import idiom.training.classifier.ClassifierRecipe;
import idiom.training.classifier.ClassifierSteps;
import idiom.training.classifier.ClassifierTraining;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.Digests;
import idiom.training.gan.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Trains a classifier until it is done or somebody stops it. Its state lies beside the file that it is to be, with the ending
 * {@code .part}; one of the same recipe and data is gone on with, to the very weights that an unbroken training gives. One
 * thread.
 */
public final class ClassifierRun {
    private static final int REPORT_EVERY = 20;
    private static final int CHECKPOINT_EVERY = 100;
    private static final String IDENTITY = "identity";

    private final Path part;
    private final ClassifierRecipe recipe;
    private final long identity;
    private final Consumer<String> console;

    /**
     * A run that is about to begin or go on.
     *
     * @param file where the classifier will be written by who asks for it
     * @param data what tells its data from other data
     */
    public ClassifierRun(Path file, ClassifierRecipe recipe, String data, Consumer<String> console) {
        this.part = file.resolveSibling(file.getFileName() + ".part");
        this.recipe = recipe;
        this.identity = Long.parseUnsignedLong(
                Digests.sha256((recipe + " " + data).getBytes(StandardCharsets.UTF_8))
                        .substring(0, 16),
                16);
        this.console = console;
    }

    /**
     * Trains.
     *
     * @param stop asked after each step; the state is written before this returns
     * @return the classifier, which the caller closes; empty if it was stopped
     */
    public Optional<GenreClassifier> run(ClassifierTraining training, BooleanSupplier stop) throws IOException {
        try (ClassifierSteps steps = training.begin()) {
            resume(steps);
            Progress progress = new Progress(steps.step(), recipe.steps());
            while (!steps.isDone() && !stop.getAsBoolean()) {
                Optional<ClassifierTraining.Progress> look = steps.train();
                if (look.isPresent()) {
                    console.accept(look.get().summary(recipe.steps()));
                } else if (steps.step() % REPORT_EVERY == 0) {
                    console.accept("classifier " + progress.at(steps.step()));
                }
                if (steps.step() % CHECKPOINT_EVERY == 0) {
                    checkpoint(steps);
                }
            }
            if (!steps.isDone()) {
                checkpoint(steps);
                console.accept("stopped at step " + steps.step() + " of " + recipe.steps() + " of the classifier");
                return Optional.empty();
            }
            return Optional.of(steps.best());
        }
    }

    /** Forgets the state: the classifier is where it belongs. */
    public void finish() throws IOException {
        Files.deleteIfExists(part);
    }

    private void resume(ClassifierSteps steps) throws IOException {
        if (!Files.exists(part)) {
            return;
        }
        Checkpoint checkpoint = Checkpoint.read(part);
        if (checkpoint.numberOr(IDENTITY, 0) == identity) {
            steps.restore(checkpoint);
            console.accept("the classifier goes on from step " + steps.step() + " of " + recipe.steps());
        }
    }

    private void checkpoint(ClassifierSteps steps) throws IOException {
        Checkpoint.Writer out = steps.checkpoint();
        out.put(IDENTITY, identity);
        out.write(part);
    }
}

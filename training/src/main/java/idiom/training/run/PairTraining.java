package idiom.training.run;

import idiom.training.classifier.ClassifierFile;
import idiom.training.classifier.ClassifierRecipe;
import idiom.training.classifier.ClassifierTraining;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.Holdout;
import idiom.training.data.PhraseSet;
import idiom.training.evaluate.PairEvaluation;
import idiom.training.gan.CycleGan;
import idiom.training.gan.Recipe;
import idiom.training.net.Device;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All that leads from a data set to a trained pair of generators in a run's folder: the classifier that validates, the model,
 * its training. One thread.
 */
public final class PairTraining {
    /** Of the classifier that validates a run: another than that of the classifiers that judge models in the end. */
    public static final long JUDGE_SEED = 1000;

    private final RunFolder folder;
    private final TrainingData data;
    private final Plan plan;
    private final Device device;
    private final Consumer<String> console;

    /**
     * How a run is trained.
     *
     * @param recipe of the generators
     * @param threads how many PyTorch uses, for the record
     * @param rhythm how often things are done
     * @param validationPhrases of each genre to validate on; 0 for no validation
     * @param judge the classifier that validates; null for one of {@code judgeRecipe}, trained first
     * @param judgeRecipe of that one
     * @param beginning what the generators begin as; null for weights at random
     */
    public record Plan(
            Recipe recipe,
            int threads,
            TrainingRun.Rhythm rhythm,
            int validationPhrases,
            @Nullable Path judge,
            ClassifierRecipe judgeRecipe,
            @Nullable Beginning beginning) {}

    /**
     * Generators to go on from.
     *
     * @param facts on what they are, for the record
     * @param toB weights of the one from the first genre to the second, in the order of its layout, not copied
     * @param toA weights of the one back
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Beginning(Map<String, String> facts, float[] toB, float[] toA) {}

    /** Whether all steps are done, and how many are, the warm-up's counted in. */
    public record Outcome(boolean done, int step) {}

    /** A training that is about to begin or go on. */
    public PairTraining(RunFolder folder, TrainingData data, Plan plan, Device device, Consumer<String> console) {
        this.folder = folder;
        this.data = data;
        this.plan = plan;
        this.device = device;
        this.console = console;
    }

    /**
     * Trains.
     *
     * @param resume go on with the run in the folder; else there must be none
     * @param stop asked after each step; the state is written before this returns
     */
    public Outcome run(boolean resume, BooleanSupplier stop) throws IOException {
        if (resume) {
            warnOfOther("threads", Integer.toString(plan.threads()));
            warnOfOther("device", name(device));
        }
        try (CycleGan gan = new CycleGan(
                device,
                plan.recipe(),
                data.a().train(),
                data.b().train(),
                data.mixed(plan.recipe().discriminators().variant()))) {
            if (!resume) {
                folder.create(plan.recipe(), about());
            }
            try (Closeable lock = folder.lock()) {
                if (!resume && plan.beginning() != null) {
                    begin(gan, plan.beginning());
                }
                if (plan.validationPhrases() == 0) {
                    return train(gan, null, resume, stop);
                }
                Optional<GenreClassifier> judge = judge(stop);
                if (judge.isEmpty()) {
                    return new Outcome(false, gan.step());
                }
                try (GenreClassifier classifier = judge.get()) {
                    return train(gan, validation(classifier), resume, stop);
                }
            }
        }
    }

    /** Before the classifier is trained: a run that is stopped in that goes on from the same weights, too. */
    private void begin(CycleGan gan, Beginning beginning) throws IOException {
        gan.begin(beginning.toB(), beginning.toA());
        gan.checkpoint().write(folder.checkpoint());
    }

    private Outcome train(CycleGan gan, @Nullable PairEvaluation validation, boolean resume, BooleanSupplier stop)
            throws IOException {
        TrainingRun training = new TrainingRun(folder, gan, validation, plan.rhythm(), console);
        if (resume) {
            training.resume();
        }
        return new Outcome(training.run(stop), gan.step());
    }

    private Map<String, String> about() {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("pair", String.join(",", data.genres()));
        about.put("data-sha256", data.dataset().sha256());
        about.put("threads", Integer.toString(plan.threads()));
        about.put("device", name(device));
        about.put("held-out", Holdout.SHARE + " of each genre's train part, seed " + Holdout.SEED);
        about.putAll(Versions.all());
        if (plan.beginning() != null) {
            about.putAll(plan.beginning().facts());
        }
        return about;
    }

    private static String name(Device where) {
        return where.name().toLowerCase(Locale.ROOT);
    }

    private void warnOfOther(String option, String now) throws IOException {
        String before = folder.about().getOrDefault(option, "");
        if (!before.isEmpty() && !before.equals(now)) {
            console.accept("the run was started with --" + option + " " + before + "; with " + now
                    + " the numbers will differ a little from those of an unbroken run");
        }
    }

    /** Empty if it was stopped. */
    private Optional<GenreClassifier> judge(BooleanSupplier stop) throws IOException {
        Path file = plan.judge() == null ? folder.judge() : plan.judge();
        if (!Files.exists(file)) {
            console.accept("training the classifier that validates (once; --judge FILE takes a finished one)");
            List<String> genres = data.genres();
            ClassifierRecipe recipe = plan.judgeRecipe();
            ClassifierRun run =
                    new ClassifierRun(file, recipe, data.dataset().sha256() + " " + String.join(",", genres), console);
            ClassifierTraining training = new ClassifierTraining(
                    device,
                    recipe,
                    genres,
                    List.of(data.a().train(), data.b().train()),
                    List.of(data.a().validation(), data.b().validation()));
            Optional<GenreClassifier> trained = run.run(training, stop);
            if (trained.isEmpty()) {
                return trained;
            }
            try (GenreClassifier classifier = trained.get()) {
                ClassifierFile.write(classifier, recipe.architecture(), recipe.width(), file);
            }
            run.finish();
        }
        return Optional.of(ClassifierFile.read(device, file));
    }

    private PairEvaluation validation(GenreClassifier judge) {
        return new PairEvaluation(
                judge,
                data.pair().a(),
                sample(data.a().validation()),
                data.pair().b(),
                sample(data.b().validation()));
    }

    /** Phrases evenly drawn from all of the validation part. */
    private PhraseSet sample(PhraseSet phrases) {
        int count = Math.min(plan.validationPhrases(), phrases.size());
        return phrases.select(IntStream.range(0, count)
                .map(i -> (int) ((long) i * phrases.size() / count))
                .toArray());
    }
}

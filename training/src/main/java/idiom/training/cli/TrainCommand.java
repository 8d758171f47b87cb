package idiom.training.cli;

import idiom.training.classifier.ClassifierFile;
import idiom.training.classifier.ClassifierRecipe;
import idiom.training.classifier.ClassifierTraining;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.Dataset;
import idiom.training.data.GenrePair;
import idiom.training.data.Holdout;
import idiom.training.data.PhraseSet;
import idiom.training.evaluate.PairEvaluation;
import idiom.training.gan.CycleGan;
import idiom.training.gan.Recipe;
import idiom.training.gan.RecipeText;
import idiom.training.net.Device;
import idiom.training.run.RunFolder;
import idiom.training.run.TrainingRun;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idiom-train train}: a pair of generators from phrases of two genres. */
@Command(
        name = "train",
        description = {
            "Train a pair of generators (CycleGAN).",
            "",
            "A run is a folder: recipe.toml, losses.csv and losses.png, validation.csv, checkpoints."
                    + " Stop it with Ctrl-C at any time; --resume goes on to the very numbers that an unbroken run gives."
        })
final class TrainCommand implements Callable<Integer> {
    private static final long JUDGE_SEED = 1000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DeviceOption device;

    @Option(names = "--pair", paramLabel = "A,B", split = ",", description = "The two genres, such as jazz,classic.")
    private List<String> pair = List.of();

    @Option(names = "--run", required = true, paramLabel = "FOLDER", description = "Folder of the run.")
    private Path folder;

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "TOML file; what it does not say is as in the papers (c = 64, 10 blocks, full model).")
    private @Nullable Path recipeFile;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one key of the recipe, such as --set generator.width=16; may be repeated.")
    private List<String> changes = List.of();

    @Option(names = "--resume", description = "Go on with the run in the folder.")
    private boolean resume;

    @Option(
            names = "--judge",
            paramLabel = "FILE",
            description = "Classifier for validation, made by classify; without it one is trained on the pair first.")
    private @Nullable Path judgeFile;

    @Option(names = "--report-every", defaultValue = "20", description = "Steps to a line (default ${DEFAULT-VALUE}).")
    private int reportEvery;

    @Option(
            names = "--validate-every",
            defaultValue = "250",
            description = "Steps to a validation (default ${DEFAULT-VALUE}).")
    private int validateEvery;

    @Option(
            names = "--checkpoint-every",
            defaultValue = "250",
            description = "Steps to a checkpoint (default ${DEFAULT-VALUE}).")
    private int checkpointEvery;

    @Option(
            names = "--validation-phrases",
            defaultValue = "400",
            description = "Phrases of each genre to validate on; 0 for no validation (default ${DEFAULT-VALUE}).")
    private int validationPhrases;

    @Override
    public Integer call() throws IOException {
        threads.apply();
        RunFolder run = new RunFolder(folder);
        Recipe recipe = resume ? resumedRecipe(run) : newRecipe();
        List<String> genres = resume ? run.genres() : pair;
        if (resume && !pair.isEmpty() && !pair.equals(genres)) {
            throw new IOException(
                    folder + ": the run is one of " + String.join(",", genres) + ": --pair=" + String.join(",", pair));
        }
        if (genres.size() != 2) {
            throw new Usage(spec, "--pair must name two genres, such as --pair jazz,classic: --pair=" + genres);
        }
        Dataset dataset = data.open();
        GenrePair phrases = dataset.pair(genres.get(0), genres.get(1));
        if (resume && !dataset.sha256().equals(run.about().get("data-sha256"))) {
            throw new IOException(folder + ": the run was started on other data (SHA-256 "
                    + run.about().get("data-sha256") + "): give the same --data");
        }
        if (resume) {
            warnOfOther(run, "threads", Integer.toString(threads.count()));
        }
        Holdout a = Holdout.of(phrases.trainA(), phrases.testA());
        Holdout b = Holdout.of(phrases.trainB(), phrases.testB());
        Device where = device.choose();
        if (resume) {
            warnOfOther(run, "device", name(where));
        }
        try (CycleGan gan = new CycleGan(where, recipe, a.train(), b.train(), mixed(dataset, recipe, a, b))) {
            if (!resume) {
                run.create(recipe, about(dataset, genres, where));
            }
            if (validationPhrases == 0) {
                return train(run, gan, null);
            }
            try (GenreClassifier judge = judge(where, run, genres, a, b)) {
                PairEvaluation validation = new PairEvaluation(
                        judge, genres.get(0), sample(a.validation()), genres.get(1), sample(b.validation()));
                return train(run, gan, validation);
            }
        }
    }

    private Recipe newRecipe() throws IOException {
        return RecipeText.read(recipeFile == null ? "" : Files.readString(recipeFile), changes);
    }

    /** The run's own recipe; one that is given along with {@code --resume} must not be another. */
    private Recipe resumedRecipe(RunFolder run) throws IOException {
        Recipe recipe = run.recipe();
        String text = recipeFile == null ? RecipeText.write(recipe) : Files.readString(recipeFile);
        if ((recipeFile != null || !changes.isEmpty())
                && !RecipeText.read(text, changes).equals(recipe)) {
            throw new IOException(folder + ": the run was started with another recipe (recipe.toml); resume without"
                    + " --recipe and --set, or start another run");
        }
        return recipe;
    }

    private Map<String, String> about(Dataset dataset, List<String> genres, Device where) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("pair", String.join(",", genres));
        about.put("data-sha256", dataset.sha256());
        about.put("threads", Integer.toString(threads.count()));
        about.put("device", name(where));
        about.put("held-out", Holdout.SHARE + " of each genre's train part, seed " + Holdout.SEED);
        about.putAll(Versions.all());
        return about;
    }

    private static String name(Device where) {
        return where.name().toLowerCase(Locale.ROOT);
    }

    private static void warnOfOther(RunFolder run, String option, String now) throws IOException {
        String before = run.about().getOrDefault(option, "");
        if (!before.isEmpty() && !before.equals(now)) {
            Console.say("the run was started with --" + option + " " + before + "; with " + now
                    + " the numbers will differ a little from those of an unbroken run");
        }
    }

    /** Real phrases of the further judges; those held out stay out. */
    private static PhraseSet mixed(Dataset dataset, Recipe recipe, Holdout a, Holdout b) {
        return switch (recipe.discriminators().variant()) {
            case BASE, PARTIAL -> a.train().concat(b.train());
            case FULL -> dataset.mixed().without(a.validation()).without(b.validation());
        };
    }

    private GenreClassifier judge(Device where, RunFolder run, List<String> genres, Holdout a, Holdout b)
            throws IOException {
        Path file = judgeFile == null ? run.judge() : judgeFile;
        if (!Files.exists(file)) {
            Console.say("training the classifier that validates (once; --judge FILE takes a finished one)");
            ClassifierRecipe recipe = ClassifierRecipe.DEFAULT.withSeed(JUDGE_SEED);
            try (GenreClassifier classifier = new ClassifierTraining(
                            where,
                            recipe,
                            genres,
                            List.of(a.train(), b.train()),
                            List.of(a.validation(), b.validation()))
                    .run(look -> Console.say(look.summary(recipe.steps())))) {
                ClassifierFile.write(classifier, recipe.architecture(), recipe.width(), file);
            }
        }
        return ClassifierFile.read(where, file);
    }

    /** Phrases evenly drawn from all of the validation part. */
    private PhraseSet sample(PhraseSet phrases) {
        int count = Math.min(validationPhrases, phrases.size());
        return phrases.select(IntStream.range(0, count)
                .map(i -> (int) ((long) i * phrases.size() / count))
                .toArray());
    }

    private int train(RunFolder run, CycleGan gan, @Nullable PairEvaluation validation) throws IOException {
        TrainingRun training = new TrainingRun(
                run,
                gan,
                validation,
                new TrainingRun.Rhythm(reportEvery, validateEvery, checkpointEvery),
                Console::say);
        try (Closeable lock = run.lock();
                StopSignal stop = StopSignal.onInterrupt()) {
            if (resume) {
                training.resume();
            }
            boolean done = training.run(stop);
            Console.say(
                    done ? "done: " + run.path() : "stopped at step " + gan.step() + "; --resume goes on from here");
        }
        return 0;
    }
}

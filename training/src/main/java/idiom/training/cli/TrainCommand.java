package idiom.training.cli;

import idiom.presets.Preset;
import idiom.presets.PresetReader;
import idiom.training.classifier.ClassifierRecipe;
import idiom.training.data.Dataset;
import idiom.training.export.ModelImport;
import idiom.training.gan.Recipe;
import idiom.training.gan.RecipeText;
import idiom.training.run.PairTraining;
import idiom.training.run.RunFolder;
import idiom.training.run.TrainingData;
import idiom.training.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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

    @Option(
            names = "--from",
            paramLabel = "THERE.toml,BACK.toml",
            split = ",",
            description =
                    "Let the generators begin as the models of these presets, of the recipe's shape; with the warm-up the"
                            + " judges learn before them. Without it they begin at random.")
    private List<Path> from = List.of();

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
        if (resume && !from.isEmpty()) {
            throw new Usage(spec, "--from is for the start of a run; with --resume it goes on from its own checkpoint");
        }
        Dataset dataset = data.open();
        if (resume && !dataset.sha256().equals(run.about().get("data-sha256"))) {
            throw new IOException(folder + ": the run was started on other data (SHA-256 "
                    + run.about().get("data-sha256") + "): give the same --data");
        }
        TrainingData phrases = TrainingData.of(dataset, genres.get(0), genres.get(1));
        PairTraining.Plan plan = new PairTraining.Plan(
                recipe,
                threads.count(),
                new TrainingRun.Rhythm(reportEvery, validateEvery, checkpointEvery),
                validationPhrases,
                judgeFile,
                ClassifierRecipe.DEFAULT.withSeed(PairTraining.JUDGE_SEED),
                from.isEmpty() ? null : beginning(recipe));
        PairTraining training = new PairTraining(run, phrases, plan, device.choose(), Console::say);
        try (StopSignal stop = StopSignal.onInterrupt()) {
            PairTraining.Outcome outcome = training.run(resume, stop);
            Console.say(
                    outcome.done()
                            ? "done: " + run.path()
                            : "stopped at step " + outcome.step() + "; --resume goes on from here");
        }
        return 0;
    }

    private PairTraining.Beginning beginning(Recipe recipe) throws IOException {
        if (from.size() != 2) {
            throw new Usage(spec, "--from must name two presets, such as --from there.toml,back.toml: --from=" + from);
        }
        Preset there = PresetReader.read(from.get(0));
        Preset back = PresetReader.read(from.get(1));
        return new PairTraining.Beginning(
                Map.of(
                        "from-there",
                        there.model().sha256(),
                        "from-back",
                        back.model().sha256()),
                ModelImport.generator(there.model().path(), recipe.generator()),
                ModelImport.generator(back.model().path(), recipe.generator()));
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
}

package idiom.training.cli;

import idiom.training.classifier.AccuracyTable;
import idiom.training.classifier.Architecture;
import idiom.training.classifier.ClassifierData;
import idiom.training.classifier.ClassifierRecipe;
import idiom.training.classifier.ClassifierTraining;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.Dataset;
import idiom.training.export.ClassifierExport;
import idiom.training.net.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idiom-train classify}: the papers' genre classifier, and its accuracy under noise. */
@Command(
        name = "classify",
        description = {
            "Train the papers' genre classifier, or another, on two or more genres.",
            "",
            "Writes classifier.ck (judges transfers), genre-classifier.onnx (for the idiom program; the papers'"
                    + " architecture only) and accuracy.csv (test split under noise). A tenth of the train part chooses when to stop; the test split has no"
                    + " say."
        })
final class ClassifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DeviceOption device;

    @Option(
            names = "--genres",
            required = true,
            split = ",",
            paramLabel = "A,B[,C]",
            description = "Genres, in the order of the outputs.")
    private List<String> genres = List.of();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FOLDER",
            description = "Where the classifier goes.")
    private Path output;

    @Option(
            names = "--architecture",
            defaultValue = "papers",
            paramLabel = "WHICH",
            description = "papers (convolutions over octaves, then time), attention (a second opinion: each step hears"
                    + " all others; give it --rate 1e-3 --noise 0.05) or histogram (a third: statistics without"
                    + " order; --rate 1e-3 --noise 0.05 as well) (default ${DEFAULT-VALUE}).")
    private Architecture architecture = Architecture.PAPERS;

    @Option(names = "--width", defaultValue = "64", description = "Channels (default ${DEFAULT-VALUE}).")
    private int width;

    @Option(names = "--steps", defaultValue = "800", description = "Steps (default ${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--batch", defaultValue = "64", description = "Phrases a step (default ${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--rate", defaultValue = "2e-4", description = "Learning rate (default ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--noise",
            defaultValue = "0.2",
            description = "Deviation of Gaussian noise on training phrases (default ${DEFAULT-VALUE}).")
    private double noise;

    @Option(
            names = "--average",
            defaultValue = "0.995",
            description = "Decay of the weights' moving average, which is kept (default ${DEFAULT-VALUE}).")
    private double average;

    @Option(names = "--seed", defaultValue = "1", description = "Seed (default ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private ForceOption force;

    @Override
    public Integer call() throws IOException {
        if (genres.size() < 2 || Set.copyOf(genres).size() < genres.size()) {
            throw new Usage(
                    spec, "--genres must name two different genres or more: --genres=" + String.join(",", genres));
        }
        ClassifierExport export = new ClassifierExport(output);
        force.refuseToOverwrite(export.file());
        threads.apply();
        Device where = device.choose();
        Dataset dataset = data.open();
        ClassifierData phrases = ClassifierData.of(dataset, genres);
        ClassifierRecipe recipe =
                new ClassifierRecipe(architecture, width, steps, batch, rate, noise, average, 100, seed);
        ClassifierTraining training =
                new ClassifierTraining(where, recipe, genres, phrases.learning(), phrases.choosing());
        try (GenreClassifier classifier = training.run(look -> Console.say(look.summary(recipe.steps())))) {
            AccuracyTable accuracy = AccuracyTable.of(classifier, phrases.test());
            export.write(classifier, recipe, accuracy, dataset);
            System.out.print(accuracy.toCsv());
        }
        return 0;
    }
}

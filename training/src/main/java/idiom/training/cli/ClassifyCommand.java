package idiom.training.cli;

import idiom.training.classifier.Architecture;
import idiom.training.classifier.ClassifierFile;
import idiom.training.classifier.ClassifierRecipe;
import idiom.training.classifier.ClassifierTraining;
import idiom.training.classifier.GenreClassifier;
import idiom.training.classifier.NoiseAccuracy;
import idiom.training.data.AtomicFile;
import idiom.training.data.Dataset;
import idiom.training.data.Holdout;
import idiom.training.data.PhraseSet;
import idiom.training.data.Split;
import idiom.training.export.ModelExport;
import idiom.training.export.WeightType;
import idiom.training.net.Device;
import idiom.training.table.CsvText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
                    + " architecture only) and accuracy.csv (test split under the papers' noise; accuracy measures it anew). A tenth of the train part chooses when to stop; the test split has no"
                    + " say."
        })
final class ClassifyCommand implements Callable<Integer> {
    /** Of the noise on the test split, whatever seed the training has. */
    static final long NOISE_SEED = 1;

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
            description =
                    "papers (convolutions over octaves, then time) or attention (a second opinion: each step hears"
                            + " all others; give it --rate 1e-3 --noise 0.05) (default ${DEFAULT-VALUE}).")
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
        Path file = output.resolve("classifier.ck");
        force.refuseToOverwrite(file);
        threads.apply();
        Device where = device.choose();
        Dataset dataset = data.open();
        List<PhraseSet> train = dataset.equal(genres, Split.TRAIN);
        List<PhraseSet> test = dataset.equal(genres, Split.TEST);
        ClassifierRecipe recipe =
                new ClassifierRecipe(architecture, width, steps, batch, rate, noise, average, 100, seed);
        try (GenreClassifier classifier = train(where, recipe, train, test)) {
            String table = accuracyTable(classifier, test);
            Files.createDirectories(output);
            ClassifierFile.write(classifier, architecture, width, file);
            if (architecture == Architecture.PAPERS) {
                byte[] onnx = ModelExport.classifier(classifier, width, WeightType.FP16, metadata(dataset, recipe));
                AtomicFile.write(output.resolve("genre-classifier.onnx"), out -> out.write(onnx));
            }
            AtomicFile.write(output.resolve("accuracy.csv"), out -> out.write(table.getBytes(StandardCharsets.UTF_8)));
            System.out.print(table);
        }
        return 0;
    }

    private GenreClassifier train(Device where, ClassifierRecipe recipe, List<PhraseSet> train, List<PhraseSet> test) {
        List<PhraseSet> learning = new ArrayList<>();
        List<PhraseSet> choosing = new ArrayList<>();
        for (int i = 0; i < train.size(); i++) {
            Holdout holdout = Holdout.of(train.get(i), test.get(i));
            learning.add(holdout.train());
            choosing.add(holdout.validation());
        }
        return new ClassifierTraining(where, recipe, genres, learning, choosing)
                .run(look -> Console.say(look.summary(recipe.steps())));
    }

    private static String accuracyTable(GenreClassifier classifier, List<PhraseSet> test) {
        return CsvText.of(NoiseAccuracy.of(classifier, test, NOISE_SEED, () -> {}).stream()
                .map(row -> {
                    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
                    cells.put("sigma", row.sigma());
                    cells.put("accuracy", CsvText.number(row.accuracy(), 4));
                    cells.put("accuracy_without_flagged", CsvText.number(row.withoutFlagged(), 4));
                    return cells;
                })
                .toList());
    }

    private static Map<String, String> metadata(Dataset dataset, ClassifierRecipe recipe) {
        Map<String, String> metadata = new LinkedHashMap<>(Versions.all());
        metadata.put("data-sha256", dataset.sha256());
        metadata.put("recipe", recipe.toString());
        return metadata;
    }
}

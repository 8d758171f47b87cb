package idiom.training.cli;

import idiom.training.attribution.Attribution;
import idiom.training.attribution.AttributionRecipe;
import idiom.training.attribution.AttributionReport;
import idiom.training.attribution.AttributionResult;
import idiom.training.attribution.picture.MotifPicture;
import idiom.training.attribution.picture.SaliencyPicture;
import idiom.training.classifier.ClassifierFile;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.Dataset;
import idiom.training.data.Digests;
import idiom.training.data.Split;
import idiom.training.data.StagingFolder;
import idiom.training.net.Device;
import idiom.training.run.Versions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idiom-train attribute}: which notes and motifs a classifier hears a genre by. */
@Command(
        name = "attribute",
        description = {
            "Find the notes that a genre classifier hears a genre by, and which intervals, chords, rhythms, bass patterns and"
                    + " registers they form.",
            "",
            "Looks at phrases of the test split that the classifier gets right; flagged rows are left out. Writes saliency.png"
                    + " (some phrases with their saliency maps) and saliency.csv (the same as data), motifs.csv (every motif"
                    + " against chance) and motifs.png (the strongest), attribution.json (all of it, with hashes and seed)."
        })
final class AttributeCommand implements Callable<Integer> {
    private static final String SUMMARY = "attribution.json";
    private static final StagingFolder.Kind KIND = new StagingFolder.Kind("report of an attribution", SUMMARY);
    /** Three of each genre, as in the paper's figure. */
    private static final int PICTURED = 3;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DeviceOption device;

    @Option(names = "--judge", required = true, paramLabel = "FILE", description = "Classifier, made by classify.")
    private Path judgeFile;

    @Option(
            names = "--genres",
            split = ",",
            paramLabel = "A,B[,C]",
            description = "Genres to look at, from left to right (default: the classifier's own).")
    private List<String> genres = List.of();

    @Option(
            names = "--sample",
            defaultValue = "300",
            paramLabel = "N",
            description = "Phrases of each genre at most, drawn from those that the classifier gets right"
                    + " (default ${DEFAULT-VALUE}).")
    private int sample;

    @Option(
            names = "--permutations",
            defaultValue = "1000",
            paramLabel = "N",
            description = "How often saliencies are shuffled to see what chance does (default ${DEFAULT-VALUE}).")
    private int permutations;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of draws and shuffles (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FOLDER",
            description = "Where the tables and pictures go.")
    private Path output;

    @Option(names = "--force", description = "Replace a report of an attribution that is there.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        if (sample < 1 || permutations < 1) {
            throw new Usage(
                    spec,
                    "--sample and --permutations must be at least 1: --sample=" + sample + " --permutations="
                            + permutations);
        }
        if (genres.size() == 1 || Set.copyOf(genres).size() < genres.size()) {
            throw new Usage(
                    spec, "--genres must name different genres, two or more: --genres=" + String.join(",", genres));
        }
        threads.apply();
        try (StagingFolder staging = new StagingFolder(KIND, output, force)) {
            Dataset dataset = data.open();
            Device where = device.choose();
            try (GenreClassifier judge = ClassifierFile.read(where, judgeFile)) {
                AttributionResult result = new Attribution(
                                judge, new AttributionRecipe(sample, PICTURED, permutations, seed), Console::progress)
                        .run(genres(dataset, judge));
                write(staging.folder(), new AttributionReport(result, facts(dataset)));
            }
            staging.commit();
        }
        Console.say("written to " + output);
        return 0;
    }

    /** The papers' rule: of each genre's test split the first phrases, as many as the smallest has. */
    private List<Attribution.Genre> genres(Dataset dataset, GenreClassifier judge) {
        List<String> names = genres.isEmpty() ? judge.genres() : genres;
        names.forEach(judge::indexOf);
        int size = names.stream()
                .mapToInt(genre -> dataset.phrases(genre, Split.TEST).size())
                .min()
                .orElseThrow();
        return names.stream()
                .map(genre -> new Attribution.Genre(
                        genre, dataset.phrases(genre, Split.TEST).first(size)))
                .toList();
    }

    private Map<String, String> facts(Dataset dataset) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("data-sha256", dataset.sha256());
        facts.put("judge-sha256", Digests.sha256(judgeFile));
        facts.put("threads", String.valueOf(threads.count()));
        facts.putAll(Versions.all());
        return facts;
    }

    private static void write(Path folder, AttributionReport report) throws IOException {
        Files.write(
                folder.resolve("saliency.png"),
                SaliencyPicture.png(report.result().genres()));
        Files.write(folder.resolve("motifs.png"), MotifPicture.png(report.result()));
        write(folder.resolve("saliency.csv"), report.toSaliencyCsv());
        write(folder.resolve("motifs.csv"), report.toMotifCsv());
        write(folder.resolve(SUMMARY), report.toJson());
        System.out.print(report.toText());
    }

    private static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}

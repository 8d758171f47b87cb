package idiom.training.cli;

import idiom.training.classifier.ClassifierFile;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.Dataset;
import idiom.training.data.Digests;
import idiom.training.data.StagingFolder;
import idiom.training.net.Device;
import idiom.training.report.Report;
import idiom.training.report.ReportRecipe;
import idiom.training.run.Versions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code idiom-train report}: one page that shows what saved runs do. */
@Command(
        name = "report",
        description = {
            "Make one HTML page of saved runs: the papers' tables beside the published figures, loss curves, piano rolls"
                    + " before, after and brought back with what the judge goes by, and the same to listen to (MIDI, WAV).",
            "",
            "Everything is measured anew on the test split from the runs' weights; the same runs, data and judges give the"
                    + " same page."
        })
final class ReportCommand implements Callable<Integer> {
    private static final StagingFolder.Kind KIND = new StagingFolder.Kind("report of runs", "report.html");

    @Mixin
    private DataOption data;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DeviceOption device;

    @Option(
            names = "--judge",
            required = true,
            paramLabel = "FILE",
            description = "Classifier, made by classify; repeat it for runs of other genres: the first that knows both"
                    + " genres of a run judges it.")
    private List<Path> judges = List.of();

    @Option(
            names = "--second-judge",
            paramLabel = "FILE",
            description = "Another classifier whose verdict is shown beside; likewise.")
    private List<Path> seconds = List.of();

    @Option(
            names = "--attribution",
            paramLabel = "FOLDER",
            description = "What attribute has made, to be shown as well; may be repeated.")
    private List<Path> attributions = List.of();

    @Option(
            names = "--sample",
            defaultValue = "0",
            paramLabel = "N",
            description = "Measure on so many phrases of each genre, drawn from the test split (default: on all).")
    private int sample;

    @Option(
            names = "--shown",
            defaultValue = "2",
            paramLabel = "N",
            description = "Phrases of each direction to see and hear (default ${DEFAULT-VALUE}).")
    private int shown;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of both draws (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--last", description = "The weights of the last checkpoints, not the best ones.")
    private boolean last;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FOLDER",
            description = "Where the page and what belongs to it go.")
    private Path output;

    @Option(names = "--force", description = "Replace a report of runs that is there.")
    private boolean force;

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Folders of runs, made by train.")
    private List<Path> runs = List.of();

    @Override
    public Integer call() throws IOException {
        ReportRecipe recipe = new ReportRecipe(sample, shown, seed);
        threads.apply();
        List<GenreClassifier> open = new ArrayList<>();
        try (StagingFolder staging = new StagingFolder(KIND, output, force)) {
            Dataset dataset = data.open();
            Device where = device.choose();
            List<GenreClassifier> first = read(where, judges, open);
            List<GenreClassifier> second = read(where, seconds, open);
            new Report(where, dataset, first, second, recipe, Console::progress)
                    .write(runs, last, attributions, facts(dataset, recipe), staging.folder());
            staging.commit();
        } finally {
            open.forEach(GenreClassifier::close);
        }
        Console.say("written to " + output.resolve("report.html"));
        return 0;
    }

    private static List<GenreClassifier> read(Device where, List<Path> files, List<GenreClassifier> open)
            throws IOException {
        List<GenreClassifier> read = new ArrayList<>();
        for (Path file : files) {
            GenreClassifier judge = ClassifierFile.read(where, file);
            open.add(judge);
            read.add(judge);
        }
        return read;
    }

    private Map<String, String> facts(Dataset dataset, ReportRecipe recipe) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("data-sha256", dataset.sha256());
        facts.put("phrases", recipe.phrases() == 0 ? "the whole test split" : "drawn: " + recipe.phrases());
        facts.put("seed", Long.toString(recipe.seed()));
        facts.put("weights", last ? "of the last checkpoints" : "each direction's best");
        for (Path judge : judges) {
            facts.put("judge " + judge, Digests.sha256(judge));
        }
        for (Path judge : seconds) {
            facts.put("second judge " + judge, Digests.sha256(judge));
        }
        facts.putAll(Versions.all());
        return facts;
    }
}

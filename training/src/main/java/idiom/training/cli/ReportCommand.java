package idiom.training.cli;

import idiom.training.data.Dataset;
import idiom.training.data.StagingFolder;
import idiom.training.report.Report;
import idiom.training.report.ReportRecipe;
import java.io.IOException;
import java.nio.file.Path;
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
    private JudgeOptions judges;

    @Mixin
    private DrawOptions draw;

    @Option(
            names = "--attribution",
            paramLabel = "FOLDER",
            description = "What attribute has made, to be shown as well; may be repeated.")
    private List<Path> attributions = List.of();

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
        ReportRecipe recipe = draw.recipe();
        threads.apply();
        try (StagingFolder staging = new StagingFolder(KIND, output, force);
                JudgeOptions.Open open = judges.open()) {
            Dataset dataset = data.open();
            Map<String, String> facts = judges.facts(dataset, recipe);
            facts.put("weights", last ? "of the last checkpoints" : "each direction's best");
            new Report(open.device(), dataset, open.judges(), recipe, Console::progress)
                    .write(runs, last, attributions, facts, staging.folder());
            staging.commit();
        }
        Console.say("written to " + output.resolve("report.html"));
        return 0;
    }
}

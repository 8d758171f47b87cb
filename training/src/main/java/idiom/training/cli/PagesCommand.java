package idiom.training.cli;

import idiom.presets.Preset;
import idiom.presets.PresetReader;
import idiom.training.data.Dataset;
import idiom.training.data.StagingFolder;
import idiom.training.report.PresetPages;
import idiom.training.report.ReportRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code idiom-train pages}: what presets do, for those who choose among them. */
@Command(
        name = "pages",
        description = {
            "Make a page of each preset, in Markdown: what it does to music in words and numbers, and phrases before and"
                    + " after to see and to hear (MIDI, WAV).",
            "",
            "Measured anew on the test split, in phrase; the same presets, data and judges give the same pages."
        })
final class PagesCommand implements Callable<Integer> {
    private static final StagingFolder.Kind KIND = new StagingFolder.Kind("folder of preset pages", PresetPages.INDEX);

    @Mixin
    private DataOption data;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private JudgeOptions judges;

    @Mixin
    private DrawOptions draw;

    @Option(names = "--wav", description = "Render what is heard as WAV as well.")
    private boolean sounds;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FOLDER",
            description = "Where the pages and what belongs to them go.")
    private Path output;

    @Option(names = "--force", description = "Replace a folder of preset pages that is there.")
    private boolean force;

    @Parameters(
            arity = "2..*",
            paramLabel = "PRESET.toml",
            description = "Presets, and of each one that leads back: strength is measured there and back.")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws IOException {
        ReportRecipe recipe = draw.recipe();
        threads.apply();
        List<Preset> presets = new ArrayList<>();
        for (Path file : files) {
            presets.add(PresetReader.read(file));
        }
        try (StagingFolder staging = new StagingFolder(KIND, output, force);
                JudgeOptions.Open open = judges.open()) {
            Dataset dataset = data.open();
            new PresetPages(dataset, open.judges(), recipe, sounds, Console::progress)
                    .write(presets, judges.facts(dataset, recipe), staging.folder());
            staging.commit();
        }
        Console.say("written to " + output.resolve(PresetPages.INDEX));
        return 0;
    }
}

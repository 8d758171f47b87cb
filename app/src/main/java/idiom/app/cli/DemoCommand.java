package idiom.app.cli;

import idiom.app.report.TransferReport;
import idiom.app.score.PreludeScore;
import idiom.app.transfer.Order;
import idiom.app.transfer.Outcome;
import idiom.app.transfer.Workbench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idiom demo}: a tune that everybody knows, as something that nobody has heard yet. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Turns Bach's Prelude in C major (BWV 846) into jazz.",
            "",
            "Writes demo.mid to play, demo.wav to listen to and demo.png to look at, and says what happened."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String SOURCE_GENRE = "classic";

    private final Services services;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FOLDER",
            defaultValue = "out",
            description = "Folder for the three files, which are replaced if they are there (${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path folder;

    @Option(
            names = "--to",
            paramLabel = "GENRE",
            defaultValue = "jazz",
            description = "Genre to play in: jazz (as if left out) or pop.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String to;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private SoundOptions sound;

    DemoCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        Order order = new Order(to, SOURCE_GENRE, sound.preset, sound.tweaks(), sound.soundfont, true);
        PrintWriter console = spec.commandLine().getOut();
        Path midi = folder.resolve("demo.mid");
        Path wav = folder.resolve("demo.wav");
        Path picture = folder.resolve("demo.png");
        try (Workbench bench = new Workbench(services.library(), services.networks(), sound.forOneFile(), order)) {
            console.println("J. S. Bach: Prelude in C major, BWV 846, as " + to);
            Path name = Path.of("J. S. Bach, Prelude in C major, BWV 846");
            Outcome outcome = bench.transfer(
                    PreludeScore.bundled(), new Order.Job(name, midi, Optional.of(picture), Optional.of(wav)));
            TransferReport.summary(outcome).forEach(line -> console.println("  " + line));
            bench.runsOn().ifPresent(line -> console.println("  runs on  " + line));
            console.println("  play     " + midi);
            console.println("  listen   " + wav);
            console.println("  look     " + picture);
        }
        return CommandLine.ExitCode.OK;
    }
}

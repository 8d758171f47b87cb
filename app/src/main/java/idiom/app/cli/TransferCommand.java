package idiom.app.cli;

import idiom.app.report.TransferReport;
import idiom.app.transfer.Failures;
import idiom.app.transfer.FolderRun;
import idiom.app.transfer.Order;
import idiom.app.transfer.Outcome;
import idiom.app.transfer.PresetChoice;
import idiom.app.transfer.Workbench;
import idiom.presets.PresetLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code idiom transfer}: a file or a folder of files in another genre. */
@Command(
        name = "transfer",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Plays MIDI files in another genre.",
            "",
            "Notes that stay keep velocity and timing; drums, pedal, controllers and lyrics are left alone."
        },
        footer = {
            "",
            "Examples:",
            "  idiom transfer song.mid --to jazz -o jazz.mid",
            "  idiom transfer song.mid --to jazz --melody-lock --swing 0.62 -o jazz.mid",
            "  idiom transfer songs/ --to pop -o pop/"
        })
final class TransferCommand implements Callable<Integer> {
    private final Services services;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "IN", description = "A MIDI file, or a folder of them (subfolders too).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path in;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "OUT",
            description = "MIDI file to write; a folder if IN is one.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path out;

    @Option(names = "--to", paramLabel = "GENRE", description = "Genre to play in: jazz, classic, pop.")
    private @Nullable String to;

    @Option(
            names = "--from",
            paramLabel = "GENRE",
            defaultValue = PresetChoice.AUTO,
            description = "Genre of the music as it is; auto (as if left out) listens and says what it heard.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String from;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private SoundOptions sound;

    @Option(
            names = "--picture",
            paramLabel = "OUT.png",
            description = "Also a picture: piano rolls before and after (a folder if IN is one).")
    private @Nullable Path picture;

    @Option(
            names = "--wav",
            paramLabel = "OUT.wav",
            description = "Also sound, to listen to anywhere (a folder if IN is one).")
    private @Nullable Path wav;

    @Option(names = "--report", description = "Also measures: content change, melody, key, density.")
    private boolean report;

    @Option(names = "--json", description = "The report as JSON, one line for each file, and nothing else.")
    private boolean json;

    @Option(
            names = {"-f", "--force"},
            description = "Replace files that are already there.")
    private boolean force;

    TransferCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (to == null && sound.preset == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "say where it shall go: --to jazz, --to classic, --to pop, or --preset NAME");
        }
        Order order = new Order(to, from, sound.preset, sound.tweaks(), sound.soundfont, force);
        PresetLibrary library = services.library();
        if (sound.preset != null) {
            library.named(sound.preset);
        }
        return Files.isDirectory(in) ? folder(library, order) : file(library, order);
    }

    private int file(PresetLibrary library, Order order) throws IOException {
        PrintWriter console = spec.commandLine().getOut();
        try (Workbench bench = new Workbench(library, services.networks(), sound.forOneFile(), order)) {
            Outcome outcome =
                    bench.transfer(new Order.Job(in, out, Optional.ofNullable(picture), Optional.ofNullable(wav)));
            if (json) {
                console.println(TransferReport.json(outcome));
            } else {
                console.println(in.getFileName() + " -> " + out);
                TransferReport.summary(outcome).forEach(line -> console.println("  " + line));
                if (report) {
                    TransferReport.measures(outcome).forEach(line -> console.println("  " + line));
                }
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private int folder(PresetLibrary library, Order order) throws IOException, InterruptedException {
        List<Order.Job> jobs =
                FolderRun.jobs(in, new FolderRun.Targets(out, Optional.ofNullable(picture), Optional.ofNullable(wav)));
        if (jobs.isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "there is no MIDI file (.mid, .midi, .kar, .rmi) in " + in);
        }
        Listener listener = new Listener();
        FolderRun.Summary summary = FolderRun.run(
                jobs,
                sound.workers(),
                () -> new Workbench(library, services.networks(), sound.forOneOfMany(), order),
                listener);
        listener.summarise(summary);
        return summary.failed() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** Tells of the files as they are done: results on standard output, progress on standard error. */
    private final class Listener implements FolderRun.Listener {
        private static final long EVERY_NS = 2_000_000_000L;

        private final PrintWriter console = spec.commandLine().getOut();
        private final PrintWriter progress = spec.commandLine().getErr();
        private final long start = System.nanoTime();
        private final List<String> failures = new ArrayList<>();
        private long lastNs = start;

        @Override
        public void done(Outcome outcome, int finished, int all) {
            if (json) {
                console.println(TransferReport.json(outcome));
            } else if (report) {
                console.println(outcome.in());
                TransferReport.summary(outcome).forEach(line -> console.println("  " + line));
                TransferReport.measures(outcome).forEach(line -> console.println("  " + line));
            }
            tell(finished, all);
        }

        @Override
        public void failed(Path file, Throwable cause, int finished, int all) {
            failures.add(file + ": " + Failures.line(cause));
            tell(finished, all);
        }

        private void tell(int finished, int all) {
            long now = System.nanoTime();
            if (now - lastNs < EVERY_NS && finished < all) {
                return;
            }
            lastNs = now;
            double seconds = (now - start) / 1e9;
            progress.printf(
                    Locale.ROOT,
                    "%d of %d files, %.1f files/s, %.0f s to go%n",
                    finished,
                    all,
                    finished / seconds,
                    seconds / finished * (all - finished));
        }

        private void summarise(FolderRun.Summary summary) {
            failures.stream().sorted().forEach(line -> progress.println("failed: " + line));
            PrintWriter target = json ? progress : console;
            target.printf(
                    Locale.ROOT,
                    "%d files done, %d failed, in %.1f s (%.1f files/s)%n",
                    summary.done(),
                    summary.failed(),
                    summary.ns() / 1e9,
                    (summary.done() + summary.failed()) / (summary.ns() / 1e9));
            if (report && !json) {
                target.println("slowest:");
                summary.slowest()
                        .forEach(slow -> target.printf(Locale.ROOT, "  %6.2f s  %s%n", slow.ns() / 1e9, slow.in()));
            }
        }
    }
}

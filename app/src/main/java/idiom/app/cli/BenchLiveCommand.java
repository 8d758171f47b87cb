package idiom.app.cli;

import idiom.app.bench.BenchRequest;
import idiom.app.bench.LiveBenchmark;
import idiom.app.bench.LiveReport;
import idiom.app.live.Backends;
import idiom.app.report.Json;
import idiom.app.transfer.Refusal;
import idiom.bridge.Backend;
import idiom.engine.live.LiveSettings;
import idiom.engine.live.Sync;
import idiom.presets.Hop;
import idiom.presets.Mode;
import idiom.presets.Preset;
import idiom.presets.PresetLibrary;
import idiom.presets.WholeFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idiom bench live}: how late a live session is. */
@Command(
        name = "live",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Plays random notes into a live session's virtual input and listens to its output, through the real system of"
                    + " ports: when each message was sent, seen by the session, and received.",
            "",
            "In phrase and follow, times are less the mode's delay, and 'exact' says how many messages left when they were"
                    + " due. In instant, 'key to answer' is what a player feels. A minute of playing by default."
        },
        footer = {
            "",
            "Examples:",
            "  idiom bench live --mode instant",
            "  idiom bench live --mode follow --hop beat --identity --load 2",
            "  idiom bench live --mode instant --load 2 --realtime --json --out times.csv"
        })
final class BenchLiveCommand implements Callable<Integer> {
    private static final int WINDOWS_INSTANT = 200;

    private final Services services;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--mode",
            defaultValue = "FOLLOW",
            paramLabel = "MODE",
            description = "phrase, follow, instant or timeline (${DEFAULT-VALUE}).")
    private Mode mode = Mode.FOLLOW;

    @Option(
            names = "--hop",
            defaultValue = "BEAT",
            paramLabel = "HOP",
            description = "How far follow trails: step, beat, bar or window (${DEFAULT-VALUE}).")
    private Hop hop = Hop.BEAT;

    @Mixin
    private final BackendOption backend = new BackendOption();

    @Option(names = "--preset", paramLabel = "NAME", description = "Preset to play with; otherwise the first one.")
    private @Nullable String name;

    @Option(names = "--identity", description = "A network that changes nothing in place of the preset's.")
    private boolean identity;

    @Option(
            names = "--messages",
            defaultValue = "10000",
            paramLabel = "N",
            description = "Messages to measure, after 500 more for warming up (${DEFAULT-VALUE}).")
    private int messages;

    @Option(
            names = "--gap",
            defaultValue = "50",
            paramLabel = "MS",
            description = "Mean time from chord to chord (${DEFAULT-VALUE} ms).")
    private double gap;

    @Option(names = "--bpm", defaultValue = "120", paramLabel = "BPM", description = "Tempo (${DEFAULT-VALUE}).")
    private double bpm;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Another one plays other notes (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--load",
            defaultValue = "0",
            paramLabel = "N",
            description = "Processes that keep a core busy each meanwhile (${DEFAULT-VALUE}).")
    private int load;

    @Option(
            names = "--thru",
            description = "The player's own notes go straight through; 'key to answer' is what that takes.")
    private boolean thru;

    @Option(
            names = "--realtime",
            description = "Run the threads of the music before all that is not realtime (SCHED_FIFO).")
    private boolean realtime;

    @Option(
            names = "--windows",
            paramLabel = "N",
            description = "Windows to compare with bare calls of ONNX Runtime afterwards, for which it goes on playing"
                    + " (" + WINDOWS_INSTANT + " in instant, else 0).")
    private @Nullable Integer windows;

    @Option(names = "--json", description = "The result as JSON.")
    private boolean json;

    @Option(names = "--out", paramLabel = "FILE.csv", description = "Write the times of every message there.")
    private @Nullable Path out;

    @Option(names = "--force", description = "Overwrite it.")
    private boolean force;

    BenchLiveCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        BenchRequest request = request();
        List<Backend> backends = Backends.all();
        List<Backend> partners = Backends.all();
        try {
            LiveReport report =
                    LiveBenchmark.run(request, services.networks(), backend.choose(backends), backend.choose(partners));
            if (out != null) {
                String csv = String.join("\n", report.csv()) + "\n";
                WholeFile.write(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), out);
            }
            spec.commandLine().getOut().println(json ? Json.of(report.json()) : report.text());
        } finally {
            backends.forEach(Backend::close);
            partners.forEach(Backend::close);
        }
        return CommandLine.ExitCode.OK;
    }

    private BenchRequest request() {
        require("--messages", messages, 1, BenchRequest.MOST_MESSAGES);
        require("--gap", gap, 1, 10_000);
        require("--bpm", bpm, 20, 400);
        require("--load", load, 0, 256);
        int compared = windows != null ? windows : mode == Mode.INSTANT ? WINDOWS_INSTANT : 0;
        require("--windows", compared, 0, 100_000);
        if (out != null && Files.exists(out) && !force) {
            throw new Refusal(out + " is there already; --force overwrites it");
        }
        return new BenchRequest(
                preset(),
                identity,
                LiveSettings.of(mode, hop.steps(), Sync.INTERNAL),
                bpm,
                messages,
                gap,
                seed,
                load,
                thru,
                realtime,
                compared);
    }

    private Preset preset() {
        PresetLibrary library = services.library();
        if (name == null && library.entries().isEmpty()) {
            throw new Refusal("there is no preset to measure; 'idiom presets install FILE' adds one");
        }
        return library.load(name == null ? library.entries().get(0) : library.named(name));
    }

    private void require(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            String text = value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    option + " must be from " + (long) least + " to " + (long) most + ": " + option + "=" + text);
        }
    }
}

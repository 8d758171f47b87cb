package idiom.app.cli;

import idiom.app.live.Backends;
import idiom.app.live.Performer;
import idiom.app.live.StartUp;
import idiom.app.live.StatusLine;
import idiom.app.transfer.Refusal;
import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.LiveAgent;
import idiom.engine.live.LiveSettings;
import idiom.engine.live.Sync;
import idiom.engine.onnx.GenreClassifier;
import idiom.engine.onnx.InferenceOptions;
import idiom.presets.Hop;
import idiom.presets.Mode;
import idiom.presets.ModelFile;
import idiom.presets.Preset;
import idiom.presets.PresetLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idiom live}: virtual devices that play what comes in in another genre. */
@Command(
        name = "live",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Opens a virtual MIDI device such as \"to Jazz\": what is played into it comes out in that genre.",
            "",
            "Route a track of a DAW or a keyboard to its input, and its output back to a track or to a synthesiser."
                    + " Program Change chooses presets. '!' and Enter ends everything that sounds, 'q' and Enter quits, and"
                    + " so does Ctrl-C."
        },
        footer = {
            "",
            "Examples:",
            "  idiom live --to jazz",
            "  idiom live --to jazz --mode phrase --sync transport",
            "  idiom live --to pop --in Keystation --out FluidSynth --hop beat"
        })
final class LiveCommand implements Callable<Integer> {
    private static final long STATUS_MS = 100;

    private final Services services;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--to", paramLabel = "GENRE", description = "Genre to play in: jazz, classic, pop.")
    private @Nullable String to;

    @Option(names = "--all", description = "One device for each genre that can be played in.")
    private boolean all;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "Play with this preset ('idiom presets list' names them).")
    private @Nullable String preset;

    @Option(
            names = "--from",
            paramLabel = "GENRE",
            description = "Genre of what comes in; without it, Idiom listens and chooses while you play.")
    private @Nullable String from;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "phrase (answers four bars with those four bars), follow (trails you by a hop), instant (answers each"
                            + " chord at once) or timeline (learns a song, plays it on time from the second pass on);"
                            + " otherwise the preset's.")
    private @Nullable Mode mode;

    @Option(
            names = "--hop",
            paramLabel = "HOP",
            description = "How far follow trails you: step (a 16th), beat, bar or window; otherwise the preset's.")
    private @Nullable Hop hop;

    @Option(names = "--in", paramLabel = "PORT", description = "Listen to the port with this in its name.")
    private @Nullable String in;

    @Option(names = "--out", paramLabel = "PORT", description = "Play to the port with this in its name.")
    private @Nullable String out;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "System of MIDI ports to use ('idiom ports' names them); otherwise the best there is.")
    private @Nullable String backend;

    @Option(
            names = "--sync",
            defaultValue = "internal",
            paramLabel = "WHO",
            description =
                    "Who says where the music is: internal, clock (MIDI clock that comes in) or transport (JACK).")
    private Sync sync = Sync.INTERNAL;

    @Option(
            names = "--bpm",
            defaultValue = "120",
            paramLabel = "BPM",
            description = "Tempo, until somebody else says one (default ${DEFAULT-VALUE}).")
    private double bpm;

    @Option(names = "--plain", description = "A line each bar instead of one that changes.")
    private boolean plain;

    @Option(names = "--json", description = "A JSON object each bar, and for each stage of the start.")
    private boolean json;

    @Option(
            names = "--realtime",
            description = "Run the thread that carries the music before all that is not realtime (SCHED_FIFO).")
    private boolean realtime;

    LiveCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(bpm >= 20 && bpm <= 400)) {
            throw wrong("--bpm must be from 20 to 400: --bpm=" + bpm);
        }
        if ((to == null ? 0 : 1) + (all ? 1 : 0) + (preset == null ? 0 : 1) != 1) {
            throw wrong("say where it shall go: --to jazz, --to classic, --to pop, --all or --preset NAME");
        }
        PresetLibrary library = services.library();
        List<String> targets = all ? library.targets() : to == null ? List.of("") : List.of(to);
        List<Backend> backends = Backends.all();
        List<Performer> performers = new ArrayList<>();
        StartUp startUp = new StartUp(json ? spec.commandLine().getOut() : null);
        try {
            Backend chosen = Backends.choose(backends, Optional.ofNullable(backend));
            // Ports first: whoever connects to them need not wait for the networks.
            List<Opened> opened = new ArrayList<>();
            for (String target : targets) {
                opened.add(open(library, target, chosen));
            }
            startUp.reached("ports-open");
            List<StatusLine> lines = new ArrayList<>();
            for (Opened one : opened) {
                performers.add(performer(library, one));
                lines.add(new StatusLine(one.name(), performers.get(performers.size() - 1), one.settings()));
                spec.commandLine().getErr().println(one.device().description());
            }
            play(performers, lines, startUp);
        } finally {
            performers.forEach(Performer::close);
            backends.forEach(Backend::close);
        }
        return CommandLine.ExitCode.OK;
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    /** A device whose networks are still to be loaded. */
    private record Opened(String name, Device device, List<Preset> presets, LiveSettings settings) {}

    private Opened open(PresetLibrary library, String target, Backend chosen) throws BackendException {
        List<Preset> presets = presets(library, target);
        Preset first = presets.get(0);
        String name = "to " + capitalised(first.target());
        return new Opened(name, chosen.open(new DeviceSpec(name, in, out)), presets, settings(first));
    }

    private Performer performer(PresetLibrary library, Opened opened) {
        boolean listens = from == null && preset == null && opened.presets().size() > 1;
        return new Performer(
                opened.presets(),
                services.networks(),
                InferenceOptions.defaults(),
                opened.device(),
                opened.settings(),
                listens ? classifier(library) : null,
                bpm);
    }

    private List<Preset> presets(PresetLibrary library, String target) {
        if (preset != null) {
            return List.of(library.load(library.named(preset)));
        }
        List<Preset> presets = library.entries().stream()
                .filter(entry -> entry.preset().target().equals(target))
                .filter(entry -> from == null || entry.preset().source().equals(from))
                .map(library::load)
                .toList();
        if (presets.isEmpty()) {
            throw new Refusal("there is no preset " + (from == null ? "" : "from " + from + " ") + "to " + target
                    + ": --to must be one of " + String.join(", ", library.targets()));
        }
        return presets;
    }

    private LiveSettings settings(Preset first) {
        return LiveSettings.of(mode == null ? first.mode() : mode, (hop == null ? first.hop() : hop).steps(), sync);
    }

    private @Nullable GenreClassifier classifier(PresetLibrary library) {
        Optional<ModelFile> model = library.bundled().classifier();
        return model.map(found -> services.networks().classifier(found, InferenceOptions.defaults()))
                .orElse(null);
    }

    private static String capitalised(String genre) {
        return genre.substring(0, 1).toUpperCase(Locale.ROOT) + genre.substring(1);
    }

    private void play(List<Performer> performers, List<StatusLine> lines, StartUp startUp)
            throws IOException, InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    stop.countDown();
                    try {
                        stopped.await(2, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try (LiveAgent agent =
                new LiveAgent(performers.stream().map(Performer::part).toList(), realtime)) {
            agent.start();
            startUp.reached("ready");
            show(agent, performers, lines, startUp, stop);
        } finally {
            stopped.countDown();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The machine is going down: that is why it stopped.
        }
    }

    private void show(
            LiveAgent agent, List<Performer> performers, List<StatusLine> lines, StartUp startUp, CountDownLatch stop)
            throws IOException, InterruptedException {
        PrintWriter console = spec.commandLine().getOut();
        long[] bars = new long[lines.size()];
        boolean quits = false;
        boolean isWarm = false;
        while (!quits && !stop.await(STATUS_MS, TimeUnit.MILLISECONDS)) {
            performers.forEach(performer -> agent.command(performer::fulfil));
            if (!isWarm && performers.stream().allMatch(Performer::isWarm)) {
                isWarm = true;
                startUp.reached("warm");
            }
            quits = obeys(agent, performers);
            for (int i = 0; i < bars.length; i++) {
                long bar = lines.get(i).bar();
                if (json || plain) {
                    if (bar != bars[i]) {
                        console.println(
                                json ? lines.get(i).json() : lines.get(i).text());
                    }
                } else {
                    // Only the first of several fits on one line.
                    console.print(i == 0 ? "\r" + lines.get(i).text() + "\u001b[K" : "");
                }
                bars[i] = bar;
            }
            console.flush();
        }
        console.println();
    }

    /** Does what was typed; whether that was to quit. */
    private static boolean obeys(LiveAgent agent, List<Performer> performers) throws IOException {
        while (System.in.available() > 0) {
            int typed = System.in.read();
            if (typed == '!') {
                performers.forEach(performer -> agent.command(performer::panic));
            } else if (typed == 'q') {
                return true;
            }
        }
        return false;
    }
}

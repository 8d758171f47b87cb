package idiom.app.cli;

import idiom.app.report.Json;
import idiom.app.transfer.TransferBenchmark;
import idiom.engine.onnx.ExecutionProvider;
import idiom.engine.onnx.InferenceBenchmark;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.onnx.InferenceReport;
import idiom.presets.Preset;
import idiom.presets.PresetLibrary;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idiom bench}: how fast it is here. */
@Command(
        name = "bench",
        subcommands = BenchLiveCommand.class,
        mixinStandardHelpOptions = true,
        description = {
            "Measures how fast this machine is: one inference, and a whole song.",
            "",
            "p50 is the middle time, p99 the one that 99 of 100 stay below. A bare call is ONNX Runtime alone on the same"
                    + " model in the same run."
        })
final class BenchCommand implements Callable<Integer> {
    private final Services services;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--preset", paramLabel = "NAME", description = "Preset to measure; otherwise the first one.")
    private @Nullable String name;

    @Option(
            names = "--windows",
            paramLabel = "N",
            defaultValue = "500",
            description = "Inferences to measure (${DEFAULT-VALUE}).")
    private int windows;

    @Option(
            names = "--songs",
            paramLabel = "N",
            defaultValue = "20",
            description = "Transfers of a song of 35 bars to measure (${DEFAULT-VALUE}).")
    private int songs;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "Threads of the network.")
    private int threads;

    @Option(
            names = "--provider",
            paramLabel = "PROVIDER",
            defaultValue = "AUTO",
            description = "What runs the network: auto, cpu, cuda or tensorrt.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ExecutionProvider provider;

    @Option(names = "--json", description = "The result as JSON.")
    private boolean json;

    BenchCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        requireCount("--windows", windows);
        requireCount("--songs", songs);
        requireCount("--threads", threads);
        PresetLibrary library = services.library();
        if (name == null && library.entries().isEmpty()) {
            throw new IllegalStateException("there is no preset to measure; 'idiom presets install FILE' adds one");
        }
        PresetLibrary.Entry entry = name == null ? library.entries().get(0) : library.named(name);
        Preset preset = library.load(entry);
        InferenceOptions options =
                InferenceOptions.defaults().withThreads(threads).withProvider(provider);
        InferenceReport inference = InferenceBenchmark.run(preset.model().path(), options, windows);
        TransferBenchmark.Result transfer = TransferBenchmark.run(preset, services.networks(), options, songs);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(json(preset, inference, transfer)));
        } else {
            out.println("inference  " + inference.description());
            out.println("transfer   " + transfer.description());
            out.printf(
                    Locale.ROOT,
                    "           %.3f bare ONNX Runtime calls for each window of the song, all its work included%n",
                    transfer.windowP50Ns() / inference.bareP50Ns());
        }
        return CommandLine.ExitCode.OK;
    }

    private void requireCount(String option, int value) {
        if (value < 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), option + " must be at least 1: " + option + "=" + value);
        }
    }

    private static Map<String, Object> json(
            Preset preset, InferenceReport inference, TransferBenchmark.Result transfer) {
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("windows", inference.windows());
        call.put("p50Ms", inference.p50Ns() / 1e6);
        call.put("p99Ms", inference.p99Ns() / 1e6);
        call.put("maxMs", inference.maxNs() / 1e6);
        call.put("bareP50Ms", inference.bareP50Ns() / 1e6);
        call.put("ratioToBare", inference.ratioToBare());
        call.put("bytesPerWindow", inference.bytesPerWindow());
        Map<String, Object> song = new LinkedHashMap<>();
        song.put("songs", transfer.songs());
        song.put("windowsPerSong", transfer.windowsPerSong());
        song.put("p50Ms", transfer.p50Ns() / 1e6);
        song.put("p99Ms", transfer.p99Ns() / 1e6);
        song.put("maxMs", transfer.maxNs() / 1e6);
        song.put("bytesPerWindow", transfer.bytesPerWindow());
        song.put("windowRatioToBare", transfer.windowP50Ns() / inference.bareP50Ns());
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("preset", preset.name());
        all.put("provider", inference.choice().provider().title());
        all.put("runsOn", inference.choice().description());
        all.put("inference", call);
        all.put("transfer", song);
        return all;
    }
}

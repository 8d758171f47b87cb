package idiom.app.cli;

import idiom.app.transfer.Tweaks;
import idiom.engine.onnx.ExecutionProvider;
import idiom.engine.onnx.InferenceOptions;
import idiom.presets.Decoding;
import idiom.presets.Hop;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options about how the result shall sound and how it is computed; shared by transfer and demo. */
final class SoundOptions {
    private static final int BATCH = 16;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "Play with this preset ('idiom presets list' names them).")
    @Nullable
    String preset;

    @Option(
            names = "--threshold",
            paramLabel = "0..1",
            description = "How sure Idiom must be of a note; lower plays more notes.")
    @Nullable
    Double threshold;

    @Option(
            names = "--mix",
            paramLabel = "0..1",
            description = "How much of the change you want: 0 is your notes, 1 all of it.")
    @Nullable
    Double mix;

    @Option(
            names = "--melody-lock",
            negatable = true,
            description = "Your top line stays, and nothing is added above it.")
    @Nullable
    Boolean melodyLock;

    @Option(names = "--key-lock", negatable = true, description = "Added notes stay in the key of the music.")
    @Nullable
    Boolean keyLock;

    @Option(
            names = "--keep-key",
            negatable = true,
            description = "Four bars keep their key: changes that would make it another one are taken back.")
    @Nullable
    Boolean keepKey;

    @Option(
            names = "--density-limit",
            paramLabel = "TIMES",
            description = "At most so many times as much sound as in your notes: 1 is no more than yours.")
    @Nullable
    Double densityLimit;

    @Option(
            names = "--swing",
            paramLabel = "0.5..0.75",
            description = "Swing of added notes: 0.5 is straight, 0.667 triplets.")
    @Nullable
    Double swing;

    @Option(
            names = "--hop",
            paramLabel = "HOP",
            description = "How finely the music is looked at: step (a 16th), beat, bar or window (4 bars). Smaller"
                    + " takes longer and hears more of what comes before and after.")
    @Nullable
    Hop hop;

    @Option(
            names = "--soundfont",
            paramLabel = "FILE.sf2",
            description = "Instruments for the WAV; otherwise the ones of Java.")
    @Nullable
    Path soundfont;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Processor cores to use: files at once for a folder, else threads of the network.")
    @Nullable
    Integer threads;

    @Option(
            names = "--provider",
            paramLabel = "PROVIDER",
            description = "What runs the network: auto, cpu, cuda or tensorrt; otherwise the best there is.")
    ExecutionProvider provider = ExecutionProvider.AUTO;

    /** The wishes, checked. */
    Tweaks tweaks() {
        Tweaks tweaks = new Tweaks(threshold, mix, melodyLock, keyLock, keepKey, densityLimit, swing, hop);
        try {
            tweaks.applied(Decoding.PLAIN);
        } catch (IllegalArgumentException e) {
            String message = Objects.requireNonNull(e.getMessage());
            throw new CommandLine.ParameterException(
                    spec.commandLine(), message.replace("decoding.", "--").replace("feel.", "--"));
        }
        return tweaks;
    }

    /** Files at once, at most. */
    int workers() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : checkedThreads();
    }

    /** For one file, which may use as many threads as were asked for; one if none were. */
    InferenceOptions forOneFile() {
        return options(threads == null ? 1 : checkedThreads());
    }

    /** For one of several files side by side. */
    InferenceOptions forOneOfMany() {
        return options(1);
    }

    private InferenceOptions options(int networkThreads) {
        return InferenceOptions.defaults()
                .withThreads(networkThreads)
                .withMaxBatch(BATCH)
                .withProvider(provider)
                .withWarmUpRuns(0);
    }

    private int checkedThreads() {
        int count = Objects.requireNonNull(threads);
        if (count < 1 || count > 256) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--threads must be from 1 to 256: --threads=" + count);
        }
        return count;
    }
}

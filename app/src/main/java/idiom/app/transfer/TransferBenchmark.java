package idiom.app.transfer;

import com.sun.management.ThreadMXBean;
import idiom.app.score.PreludeScore;
import idiom.engine.midi.MidiFile;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.transfer.SongTransfer;
import idiom.engine.transfer.TransferResult;
import idiom.presets.Preset;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/** Measures the transfer of a whole song, the bundled prelude, from MIDI file to MIDI file in memory. */
public final class TransferBenchmark {
    /** Before the first measured song: until the JIT compiler has seen the path. */
    private static final int UNMEASURED = 5;

    private TransferBenchmark() {}

    /**
     * How long songs took.
     *
     * @param songs measured
     * @param windowsPerSong inferences for each
     * @param p50Ns median time of a song
     * @param p99Ns 99 of 100 songs took no longer
     * @param maxNs the longest
     * @param bytesPerWindow allocated on the Java heap by a song, shared out to its windows
     */
    public record Result(int songs, int windowsPerSong, long p50Ns, long p99Ns, long maxNs, long bytesPerWindow) {
        /** Median time of a song, shared out to its windows. */
        public double windowP50Ns() {
            return (double) p50Ns / Math.max(1, windowsPerSong);
        }

        /** One line for people. */
        public String description() {
            return String.format(
                    Locale.ROOT,
                    "song of 35 bars: p50 %.1f ms, p99 %.1f ms, max %.1f ms over %d songs; %d windows each, %.2f ms and"
                            + " %d bytes allocated per window",
                    p50Ns / 1e6,
                    p99Ns / 1e6,
                    maxNs / 1e6,
                    songs,
                    windowsPerSong,
                    windowP50Ns() / 1e6,
                    bytesPerWindow);
        }
    }

    /**
     * Transfers the prelude {@code songs} times, with the preset's own options.
     *
     * @throws idiom.engine.generator.GeneratorException if the model cannot be loaded or run
     */
    public static Result run(Preset preset, Networks networks, InferenceOptions options, int songs) {
        MidiFile prelude = PreludeScore.bundled();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] times = new long[songs];
        long bytes = 0;
        int windows = 0;
        try (var generator = networks.generator(preset.model(), options).generator()) {
            SongTransfer transfer = new SongTransfer(generator, preset.decoding(), preset.output(), preset.hop());
            for (int i = -UNMEASURED; i < songs; i++) {
                long allocated = threads.getCurrentThreadAllocatedBytes();
                long start = System.nanoTime();
                TransferResult result = transfer.transfer(prelude);
                long ns = System.nanoTime() - start;
                allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
                windows = result.windowNs().size();
                if (i >= 0) {
                    times[i] = ns;
                    bytes += allocated;
                }
            }
        }
        Arrays.sort(times);
        return new Result(
                songs,
                windows,
                percentile(times, 50),
                percentile(times, 99),
                times[songs - 1],
                bytes / songs / Math.max(1, windows));
    }

    /** Nearest rank. */
    private static long percentile(long[] sorted, int percent) {
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }
}

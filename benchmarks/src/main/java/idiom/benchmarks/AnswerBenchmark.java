package idiom.benchmarks;

import idiom.engine.live.InferenceAgent;
import idiom.engine.live.LiveSession;
import idiom.engine.live.LiveSettings;
import idiom.engine.live.Sync;
import idiom.engine.onnx.BareCall;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.onnx.OnnxRuntimeGenerator;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.BundledPresets;
import idiom.presets.Mode;
import idiom.presets.Preset;
import idiom.presets.PresetLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A window from a session to the thread "inference" and back, with the first bundled preset: rendering, network, decoding and
 * deciding; beside it a bare call of ONNX Runtime.
 */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class AnswerBenchmark {
    private static final long STEP = 1000;
    /** Within the 40 ms before a step ends in which its window is asked about, at 8 steps a second. */
    private static final long BEFORE_END = 200;

    private final byte[] message = {0, 0, 70};
    private final float[] window = new float[PianoRoll.CELLS];
    private @Nullable InferenceAgent agent;
    private @Nullable LiveSession session;
    private @Nullable BareCall bare;
    private long step;

    @Setup
    public void open() throws IOException {
        Path folder = Files.createTempDirectory("idiom-benchmarks");
        PresetLibrary library = new PresetLibrary(BundledPresets.shipped(folder), folder.resolve("presets"));
        Preset preset = library.load(library.entries().get(0));
        InferenceOptions options = InferenceOptions.defaults();
        InferenceAgent inference = new InferenceAgent(
                List.of(OnnxRuntimeGenerator.load(preset.model().path(), options)), null);
        inference.start();
        while (!inference.isWarm()) {
            Thread.onSpinWait();
        }
        agent = inference;
        session = new LiveSession(
                List.of(preset),
                inference,
                (due, bytes, offset, length) -> true,
                8 * STEP,
                10,
                LiveSettings.of(Mode.FOLLOW, 1, Sync.INTERNAL),
                8);
        bare = BareCall.open(preset.model().path(), options);
    }

    @TearDown
    public void close() {
        if (agent != null) {
            agent.close();
        }
        if (bare != null) {
            bare.close();
        }
    }

    @Benchmark
    public long answer() {
        LiveSession playing = session;
        if (playing == null) {
            throw new IllegalStateException("a session is opened first");
        }
        long windows = playing.counters().windows();
        message[0] = (byte) (step % 2 == 0 ? 0x90 : 0x80);
        message[1] = (byte) (40 + step / 2 % 40);
        playing.onMidi(step * STEP, message, 0, 3);
        long now = (step + 1) * STEP - BEFORE_END;
        while (playing.counters().windows() == windows) {
            playing.advance(now);
            Thread.onSpinWait();
        }
        step++;
        return now;
    }

    @Benchmark
    public long bare() {
        return bare == null ? 0 : bare.run(window);
    }
}

package idiom.benchmarks;

import idiom.engine.live.InferenceAgent;
import idiom.engine.live.WindowJob;
import idiom.engine.onnx.BareCall;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.onnx.OnnxRuntimeGenerator;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.BundledPresets;
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
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A window to the thread "inference" and back, with the first bundled preset, beside a bare call of ONNX Runtime. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class AnswerBenchmark {
    private final WindowJob job = new WindowJob();
    private final float[] window = new float[PianoRoll.CELLS];
    private @Nullable InferenceAgent agent;
    private @Nullable BareCall bare;

    @Setup
    public void open() throws IOException {
        Path folder = Files.createTempDirectory("idiom-benchmarks");
        PresetLibrary library = new PresetLibrary(BundledPresets.shipped(folder), folder.resolve("presets"));
        Preset preset = library.load(library.entries().get(0));
        InferenceOptions options = InferenceOptions.defaults();
        agent = new InferenceAgent(
                List.of(OnnxRuntimeGenerator.load(preset.model().path(), options)), null);
        bare = BareCall.open(preset.model().path(), options);
        agent.start();
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
    public @Nullable WindowJob answer() {
        if (agent == null || !agent.submit(job)) {
            throw new IllegalStateException("there is room for a window at a time");
        }
        WindowJob answered = agent.poll();
        while (answered == null) {
            Thread.onSpinWait();
            answered = agent.poll();
        }
        return answered;
    }

    @Benchmark
    public long bare() {
        return bare == null ? 0 : bare.run(window);
    }
}

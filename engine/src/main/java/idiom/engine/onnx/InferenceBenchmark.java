package idiom.engine.onnx;

import com.sun.management.ThreadMXBean;
import idiom.engine.generator.GeneratorException;
import idiom.engine.pianoroll.PianoRoll;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Measures a generator one window a call, against the cheapest call ONNX Runtime has: its own API, its own session of
 * the same model with the same options, tensors over buffers that are used again, nothing copied or checked. The two
 * take turns, so that whatever else the machine does meets both.
 */
public final class InferenceBenchmark {
    /** Before the first measured window: until the JIT compiler has seen the path often enough. */
    private static final int UNMEASURED = 50;
    /** About the density of the papers' rolls. */
    private static final double DENSITY = 0.06;

    private InferenceBenchmark() {}

    /**
     * Runs {@code windows} random windows (seeded) through both.
     *
     * @param windows at least 1; some hundreds for a p99 worth the name
     * @throws GeneratorException if the model can't be loaded or run
     */
    public static InferenceReport run(Path model, InferenceOptions options, int windows) {
        return run(ModelBytes.read(model), options, windows);
    }

    /** The same for a model that does not lie in a file of its own. */
    public static InferenceReport run(String name, byte[] model, InferenceOptions options, int windows) {
        return run(new ModelBytes(name, model), options, windows);
    }

    private static InferenceReport run(ModelBytes file, InferenceOptions options, int windows) {
        if (windows < 1) {
            throw new IllegalArgumentException("windows must be > 0: windows=" + windows);
        }
        InferenceOptions single = options.withMaxBatch(1);
        try (OnnxRuntimeGenerator generator = OnnxRuntimeGenerator.load(file.name(), file.bytes(), single);
                BareCall bare = new BareCall(file, generator.providerChoice().provider(), single.threads())) {
            return measure(file.name(), generator, bare, windows);
        }
    }

    private static InferenceReport measure(String name, OnnxRuntimeGenerator generator, BareCall bare, int windows) {
        float[] in = new float[PianoRoll.CELLS];
        float[] out = new float[PianoRoll.CELLS];
        long[] ours = new long[windows];
        long[] bares = new long[windows];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Random random = new Random(1);
        long bytes = 0;
        for (int i = -UNMEASURED; i < windows; i++) {
            fill(random, in);
            long bareNs = i % 2 == 0 ? bare.run(in) : 0;
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            generator.generate(in, out, 1);
            long oursNs = System.nanoTime() - start;
            allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
            bareNs = i % 2 == 0 ? bareNs : bare.run(in);
            if (i >= 0) {
                ours[i] = oursNs;
                bares[i] = bareNs;
                bytes += allocated;
            }
        }
        Arrays.sort(ours);
        Arrays.sort(bares);
        return new InferenceReport(
                name,
                generator.providerChoice(),
                windows,
                percentile(ours, 50),
                percentile(ours, 99),
                ours[windows - 1],
                percentile(bares, 50),
                bytes / windows);
    }

    /** Nearest rank: the smallest value that {@code percent} of all do not exceed. */
    static long percentile(long[] sorted, int percent) {
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }

    private static void fill(Random random, float[] cells) {
        for (int i = 0; i < cells.length; i++) {
            cells[i] = random.nextDouble() < DENSITY ? 1 : 0;
        }
    }
}

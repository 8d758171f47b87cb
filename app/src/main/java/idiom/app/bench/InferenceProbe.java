package idiom.app.bench;

import idiom.app.transfer.Networks;
import idiom.engine.generator.Generator;
import idiom.engine.onnx.BareCall;
import idiom.engine.onnx.GenreClassifier;
import idiom.engine.onnx.InferenceOptions;
import idiom.presets.ModelFile;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Measures the network inside a session: each call on the session's own thread and, while {@link #compare} says so, a bare call
 * of ONNX Runtime on the same window just before or after, in turn. One generator. Numbers are read after the session has ended.
 */
final class InferenceProbe implements Networks {
    private static final int MOST_CALLS = 1 << 18;

    private final Networks networks;
    private final long[] callsNs = new long[MOST_CALLS];
    private final long[] comparedNs;
    private final long[] bareNs;
    private volatile int calls;
    private volatile int compared;
    private volatile boolean compares;

    /** A probe that compares at most {@code windows} windows; with 0 no bare session is opened. */
    InferenceProbe(Networks networks, int windows) {
        this.networks = networks;
        this.comparedNs = new long[windows];
        this.bareNs = new long[windows];
    }

    @Override
    public Loaded generator(ModelFile model, InferenceOptions options) {
        Loaded loaded = networks.generator(model, options);
        BareCall bare = bareNs.length == 0 ? null : BareCall.open(model.path(), options);
        return new Loaded(new Probed(loaded.generator(), bare), loaded.runsOn());
    }

    @Override
    public GenreClassifier classifier(ModelFile model, InferenceOptions options) {
        return networks.classifier(model, options);
    }

    /** From now on windows are compared. [control] */
    void compare() {
        compares = true;
    }

    /** How many windows have been compared. [any] */
    int compared() {
        return compared;
    }

    /** Calls so far, those of the warm-up too. [any] */
    int calls() {
        return calls;
    }

    /** Calls from number {@code first} on that were not compared. */
    Distribution timesFrom(int first, int end) {
        return Distribution.of(Arrays.copyOfRange(callsNs, first, Math.max(first, end)));
    }

    /** Compared calls, the session's. */
    Distribution comparedTimes() {
        return Distribution.of(Arrays.copyOf(comparedNs, compared));
    }

    /** Compared calls, the bare ones. */
    Distribution bareTimes() {
        return Distribution.of(Arrays.copyOf(bareNs, compared));
    }

    private final class Probed implements Generator {
        private final Generator generator;
        private final @Nullable BareCall bare;

        Probed(Generator generator, @Nullable BareCall bare) {
            this.generator = generator;
            this.bare = bare;
        }

        @Override
        public int maxBatch() {
            return generator.maxBatch();
        }

        @Override
        public void generate(float[] windows, float[] probabilities, int count) {
            BareCall yardstick = bare;
            int index = compared;
            if (!compares || yardstick == null || index == bareNs.length) {
                note(timed(windows, probabilities, count));
                return;
            }
            if (index % 2 == 0) {
                bareNs[index] = yardstick.run(windows);
                comparedNs[index] = timed(windows, probabilities, count);
            } else {
                comparedNs[index] = timed(windows, probabilities, count);
                bareNs[index] = yardstick.run(windows);
            }
            compared = index + 1;
        }

        private void note(long ns) {
            int index = calls;
            if (index < MOST_CALLS) {
                callsNs[index] = ns;
                calls = index + 1;
            }
        }

        private long timed(float[] windows, float[] probabilities, int count) {
            long start = System.nanoTime();
            generator.generate(windows, probabilities, count);
            return System.nanoTime() - start;
        }

        @Override
        public void close() {
            generator.close();
            if (bare != null) {
                bare.close();
            }
        }
    }
}

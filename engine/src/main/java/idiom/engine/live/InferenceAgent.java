package idiom.engine.live;

import idiom.engine.generator.Generator;
import idiom.engine.generator.GeneratorException;
import idiom.engine.harmony.Key;
import idiom.engine.harmony.KeyEstimate;
import idiom.engine.harmony.KeyFinder;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.transfer.CellDecoder;
import idiom.presets.Decoding;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers windows on a thread of its own, so that a slow network never holds up the music. The generators belong to that
 * thread from {@link #start} on; they are warmed up first and closed at the end. An answer allocates what the generator's call
 * does and a few bytes for a key.
 */
public final class InferenceAgent implements WindowInference, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceAgent.class);
    private static final int CAPACITY = 16;
    private static final long IDLE_NS = 200_000;
    private static final int WARM_UP = 3;

    private final List<? extends Generator> generators;
    private final @Nullable Consumer<PianoRoll> listener;
    private final Lane own = new Lane(0);
    private final float[] cells = new float[PianoRoll.CELLS];
    private final float[] probabilities = new float[PianoRoll.CELLS];
    private final double[] durations = new double[12];
    private final CellDecoder decoder = new CellDecoder(Decoding.PLAIN);
    private final Thread thread;
    private volatile boolean isStopping;
    private volatile boolean isWarm;
    /** One for each session; replaced as a whole. */
    private volatile Lane[] lanes = {own};

    /** The way of one session's windows here and back. */
    private static final class Lane implements WindowInference {
        private final SpscQueue<WindowJob> questions = new SpscQueue<>(CAPACITY);
        private final SpscQueue<WindowJob> answers = new SpscQueue<>(CAPACITY);
        private final int firstGenerator;

        Lane(int firstGenerator) {
            this.firstGenerator = firstGenerator;
        }

        @Override
        public boolean submit(WindowJob job) {
            return questions.offer(job);
        }

        @Override
        public @Nullable WindowJob poll() {
            return answers.poll();
        }
    }

    /**
     * An agent of some generators.
     *
     * @param generators by preset index
     * @param listener sees every window that was answered, on the agent's thread; may take as long as it likes within reason;
     *     null for none
     */
    public InferenceAgent(List<? extends Generator> generators, @Nullable Consumer<PianoRoll> listener) {
        this(generators, listener, () -> {});
    }

    /**
     * The same.
     *
     * @param whenWarm is run once on the agent's thread, after the warm-up, which may take seconds: to give it priority
     */
    public InferenceAgent(
            List<? extends Generator> generators, @Nullable Consumer<PianoRoll> listener, Runnable whenWarm) {
        this.generators = List.copyOf(generators);
        this.listener = listener;
        this.thread = new Thread(() -> run(whenWarm), "inference");
        thread.setDaemon(true);
    }

    /** Starts the thread. [control] */
    public void start() {
        thread.start();
    }

    /** Whether all generators have been warmed up. [any] */
    public boolean isWarm() {
        return isWarm;
    }

    @Override
    public boolean submit(WindowJob job) {
        return own.submit(job);
    }

    @Override
    public @Nullable WindowJob poll() {
        return own.poll();
    }

    /**
     * A way for the windows of one more session. [control]
     *
     * @param firstGenerator index of the generator of the session's first preset
     */
    public WindowInference join(int firstGenerator) {
        synchronized (own) {
            Lane lane = new Lane(firstGenerator);
            Lane[] more = Arrays.copyOf(lanes, lanes.length + 1);
            more[lanes.length] = lane;
            lanes = more;
            return lane;
        }
    }

    /** Takes a way back that {@link #join} gave; its windows are answered no more. [control] */
    public void leave(WindowInference lane) {
        synchronized (own) {
            lanes = Arrays.stream(lanes).filter(other -> other != lane).toArray(Lane[]::new);
        }
    }

    private void run(Runnable whenWarm) {
        try {
            for (Generator generator : generators) {
                for (int i = 0; i < WARM_UP && !isStopping; i++) {
                    generator.generate(cells, probabilities, 1);
                }
            }
            whenWarm.run();
            isWarm = true;
            while (!isStopping) {
                if (!doWork()) {
                    LockSupport.parkNanos(IDLE_NS);
                }
            }
        } finally {
            generators.forEach(Generator::close);
        }
    }

    private boolean doWork() {
        boolean hasWorked = false;
        for (Lane lane : lanes) {
            hasWorked |= doWork(lane);
        }
        return hasWorked;
    }

    private boolean doWork(Lane lane) {
        WindowJob job = lane.questions.poll();
        if (job == null) {
            return false;
        }
        try {
            answer(job, lane.firstGenerator);
        } catch (GeneratorException e) {
            LOG.warn("A window passes through unchanged, the network failed: {}", e.getMessage());
        } catch (RuntimeException e) {
            // Whatever it is, the next window may fare better; without this thread none would.
            LOG.error("A window passes through unchanged: {}", e.toString(), e);
        }
        // Made before the job is somebody else's again.
        PianoRoll window = listener == null ? null : job.window();
        while (!lane.answers.offer(job) && !isStopping) {
            Thread.onSpinWait();
        }
        if (window != null) {
            tell(window);
        }
        return true;
    }

    private void tell(PianoRoll window) {
        if (listener == null) {
            return;
        }
        try {
            listener.accept(window);
        } catch (RuntimeException e) {
            LOG.warn("Who listens to the windows has failed: {}", e.toString());
        }
    }

    private void answer(WindowJob job, int firstGenerator) {
        long start = System.nanoTime();
        job.toCells(cells);
        generators.get(firstGenerator + job.preset()).generate(cells, probabilities, 1);
        long took = System.nanoTime() - start;
        decoder.follow(job.decoding());
        Key key = job.decoding().keyLock() ? keyOf(job) : null;
        decoder.decode(job.before, job.heard, probabilities, 0, key, job.mixes(), job.after);
        job.answered(took);
    }

    private @Nullable Key keyOf(WindowJob job) {
        System.arraycopy(job.around, 0, durations, 0, durations.length);
        KeyFinder.addDurations(job.before, durations);
        return KeyFinder.standard().find(durations).map(KeyEstimate::key).orElse(null);
    }

    /** Stops the thread, waits for it and closes the generators. [control] */
    @Override
    public void close() {
        isStopping = true;
        Joining.await(thread);
    }
}

package idiom.presets;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Feeds broken texts to the preset reader: each must end as a preset that can be written and read again, or in one line
 * that says why not, within 5 seconds of the
 * processor's time. {@code main} runs {@code -Didiom.mutations=N} of them, 100,000 if none is stated.
 */
final class HostilePresets {
    /** Of the processor: other work on the machine must not fail a run. */
    private static final long MAX_INPUT_CPU_NS = 5_000_000_000L;
    /** Of the clock, for what waits and does not work. */
    private static final long MAX_INPUT_NS = 60_000_000_000L;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Path FOLDER = Path.of("/models");
    private static final String RESOURCES = "/idiom/presets/";

    /** How it went; {@code slowestNs} is the longest time one input took. */
    record Outcome(int read, int refused, long slowestNs) {}

    private final PresetMutator mutator;
    private final int count;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile long inputStartNs;
    private volatile long inputStartCpuNs;
    private volatile int input;
    private int read;
    private int refused;
    private long slowestNs;

    private HostilePresets(PresetMutator mutator, int count) {
        this.mutator = mutator;
        this.count = count;
    }

    /** Runs {@code count} mutations; throws an AssertionError at the first that fails or hangs. */
    static Outcome run(long seed, int count) throws IOException, InterruptedException {
        return new HostilePresets(new PresetMutator(seed, originals()), count).run();
    }

    /** The bundled presets, and two made-up ones: the shortest, and one that says everything. */
    static List<byte[]> originals() throws IOException {
        List<byte[]> originals = new ArrayList<>();
        originals.add(Texts.MINIMAL.getBytes(StandardCharsets.UTF_8));
        originals.add(Texts.FULL.getBytes(StandardCharsets.UTF_8));
        for (String line : new String(resource("index.txt"), StandardCharsets.UTF_8).split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                originals.add(resource(line.strip() + ".toml"));
            }
        }
        return originals;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = HostilePresets.class.getResourceAsStream(RESOURCES + name)) {
            require(in != null, name + " is bundled");
            return in.readAllBytes();
        }
    }

    private Outcome run() throws InterruptedException {
        inputStartNs = System.nanoTime();
        Thread worker = new Thread(this::work, "hostile-presets");
        worker.setDaemon(true);
        worker.start();
        while (worker.isAlive()) {
            worker.join(200);
            if (worker.isAlive() && hangs(worker)) {
                AssertionError hang = new AssertionError("input " + input + " takes more than 5 s");
                hang.setStackTrace(worker.getStackTrace());
                throw hang;
            }
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new AssertionError("input " + input + " ends in " + thrown, thrown);
        }
        return new Outcome(read, refused, slowestNs);
    }

    private boolean hangs(Thread worker) {
        return THREADS.getThreadCpuTime(worker.getId()) - inputStartCpuNs > MAX_INPUT_CPU_NS
                || System.nanoTime() - inputStartNs > MAX_INPUT_NS;
    }

    private void work() {
        try {
            for (int i = 0; i < count; i++) {
                input = i;
                byte[] bytes = mutator.next();
                long start = System.nanoTime();
                inputStartNs = start;
                inputStartCpuNs = THREADS.getCurrentThreadCpuTime();
                accept(bytes);
                slowestNs = Math.max(slowestNs, System.nanoTime() - start);
            }
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    private void accept(byte[] bytes) {
        Preset preset;
        try {
            preset = PresetReader.parse(bytes, "my.toml", FOLDER);
        } catch (PresetException e) {
            String message = String.valueOf(e.getMessage());
            require(message.startsWith("my.toml"), "a message that names the file: " + message);
            require(message.codePoints().noneMatch(Character::isISOControl), "a message of one line: " + message);
            refused++;
            return;
        }
        read++;
        byte[] written = PresetWriter.toText(preset).getBytes(StandardCharsets.UTF_8);
        // What is written escapes more than what was read need do: of a file near the limits it may be beyond them.
        if (bytes.length <= PresetReader.MAX_BYTES / 32) {
            require(PresetReader.parse(written, "my.toml", FOLDER).equals(preset), "what was written reads the same");
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int count = Integer.getInteger("idiom.mutations", 100_000);
        long start = System.nanoTime();
        Outcome outcome = run(1, count);
        System.out.printf(
                "%d inputs: %d read, %d refused, slowest %.0f ms, %.1f s, heap limit %d MB%n",
                count,
                outcome.read(),
                outcome.refused(),
                outcome.slowestNs() / 1e6,
                (System.nanoTime() - start) / 1e9,
                Runtime.getRuntime().maxMemory() >> 20);
    }
}

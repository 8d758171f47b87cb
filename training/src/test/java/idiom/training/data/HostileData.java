package idiom.training.data;

import idiom.engine.pianoroll.PianoRoll;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Breaks one file of a small data set at a time (phrases, table or manifest) and opens it: each must end as phrases or in
 * one line that says why not, within 5 seconds of the
 * processor's time. {@code main} runs {@code -Didiom.mutations=N} of them, 100,000 if none is
 * stated, on the first phrases of the shared data where it is there and on made-up ones.
 */
final class HostileData {
    /** Of the processor: other work on the machine must not fail a run. */
    private static final long MAX_INPUT_CPU_NS = 5_000_000_000L;
    /** Of the clock, for what waits and does not work. */
    private static final long MAX_INPUT_NS = 60_000_000_000L;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int PHRASES = 5;
    private static final List<String> GENRES = List.of("jazz", "pop");

    /** How it went; {@code slowestNs} is the longest time one input took. */
    record Outcome(int read, int refused, long slowestNs) {}

    /** A file of the data set and what it holds before it is broken. */
    private record Original(Path file, byte[] bytes) {}

    private final Path folder;
    private final DataMutator mutator;
    private final int count;
    private final List<Original> originals = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile long inputStartNs;
    private volatile long inputStartCpuNs;
    private volatile int input;
    private int read;
    private int refused;
    private long slowestNs;

    private HostileData(Path folder, long seed, int count) throws IOException {
        this.folder = folder;
        this.mutator = new DataMutator(seed);
        this.count = count;
        writeDataset();
    }

    /** Runs {@code count} mutations within an empty folder; throws an AssertionError at the first that fails or hangs. */
    static Outcome run(Path folder, long seed, int count) throws IOException, InterruptedException {
        return new HostileData(folder, seed, count).run();
    }

    private void writeDataset() throws IOException {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String genre : GENRES) {
            for (Split split : Split.values()) {
                Path npy = Dataset.file(folder, genre, split);
                byte[] rows = phrases(genre, split);
                NpyFile.write(npy, rows);
                Path table = Dataset.tableFile(folder, genre, split);
                Files.writeString(table, table(genre, split));
                hashes.put(genre + "/" + split.fileName(), Digests.sha256(rows));
                originals.add(new Original(npy, Files.readAllBytes(npy)));
                originals.add(new Original(table, Files.readAllBytes(table)));
            }
        }
        Path manifest = folder.resolve(DatasetManifest.FILE_NAME);
        StringBuilder text = new StringBuilder("format = 1\n");
        hashes.forEach((key, sha256) -> text.append("\n[phrases.\"")
                .append(key)
                .append("\"]\nsha256 = \"")
                .append(sha256)
                .append("\"\n"));
        Files.writeString(manifest, text);
        originals.add(new Original(manifest, Files.readAllBytes(manifest)));
    }

    /** The first phrases of the published file where it is there, else made-up ones. */
    private static byte[] phrases(String genre, Split split) throws IOException {
        Path real = Dataset.file(published(), genre, split);
        return Files.exists(real)
                ? Arrays.copyOf(NpyFile.read(real), PHRASES * PianoRoll.PACKED_BYTES)
                : Phrases.range(1, 1 + PHRASES).packed();
    }

    private static String table(String genre, Split split) throws IOException {
        Path real = Dataset.tableFile(published(), genre, split);
        if (!Files.exists(real)) {
            return "row\tdup_of_row\tin_other_split\talso_in_genre\tsong\n0\t\t0\t\ta.mid\n1\t0\t1\tpop\ta.mid\n"
                    + "2\t\t0\t\tb.mid\n3\t\t0\t\tb.mid\n4\t\t0\t\tc.mid\n";
        }
        try (Stream<String> lines = Files.lines(real)) {
            return String.join("\n", lines.limit(1 + PHRASES).toList()) + "\n";
        }
    }

    private static Path published() {
        return Path.of(System.getProperty("idiom.data", "../../shared/data")).resolve("brunner2018");
    }

    private Outcome run() throws InterruptedException {
        inputStartNs = System.nanoTime();
        Thread worker = new Thread(this::work, "hostile-data");
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
                Original original = originals.get(mutator.choice(originals.size()));
                Files.write(original.file(), mutator.broken(original.bytes()));
                long start = System.nanoTime();
                inputStartNs = start;
                inputStartCpuNs = THREADS.getCurrentThreadCpuTime();
                open();
                slowestNs = Math.max(slowestNs, System.nanoTime() - start);
                Files.write(original.file(), original.bytes());
            }
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    private void open() {
        try {
            Dataset dataset = Dataset.open(folder);
            for (String genre : dataset.genres()) {
                for (Split split : Split.values()) {
                    require(dataset.phrases(genre, split).size() >= 0, "phrases");
                }
            }
            read++;
        } catch (DataException e) {
            String message = String.valueOf(e.getMessage());
            require(message.startsWith(folder.toString()), "a message that names the file: " + message);
            require(message.codePoints().noneMatch(Character::isISOControl), "a message of one line: " + message);
            refused++;
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int count = Integer.getInteger("idiom.mutations", 100_000);
        Path folder = Files.createTempDirectory("hostile-data");
        try {
            long start = System.nanoTime();
            Outcome outcome = run(folder, 1, count);
            System.out.printf(
                    "%d inputs: %d read, %d refused, slowest %.0f ms, %.1f s, heap limit %d MB%n",
                    count,
                    outcome.read(),
                    outcome.refused(),
                    outcome.slowestNs() / 1e6,
                    (System.nanoTime() - start) / 1e9,
                    Runtime.getRuntime().maxMemory() >> 20);
        } finally {
            try (Stream<Path> left = Files.walk(folder)) {
                for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}

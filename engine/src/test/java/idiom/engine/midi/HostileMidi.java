package idiom.engine.midi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Feeds broken files to the reader and to all that follows it: each must end as a file that can be written, or in one
 * line that says why not, within 5 seconds. {@code main} runs {@code -Didiom.mutations=N} of them, 100,000 if none is
 * stated, on the shared data where it is there and on made-up files.
 */
final class HostileMidi {
    static final long MAX_INPUT_NS = 5_000_000_000L;

    /** How it went; {@code slowestNs} is the longest time one input took. */
    record Outcome(int read, int refused, long slowestNs) {}

    private final MidiMutator mutator;
    private final int count;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile long inputStartNs;
    private volatile int input;
    private int read;
    private int refused;
    private long slowestNs;

    private HostileMidi(MidiMutator mutator, int count) {
        this.mutator = mutator;
        this.count = count;
    }

    /** Runs {@code count} mutations of some files; throws an AssertionError at the first that fails or hangs. */
    static Outcome run(List<byte[]> originals, long seed, int count) throws InterruptedException {
        return new HostileMidi(new MidiMutator(seed, originals), count).run();
    }

    /** Real files where there are any, every {@code step}th of them, and a hundred made-up ones. */
    static List<byte[]> originals(int step) throws IOException {
        List<byte[]> originals = new ArrayList<>();
        List<Path> files = SharedData.midiFiles();
        for (int i = 0; i < files.size(); i += step) {
            originals.add(Files.readAllBytes(files.get(i)));
        }
        for (int seed = 0; seed < 100; seed++) {
            originals.add(RandomMidi.file(seed).toBytes());
        }
        return originals;
    }

    private Outcome run() throws InterruptedException {
        inputStartNs = System.nanoTime();
        Thread worker = new Thread(this::work, "hostile-midi");
        worker.setDaemon(true);
        worker.start();
        while (worker.isAlive()) {
            worker.join(200);
            if (worker.isAlive() && System.nanoTime() - inputStartNs > MAX_INPUT_NS) {
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

    private void work() {
        try {
            for (int i = 0; i < count; i++) {
                input = i;
                byte[] bytes = mutator.next();
                long start = System.nanoTime();
                inputStartNs = start;
                accept(bytes);
                slowestNs = Math.max(slowestNs, System.nanoTime() - start);
            }
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    private void accept(byte[] bytes) {
        MidiFile file;
        try {
            file = MidiFile.read(bytes);
        } catch (MidiFormatException e) {
            require(String.valueOf(e.getMessage()).lines().count() == 1, "a message of one line");
            refused++;
            return;
        }
        read++;
        byte[] written = file.toBytes();
        try {
            require(MidiFile.read(written).sameEvents(file), "what was written reads the same");
        } catch (MidiFormatException e) {
            throw new AssertionError("what was written must be read", e);
        }
        NoteTable table = NoteTable.of(file);
        require(table.edit(new BitSet(), List.of()).equals(file), "an edit of nothing changes nothing");
        BitSet all = new BitSet();
        all.set(0, table.notes().size());
        require(NoteTable.of(table.edit(all, List.of())).notes().isEmpty(), "notes can be taken out");
        TempoMap tempo = TempoMap.of(file);
        require(tempo.tickAtSeconds(tempo.seconds(file.endTick())) >= 0, "the end has a time");
        require(MeterMap.of(file).barStarts(file.endTick() + 1).length > 0, "there is a bar");
        require(KeyMap.of(file).signatures().size() <= file.eventCount(), "keys are events");
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int count = Integer.getInteger("idiom.mutations", 100_000);
        long start = System.nanoTime();
        Outcome outcome = run(originals(1), 1, count);
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

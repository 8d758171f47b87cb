package idiom.benchmarks;

import idiom.bridge.queue.DueQueue;
import idiom.bridge.queue.MidiRing;
import idiom.engine.live.MidiHandler;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One message through each of the queues between threads, both ends on one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class QueueBenchmark {
    private static final int BYTES = 1 << 17;
    private static final int WAITING = 64;

    private final byte[] note = {(byte) 0x90, 60, 64};
    private final MidiRing ring = new MidiRing(BYTES);
    private final DueQueue queue = new DueQueue(BYTES);
    private long time;
    private long sum;
    private final MidiHandler reader = (at, bytes, offset, length) -> sum += at + bytes[offset];

    @Benchmark
    public long ring() {
        ring.offer(time++, note, 0, note.length);
        ring.drain(reader);
        return sum;
    }

    /** In, sorted among 64 that wait, and out again at its time. */
    @Benchmark
    public long dueQueue() {
        time++;
        queue.offer(time + (time * 31 & 7), note, 0, note.length);
        queue.admit();
        if (queue.size() <= WAITING) {
            return 0;
        }
        long due = queue.due() + queue.array()[queue.offset()] + queue.length();
        queue.remove();
        return due;
    }
}

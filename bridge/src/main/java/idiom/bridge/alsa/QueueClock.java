package idiom.bridge.alsa;

import java.util.function.LongSupplier;

/** The time of a sequencer's queue, told by the clock of the JVM, which costs no call to the sequencer. */
final class QueueClock {
    private static final int SAMPLES = 8;
    private static final long TOLERANCE_NS = 50_000;

    private final LongSupplier nanoTime;
    private final LongSupplier queueTime;
    private volatile long offset;

    /**
     * Compares for the first time.
     *
     * @param queueTime asks the queue, in nanoseconds
     */
    QueueClock(LongSupplier nanoTime, LongSupplier queueTime) {
        this.nanoTime = nanoTime;
        this.queueTime = queueTime;
        compare(true);
    }

    /** Nanoseconds since the queue started. [any] */
    long now() {
        return nanoTime.getAsLong() + offset;
    }

    /** Compares both clocks again and follows the queue if they have certainly gone apart. [one thread at a time] */
    void compare() {
        compare(false);
    }

    /** The quickest of a few answers bounds the error: the queue was read at some time between asking and answer. */
    private void compare(boolean first) {
        long best = Long.MAX_VALUE;
        long measured = 0;
        for (int i = 0; i < SAMPLES; i++) {
            long before = nanoTime.getAsLong();
            long queue = queueTime.getAsLong();
            long took = nanoTime.getAsLong() - before;
            if (took < best) {
                best = took;
                measured = queue - (before + took / 2);
            }
        }
        if (first || Math.abs(measured - offset) > best + TOLERANCE_NS) {
            offset = measured;
        }
    }
}

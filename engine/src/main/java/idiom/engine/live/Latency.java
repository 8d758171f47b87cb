package idiom.engine.live;

import org.HdrHistogram.AtomicHistogram;

/**
 * How long after the right moment notes are handed over to the port, since the session began; what the right moment is depends
 * on the mode.
 *
 * <ul>
 *   <li>{@code phrase} and {@code follow}: the last moment at which the port can still let it go at its due time. 0 says that
 *       the note leaves exactly then.
 *   <li>{@code instant}: when the player struck the note that is answered.
 *   <li>{@code timeline}: the note's due time, which is when the player struck it as long as it passes through.
 * </ul>
 *
 * <p>Written by the session's thread without allocating, read by any.
 */
public final class Latency {
    /** Longer ones count as this. */
    private static final long LONGEST_NS = 60_000_000_000L;

    private static final int DIGITS = 2;

    private final AtomicHistogram histogram = new AtomicHistogram(LONGEST_NS, DIGITS);

    /**
     * Of all notes so far, within 1 percent; all 0 if there were none.
     *
     * @param notes how many
     * @param p50Ns half of them were no later
     * @param p99Ns 99 of 100 were no later
     * @param maxNs the latest
     */
    public record Summary(long notes, long p50Ns, long p99Ns, long maxNs) {}

    /** A note was handed over that long after the right moment; before it counts as 0. [session] */
    void record(long lateNs) {
        histogram.recordValue(Math.max(0, Math.min(LONGEST_NS, lateNs)));
    }

    /** What there is to say by now. Allocates; [any]. */
    public Summary summary() {
        long notes = histogram.getTotalCount();
        return notes == 0
                ? new Summary(0, 0, 0, 0)
                : new Summary(
                        notes,
                        histogram.getValueAtPercentile(50),
                        histogram.getValueAtPercentile(99),
                        histogram.getMaxValue());
    }
}

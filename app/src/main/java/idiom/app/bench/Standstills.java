package idiom.app.bench;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * When periods were missed: spans of time in which JACK's server or one of its clients did not come to its turn. With a realtime
 * server that is mostly the machine, which was stopped or too busy; but the session's own client is one of them, and a pause of the
 * JVM can make it miss a period as well. So these are times to look at apart, not times that do not count. One thread looks; read
 * it afterwards.
 */
final class Standstills {
    private final LongSupplier missedPeriods;
    /** What was missed shows in the period before and after. */
    private final long around;

    private long[] begins = new long[64];
    private long[] ends = new long[64];
    private int count;
    private long lastMissed;
    private long lastLook = Long.MIN_VALUE;

    /**
     * Nothing seen yet.
     *
     * @param missedPeriods how many there were so far
     * @param around units of the clock by which each span is longer on both sides
     */
    Standstills(LongSupplier missedPeriods, long around) {
        this.missedPeriods = missedPeriods;
        this.around = around;
    }

    /** Looks whether a period was missed since the last look. */
    void look(long now) {
        long missed = missedPeriods.getAsLong();
        if (missed != lastMissed && lastLook != Long.MIN_VALUE) {
            if (count == begins.length) {
                begins = Arrays.copyOf(begins, 2 * count);
                ends = Arrays.copyOf(ends, 2 * count);
            }
            begins[count] = lastLook - around;
            ends[count++] = now + around;
        }
        lastMissed = missed;
        lastLook = now;
    }

    /** Whether any fell into this time. */
    boolean touch(long from, long to) {
        for (int i = 0; i < count; i++) {
            if (begins[i] <= to && ends[i] >= from) {
                return true;
            }
        }
        return false;
    }
}

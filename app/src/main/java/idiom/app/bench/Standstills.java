package idiom.app.bench;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * When the machine stood still for JACK: spans of time in which its server or a client missed a period, though both run before all
 * that is not realtime. What was under way then says nothing about the session. One thread looks; read it afterwards.
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

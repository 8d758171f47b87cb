package idiom.training.data;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Says how far a piece of work is and how long the rest will take: {@code jazz 120/725, 3 s left}. At most two lines a
 * second; [any].
 */
public final class Progress {
    private static final long PAUSE_NS = 500_000_000;

    private final PrintStream out;
    private final LongSupplier clockNs;
    private final String what;
    private final int total;
    private final long startNs;
    private int done;
    private long saidNs;

    /**
     * Begins.
     *
     * @param out where to; standard error as a rule
     * @param clockNs such as {@code System::nanoTime}
     * @param what the work, at the head of each line
     * @param total units of it
     */
    public Progress(PrintStream out, LongSupplier clockNs, String what, int total) {
        this.out = out;
        this.clockNs = clockNs;
        this.what = what;
        this.total = total;
        this.startNs = clockNs.getAsLong();
        this.saidNs = startNs;
    }

    /** One unit more is done. */
    public synchronized void step() {
        done++;
        long now = clockNs.getAsLong();
        if (done == total || now - saidNs >= PAUSE_NS) {
            saidNs = now;
            double seconds = (now - startNs) / 1e9;
            out.printf(
                    Locale.ROOT,
                    done == total ? "%s %d/%d, %.1f s%n" : "%s %d/%d, %.0f s left%n",
                    what,
                    done,
                    total,
                    done == total ? seconds : seconds / done * (total - done));
        }
    }
}

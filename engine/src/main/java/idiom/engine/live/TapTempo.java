package idiom.engine.live;

import java.util.Arrays;

/** Finds the tempo of somebody who taps beats: the median of the last gaps. [session] */
final class TapTempo {
    private static final int GAPS = 4;
    private static final double SLOWEST_SECONDS = 3;
    private static final double FASTEST_SECONDS = 0.15;
    private static final int STEPS_PER_BEAT = 4;

    private final double[] gaps = new double[GAPS];
    private final double[] sorted = new double[GAPS];
    private final long clockRate;
    private long last;
    private int taps;

    TapTempo(long clockRate) {
        this.clockRate = clockRate;
    }

    /** A tap. After a pause, and closer to the last one than anybody taps, it is the first. */
    void tap(long time) {
        double gap = (time - last) / (double) clockRate;
        last = time;
        if (taps == 0 || gap > SLOWEST_SECONDS || gap < FASTEST_SECONDS) {
            taps = 1;
            return;
        }
        gaps[(taps - 1) % GAPS] = gap;
        taps++;
    }

    /** Whether there were two taps. */
    boolean isKnown() {
        return taps > 1;
    }

    /** The tempo, in 16ths a second. */
    double stepsPerSecond() {
        int count = Math.min(GAPS, taps - 1);
        System.arraycopy(gaps, 0, sorted, 0, count);
        Arrays.sort(sorted, 0, count);
        double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
        return STEPS_PER_BEAT / median;
    }
}

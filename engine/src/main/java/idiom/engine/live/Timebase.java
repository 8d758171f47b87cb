package idiom.engine.live;

/**
 * Which song position belongs to which time: a straight line, bent where the tempo changes. Times are on the device's
 * clock, positions are steps (16ths) from the start of the song. [session]
 */
final class Timebase {
    private final double unitsPerSecond;
    private long anchorTime;
    private double anchorStep;
    private double stepsPerUnit;

    /**
     * A timebase that is at step 0 at time 0.
     *
     * @param clockRate units of the clock in a second
     * @param stepsPerSecond tempo
     */
    Timebase(long clockRate, double stepsPerSecond) {
        this.unitsPerSecond = clockRate;
        set(0, 0, stepsPerSecond);
    }

    /** Goes through that position at that time from now on, at that tempo, wherever it was before. */
    void set(long time, double step, double stepsPerSecond) {
        if (!(stepsPerSecond > 0) || stepsPerSecond > 1e6) {
            throw new IllegalArgumentException("steps a second must be > 0: stepsPerSecond=" + stepsPerSecond);
        }
        anchorTime = time;
        anchorStep = step;
        stepsPerUnit = stepsPerSecond / unitsPerSecond;
    }

    /** Another tempo from that time on; the position goes on from where it is then. */
    void bend(long time, double stepsPerSecond) {
        set(time, stepAt(time), stepsPerSecond);
    }

    /** The position that was said last, by {@link #set} or {@link #bend}. */
    double saidStep() {
        return anchorStep;
    }

    /** Song position at a time. */
    double stepAt(long time) {
        return anchorStep + (time - anchorTime) * stepsPerUnit;
    }

    /** The time nearest to a song position. */
    long timeAt(double step) {
        return anchorTime + Math.round((step - anchorStep) / stepsPerUnit);
    }

    /** Tempo. */
    double stepsPerSecond() {
        return stepsPerUnit * unitsPerSecond;
    }

    /** Nanoseconds of a duration on the clock. */
    long nanos(long units) {
        return Math.round(units * (1e9 / unitsPerSecond));
    }
}

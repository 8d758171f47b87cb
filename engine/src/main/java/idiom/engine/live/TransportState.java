package idiom.engine.live;

/**
 * Where the music is, as somebody else says: the host of a plugin, the JACK transport. Filled in place, so that reading
 * it allocates nothing; belongs to one thread.
 */
public final class TransportState {
    private boolean rolling;
    private long time;
    private double step;
    private double stepsPerSecond;
    private boolean known;
    private boolean jumped;
    private boolean passed;

    /** Nothing is known. */
    public void clear() {
        known = false;
    }

    /**
     * States where the music is.
     *
     * @param isRolling whether it moves
     * @param atTime a time on the device's clock
     * @param atStep song position at that time, in 16ths from the start of the song
     * @param speed tempo, in 16ths a second; positive also while it stands
     */
    public void set(boolean isRolling, long atTime, double atStep, double speed) {
        set(isRolling, atTime, atStep, speed, false, false);
    }

    /**
     * The same.
     *
     * @param hasJumped whether the music was started, stopped or put elsewhere at that time
     * @param isPassed whether the device passes what is played from there to the end of the window by itself
     */
    public void set(boolean isRolling, long atTime, double atStep, double speed, boolean hasJumped, boolean isPassed) {
        known = true;
        jumped = hasJumped;
        passed = isPassed;
        rolling = isRolling;
        time = atTime;
        step = atStep;
        stepsPerSecond = speed;
    }

    /** Whether anything was stated; if not, all else is meaningless. */
    public boolean isKnown() {
        return known;
    }

    /** Whether the music was started, stopped or put elsewhere just then, as far as the one who says so can tell. */
    public boolean hasJumped() {
        return jumped;
    }

    /** Whether the device passes what is played since {@link #hasJumped} by itself, to the end of the window. */
    public boolean isPassed() {
        return passed;
    }

    /** Whether the music moves. */
    public boolean isRolling() {
        return rolling;
    }

    /** The time at which {@link #step} was or will be reached, on the device's clock. */
    public long time() {
        return time;
    }

    /** Song position at {@link #time}, in 16ths from the start of the song. */
    public double step() {
        return step;
    }

    /** Tempo, in 16ths a second. */
    public double stepsPerSecond() {
        return stepsPerSecond;
    }
}

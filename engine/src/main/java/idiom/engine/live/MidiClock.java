package idiom.engine.live;

/**
 * Follows MIDI clock: 24 ticks a quarter, six a step. Ticks come with the jitter of cables and threads; a second-order
 * tracking filter (alpha-beta, Benedict and Bordner 1962) finds the steady tempo behind them. [session]
 */
final class MidiClock {
    static final int TICK = 0xF8;
    static final int START = 0xFA;
    static final int CONTINUE = 0xFB;
    static final int STOP = 0xFC;
    static final int POSITION = 0xF2;

    private static final int TICKS_PER_STEP = 6;
    /** How much of a surprise moves the time of a tick, and the period: settles within about two beats. */
    private static final double ALPHA = 0.15;

    private static final double BETA = ALPHA * ALPHA / (2 - ALPHA);
    /** A tick this many periods away from where it was expected is no jitter. */
    private static final double LOST = 4;

    private static final double SLOWEST_STEPS_PER_SECOND = 20 * 4 / 60.0;
    private static final double FASTEST_STEPS_PER_SECOND = 400 * 4 / 60.0;

    private final long clockRate;
    private double tickTime;
    private double period;
    private long lastTime;
    private long ticks;
    private int known;
    private boolean isRunning;

    MidiClock(long clockRate) {
        this.clockRate = clockRate;
    }

    /** Whether Start or Continue came, and Stop did not since. */
    boolean isRunning() {
        return isRunning;
    }

    /** Whether the tempo is known: two ticks are. */
    boolean isSteady() {
        return known >= 2;
    }

    /** Song position of the last tick, in steps. */
    double step() {
        return ticks / (double) TICKS_PER_STEP;
    }

    /** Time of the last tick, freed from jitter. */
    long time() {
        return Math.round(tickTime);
    }

    /** Tempo in 16ths a second, within what musicians play. */
    double stepsPerSecond() {
        double speed = clockRate / (TICKS_PER_STEP * period);
        return Math.max(SLOWEST_STEPS_PER_SECOND, Math.min(FASTEST_STEPS_PER_SECOND, speed));
    }

    /** A tick; while the clock stands, it tells the tempo alone. */
    void tick(long time) {
        if (isRunning) {
            ticks++;
        }
        if (known == 0 || isLost(time)) {
            tickTime = time;
            known = 1;
        } else if (known == 1) {
            period = time - lastTime;
            tickTime = time;
            known = period > 0 ? 2 : 1;
        } else {
            double expected = tickTime + period;
            double surprise = time - expected;
            tickTime = expected + ALPHA * surprise;
            period = Math.max(1, period + BETA * surprise);
        }
        lastTime = time;
    }

    private boolean isLost(long time) {
        return known >= 2 && Math.abs(time - (tickTime + period)) > LOST * period;
    }

    /** Start: the next tick is the beginning of the song. */
    void start() {
        ticks = -1;
        isRunning = true;
    }

    /** Continue: the next tick is where it stopped, or where Song Position said. */
    void goOn() {
        ticks--;
        isRunning = true;
    }

    void stop() {
        if (isRunning) {
            isRunning = false;
            // Continue goes on with the tick that would have been next.
            ticks++;
        }
    }

    /** Song Position: in steps, as MIDI counts them. */
    void position(int steps) {
        ticks = (long) steps * TICKS_PER_STEP + (isRunning ? -1 : 0);
    }
}

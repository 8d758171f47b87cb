package idiom.engine.pianoroll;

/**
 * The grid of 16th steps that lies over a file's ticks. Step 0 begins at the grid's origin, a bar line; a pick-up before
 * it has negative steps. Any metre lies on the same grid: a bar of 3/4 has 12 steps, one of 7/8 has 14.
 *
 * <p>A quarter note has {@code quarterTicks / quarterParts} ticks: a whole number where a file counts ticks per quarter, a
 * fraction where it counts frames of film. All sums are in integers, so no rounding adds up over a song.
 *
 * <p>Immutable; any thread. Steps are {@code long}, because a broken file may state times beyond any real song;
 * {@link SongRoll} refuses those.
 *
 * @param quarterTicks at least 1
 * @param quarterParts at least 1
 * @param originTick where step 0 begins, at least 0
 */
public record BeatGrid(long quarterTicks, long quarterParts, long originTick) {
    /** Steps in a quarter note. */
    public static final int STEPS_PER_QUARTER = 4;

    public BeatGrid {
        if (quarterTicks < 1 || quarterParts < 1 || originTick < 0) {
            throw new IllegalArgumentException(
                    "quarterTicks and quarterParts must be at least 1 and originTick at least 0:" + " quarterTicks="
                            + quarterTicks + " quarterParts=" + quarterParts + " originTick=" + originTick);
        }
    }

    /** The grid of a file with ticks per quarter, from tick 0 on; the division need not be a multiple of 4. */
    public static BeatGrid ofQuarter(int ticksPerQuarter) {
        return new BeatGrid(ticksPerQuarter, 1, 0);
    }

    /** The same grid with its step 0 at a tick. */
    public BeatGrid from(long tick) {
        return new BeatGrid(quarterTicks, quarterParts, tick);
    }

    /** Step that has begun last at {@code tick}: the step that a note of this onset belongs to. */
    public long stepDown(long tick) {
        return Math.floorDiv((tick - originTick) * stepParts(), quarterTicks);
    }

    /** Step that begins at {@code tick} or next after it: the first step that a note of this end leaves silent. */
    public long stepUp(long tick) {
        return -Math.floorDiv((originTick - tick) * stepParts(), quarterTicks);
    }

    /** Place of {@code tick} in steps from the origin, with its fraction. */
    public double position(long tick) {
        return (double) ((tick - originTick) * stepParts()) / quarterTicks;
    }

    /** First tick that is not before the beginning of {@code step}, at least 0: where a note of that step begins. */
    public long firstTick(long step) {
        return Math.max(0, originTick - Math.floorDiv(-step * quarterTicks, stepParts()));
    }

    /** Last tick that is not after the beginning of {@code step}, at least 0: where a note that leaves it silent ends. */
    public long endTick(long step) {
        return Math.max(0, originTick + Math.floorDiv(step * quarterTicks, stepParts()));
    }

    /** Tick nearest to a place in steps from the origin, at least 0. */
    public long nearestTick(double position) {
        return Math.max(0, originTick + Math.round(position * quarterTicks / stepParts()));
    }

    private long stepParts() {
        return STEPS_PER_QUARTER * quarterParts;
    }
}

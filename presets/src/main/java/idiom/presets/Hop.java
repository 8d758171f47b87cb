package idiom.presets;

/** How far the window moves on from one inference to the next. */
public enum Hop {
    /** One 16th. */
    STEP(1),
    /** One quarter. */
    BEAT(4),
    /** One bar of 4/4. */
    BAR(16),
    /** A whole window of four bars. */
    WINDOW(64);

    private final int steps;

    Hop(int steps) {
        this.steps = steps;
    }

    /** Length in steps of a 16th. */
    public int steps() {
        return steps;
    }
}

package idiom.presets;

/** How a live session answers; see the table "four ways to answer" in docs/architecture.md. */
public enum Mode {
    /** Four bars in, the same four bars out, 64 steps later. */
    PHRASE,
    /** Trails the player by one hop. */
    FOLLOW,
    /** Answers each note or chord at once. */
    INSTANT,
    /** Learns a section on the first pass and plays it on time from the second. */
    TIMELINE
}

package idiom.engine.midi;

/** What a tick of a file is: a part of a beat, or a part of a second. */
public sealed interface Division permits TicksPerQuarter, SmpteDivision {
    /**
     * Ticks in a quarter note, more than 0. An SMPTE division knows no beats: there a quarter is the half second that it
     * is at 120 beats a minute, the tempo of a file that states none, and may be no whole number of ticks.
     */
    double quarterTicks();
}

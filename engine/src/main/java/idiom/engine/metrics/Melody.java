package idiom.engine.metrics;

import idiom.engine.pianoroll.PianoRoll;

/**
 * How much of the top line a transfer kept. The top line of a roll is, at each step where anything sounds, the highest
 * sounding pitch: the skyline, which Brunner et al. 2019, section 3.3, propose as a heuristic for the melody (after
 * Uitdenbogerd and Zobel, "Melodic Matching Techniques for Large Music Databases", 1999). The lines are compared as sets
 * of (step, pitch) pairs, as in note-level precision and recall of music retrieval.
 *
 * <p>Steps are cells, not onsets: a note that is split in two, but sounds throughout, is the same melody.
 *
 * @param sourcePairs steps at which the source sounds
 * @param resultPairs steps at which the result sounds
 * @param sharedPairs steps at which both have the same highest pitch
 */
public record Melody(long sourcePairs, long resultPairs, long sharedPairs) {
    /** Nothing compared yet: the start of a sum. */
    public static final Melody NONE = new Melody(0, 0, 0);

    /** Compares the top lines of two rolls. */
    public static Melody of(PianoRoll source, PianoRoll result) {
        long sourceOpen = -1L;
        long resultOpen = -1L;
        int shared = 0;
        for (int pitch = PianoRoll.PITCHES - 1; pitch >= 0; pitch--) {
            long before = source.steps(pitch);
            long after = result.steps(pitch);
            shared += Long.bitCount(before & sourceOpen & after & resultOpen);
            sourceOpen &= ~before;
            resultOpen &= ~after;
        }
        return new Melody(Long.bitCount(~sourceOpen), Long.bitCount(~resultOpen), shared);
    }

    /** Both together, as of one longer roll. */
    public Melody plus(Melody other) {
        return new Melody(
                sourcePairs + other.sourcePairs, resultPairs + other.resultPairs, sharedPairs + other.sharedPairs);
    }

    /** Share of the result's line that is the source's; 1 if the result is silent: nothing in it is wrong. */
    public double precision() {
        return resultPairs == 0 ? 1 : (double) sharedPairs / resultPairs;
    }

    /** Share of the source's line that is in the result; 1 if the source is silent: nothing of it is lost. */
    public double recall() {
        return sourcePairs == 0 ? 1 : (double) sharedPairs / sourcePairs;
    }

    /** Harmonic mean of both, 0 to 1: 1 if both are silent, 0 if one is. */
    public double f1() {
        long pairs = sourcePairs + resultPairs;
        return pairs == 0 ? 1 : 2.0 * sharedPairs / pairs;
    }
}

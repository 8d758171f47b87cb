package idiom.engine.pianoroll;

/**
 * Which window of 64 steps answers for which steps of a song. The song is cut into hops; each hop is answered by the window
 * in which it lies in the middle, as near as the hop allows: with a hop of 64 the window is the hop, with one of 16 the
 * window begins one bar before it, with 4 seven beats and with 1 31 steps before. Near both ends of the song, where such a
 * window would hang over, the first or last full window answers; only a song shorter than a window, or the last window of
 * a hop of 64, is padded with silence.
 *
 * @param firstStep first step of the song on the hop's grid, negative in a pick-up
 * @param endStep first step after the last hop
 * @param hopSteps 1, 4, 16 or 64
 */
public record Windows(int firstStep, int endStep, int hopSteps) {
    public Windows {
        if (hopSteps < 1 || hopSteps > PianoRoll.STEPS || Integer.bitCount(hopSteps) != 1) {
            throw new IllegalArgumentException("hopSteps must be 1, 2, 4, 8, 16, 32 or 64: hopSteps=" + hopSteps);
        }
        if (endStep < firstStep || firstStep % hopSteps != 0 || endStep % hopSteps != 0) {
            throw new IllegalArgumentException("steps must be whole hops: firstStep=" + firstStep + " endStep="
                    + endStep + " hopSteps=" + hopSteps);
        }
    }

    /** Windows over all steps in which the song has cells, from step 0 (or its pick-up) on. */
    public static Windows over(SongRoll song, int hopSteps) {
        int first = Math.floorDiv(Math.min(0, song.firstStep()), hopSteps) * hopSteps;
        int end = -Math.floorDiv(-Math.max(0, song.endStep()), hopSteps) * hopSteps;
        return new Windows(first, end, hopSteps);
    }

    /** Number of hops. */
    public int count() {
        return (endStep - firstStep) / hopSteps;
    }

    /** First step of a hop in [0, {@link #count}); it ends {@link #hopSteps} later. */
    public int hopStep(int hop) {
        return firstStep + hop * hopSteps;
    }

    /** First step of the window that answers for a hop. */
    public int windowStep(int hop) {
        int before = (PianoRoll.STEPS - hopSteps) / 2 / hopSteps * hopSteps;
        int last = Math.max(firstStep, endStep - PianoRoll.STEPS);
        return Math.max(firstStep, Math.min(hopStep(hop) - before, last));
    }
}

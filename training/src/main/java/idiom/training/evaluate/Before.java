package idiom.training.evaluate;

import idiom.engine.pianoroll.PianoRoll;
import java.util.Arrays;

/** What was played before a phrase, when a generator hears it bit by bit. */
public enum Before {
    /** Nothing: the phrase is the first thing that is played. What a mode costs at its worst. */
    SILENCE,
    /**
     * The phrase itself, over and over; it is heard once that has settled. Rows of a data set are not known to follow each
     * other in a song, so this is the only music that certainly belongs before a phrase. It also tells the generator what
     * comes next, to the extent that music repeats itself: what a mode costs at its least.
     */
    ITSELF;

    /**
     * Writes the 64 steps that end with a step.
     *
     * @param phrases holds the phrase's cells from {@code phrase} on
     * @param end steps of the phrase that have been played, 1 to 64
     * @param windows receives the cells from {@code window} on
     */
    public void window(float[] phrases, int phrase, int end, float[] windows, int window) {
        int played = end * PianoRoll.PITCHES;
        int earlier = PianoRoll.CELLS - played;
        if (this == SILENCE) {
            Arrays.fill(windows, window, window + earlier, 0);
        } else {
            System.arraycopy(phrases, phrase + played, windows, window, earlier);
        }
        System.arraycopy(phrases, phrase, windows, window + earlier, played);
    }
}

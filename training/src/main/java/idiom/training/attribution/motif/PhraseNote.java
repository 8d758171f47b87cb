package idiom.training.attribution.motif;

/**
 * A note of a phrase: a run of sounding cells of one pitch. A note held from before the phrase begins at step 0, and one that
 * goes on after it ends with it.
 *
 * @param pitch MIDI, 24 to 107
 * @param onset step, 0 to 63
 * @param length steps, at least 1
 */
public record PhraseNote(int pitch, int onset, int length) {

    /** The step at which it has ended. */
    public int end() {
        return onset + length;
    }
}

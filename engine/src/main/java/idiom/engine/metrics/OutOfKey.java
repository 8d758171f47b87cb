package idiom.engine.metrics;

import idiom.engine.harmony.Key;
import idiom.engine.pianoroll.PianoRoll;

/**
 * Notes that a transfer added outside the scale of the source's key. An added note is a run of cells of one pitch that
 * sound in the result only; the scale is {@link Key#contains}.
 *
 * @param addedNotes all added notes
 * @param outsideNotes those outside the scale
 */
public record OutOfKey(int addedNotes, int outsideNotes) {

    /** Counts added notes of {@code result}; {@code key} is the source's. */
    public static OutOfKey of(PianoRoll source, PianoRoll result, Key key) {
        int added = 0;
        int outside = 0;
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            int notes = Texture.onsets(result.steps(pitch) & ~source.steps(pitch));
            added += notes;
            outside += key.contains(pitch + PianoRoll.LOWEST_PITCH) ? 0 : notes;
        }
        return new OutOfKey(added, outside);
    }

    /** Both together. */
    public OutOfKey plus(OutOfKey other) {
        return new OutOfKey(addedNotes + other.addedNotes, outsideNotes + other.outsideNotes);
    }

    /** Share outside, 0 to 1; 0 if nothing was added. */
    public double share() {
        return addedNotes == 0 ? 0 : (double) outsideNotes / addedNotes;
    }
}

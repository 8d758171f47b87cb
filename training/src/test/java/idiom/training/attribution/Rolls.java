package idiom.training.attribution;

import idiom.engine.pianoroll.PianoRoll;

/** Hand-made rolls. */
public final class Rolls {
    private Rolls() {}

    /** Notes as pitch (MIDI), onset step and length in steps, one after the other. */
    public static PianoRoll of(int... notes) {
        long[] pitches = new long[PianoRoll.PITCHES];
        for (int i = 0; i < notes.length; i += 3) {
            pitches[notes[i] - PianoRoll.LOWEST_PITCH] |= -1L >>> (64 - notes[i + 2]) << notes[i + 1];
        }
        return PianoRoll.ofPitches(pitches);
    }
}

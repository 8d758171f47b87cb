package idiom.engine.pianoroll;

import java.util.random.RandomGenerator;

/** Rolls written down by hand or drawn at random, for tests. */
public final class Rolls {
    private Rolls() {}

    /** A roll of notes, each a MIDI pitch, a first step and a number of steps: {@code of(60, 0, 4,  64, 4, 2)}. */
    public static PianoRoll of(int... pitchStepLength) {
        long[] masks = new long[PianoRoll.PITCHES];
        for (int i = 0; i < pitchStepLength.length; i += 3) {
            for (int step = 0; step < pitchStepLength[i + 2]; step++) {
                masks[pitchStepLength[i] - PianoRoll.LOWEST_PITCH] |= 1L << pitchStepLength[i + 1] + step;
            }
        }
        return PianoRoll.ofPitches(masks);
    }

    /** A roll in which each cell sounds with the given probability. */
    public static PianoRoll random(RandomGenerator random, double density) {
        float[] cells = new float[PianoRoll.CELLS];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = random.nextDouble() < density ? 1 : 0;
        }
        return PianoRoll.ofCells(cells, 0, 0.5f);
    }
}

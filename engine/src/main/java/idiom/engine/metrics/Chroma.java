package idiom.engine.metrics;

import idiom.engine.pianoroll.PianoRoll;

/**
 * Similarity of two rolls in their pitch classes, whatever the octave and the rhythm: the cosine of their chroma vectors
 * (Fujishima, "Realtime Chord Recognition of Musical Sound", 1999, for the vector; the cosine as in Müller, Fundamentals
 * of Music Processing, 2015, section 3.1).
 */
public final class Chroma {
    private Chroma() {}

    /**
     * Cosine of the two vectors of 12 durations in cells, 0 (no common pitch class) to 1 (same proportions). Two silent
     * rolls are alike (1); a silent and a sounding one have nothing in common (0).
     */
    public static double similarity(PianoRoll a, PianoRoll b) {
        double dot = 0;
        double squareA = 0;
        double squareB = 0;
        for (int first = 0; first < 12; first++) {
            long cellsA = 0;
            long cellsB = 0;
            for (int pitch = first; pitch < PianoRoll.PITCHES; pitch += 12) {
                cellsA += Long.bitCount(a.steps(pitch));
                cellsB += Long.bitCount(b.steps(pitch));
            }
            dot += cellsA * cellsB;
            squareA += cellsA * cellsA;
            squareB += cellsB * cellsB;
        }
        if (squareA == 0 || squareB == 0) {
            return squareA == squareB ? 1 : 0;
        }
        return Math.min(1, dot / Math.sqrt(squareA * squareB));
    }
}

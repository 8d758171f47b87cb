package idiom.engine.metrics;

import idiom.engine.harmony.KeyFinder;
import idiom.engine.pianoroll.PianoRoll;
import java.util.List;

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
        return similarity(KeyFinder.durations(List.of(a)), KeyFinder.durations(List.of(b)));
    }

    /** The same of two vectors of 12 durations, at least 0, in any unit. */
    public static double similarity(double[] a, double[] b) {
        double dot = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < 12; i++) {
            dot += a[i] * b[i];
            squareA += a[i] * a[i];
            squareB += b[i] * b[i];
        }
        if (squareA == 0 || squareB == 0) {
            return squareA == squareB ? 1 : 0;
        }
        return Math.min(1, dot / Math.sqrt(squareA * squareB));
    }
}

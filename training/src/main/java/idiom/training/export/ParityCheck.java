package idiom.training.export;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.data.PhraseSet;
import java.util.Locale;

/**
 * Whether an exported model computes what training's own forward pass does, on real phrases.
 *
 * @param phrases how many were compared
 * @param largestDifference of any two probabilities
 * @param otherCells cells that sound in one and not in the other
 */
public record ParityCheck(int phrases, double largestDifference, long otherCells) {
    /** Largest difference allowed for weights of 32 bits. */
    public static final double TOLERANCE_FP32 = 1e-4;

    /** Compares both on the first phrases of a set. */
    public static ParityCheck of(Generator trained, Generator exported, PhraseSet phrases) {
        double largest = 0;
        long other = 0;
        float[] window = new float[PianoRoll.CELLS];
        float[] expected = new float[PianoRoll.CELLS];
        float[] actual = new float[PianoRoll.CELLS];
        for (int i = 0; i < phrases.size(); i++) {
            phrases.toCells(i, window, 0);
            trained.generate(window, expected, 1);
            exported.generate(window, actual, 1);
            for (int cell = 0; cell < PianoRoll.CELLS; cell++) {
                largest = Math.max(largest, Math.abs(expected[cell] - actual[cell]));
                other += expected[cell] > 0.5f != actual[cell] > 0.5f ? 1 : 0;
            }
        }
        return new ParityCheck(phrases.size(), largest, other);
    }

    /** In one line. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%d phrases, largest difference of a probability %.2g, %d of %d cells decided otherwise",
                phrases,
                largestDifference,
                otherCells,
                (long) phrases * PianoRoll.CELLS);
    }
}

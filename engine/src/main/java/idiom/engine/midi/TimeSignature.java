package idiom.engine.midi;

/**
 * A meter and where it begins.
 *
 * @param tick from the start of the file
 * @param numerator beats in a bar, 1 to 255
 * @param denominator the note that is a beat: 1, 2, 4, 8, 16, 32 or 64
 */
public record TimeSignature(long tick, int numerator, int denominator) {
    public TimeSignature {
        if (tick < 0 || numerator < 1 || numerator > 255) {
            throw new IllegalArgumentException("time signature out of range: tick=" + tick + " numerator=" + numerator);
        }
        if (Integer.bitCount(denominator) != 1 || denominator < 1 || denominator > 64) {
            throw new IllegalArgumentException(
                    "denominator must be a power of two from 1 to 64: denominator=" + denominator);
        }
    }

    /** Whether it is 4/4. */
    public boolean isFourFour() {
        return numerator == 4 && denominator == 4;
    }
}

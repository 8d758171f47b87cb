package idiom.presets;

/**
 * What is done with a generator's probabilities.
 *
 * @param threshold a cell sounds when its probability is greater; in (0, 1), the papers' value is 0.5
 * @param mix how much of the generator's change is taken over: 0 gives back the player's notes, 1 all of the change
 * @param melodyLock whether the player's top line stays and nothing is added above it
 * @param keyLock whether added notes outside the detected key are left out
 * @param keepKey whether changes are taken back, as few as it needs, where they would make the window's key another one
 * @param densityLimit most cells that may sound in a window, as a multiple of the cells that came in; at least 0;
 *     added notes of the lowest probability go first
 * @param feel timing and velocity of added notes
 * @param range pitches the generator may change; notes outside stay as they are
 */
public record Decoding(
        double threshold,
        double mix,
        boolean melodyLock,
        boolean keyLock,
        boolean keepKey,
        double densityLimit,
        Feel feel,
        PitchRange range) {

    /** The papers' decoding: binarised at 0.5, nothing locked, nothing limited, straight. */
    public static final Decoding PLAIN = new Decoding(0.5, 1.0, false, false, 16.0, Feel.STRAIGHT, PitchRange.FULL);

    /** One that does not see to the key as a whole. */
    public Decoding(
            double threshold,
            double mix,
            boolean melodyLock,
            boolean keyLock,
            double densityLimit,
            Feel feel,
            PitchRange range) {
        this(threshold, mix, melodyLock, keyLock, false, densityLimit, feel, range);
    }

    /** The same with another threshold and mix. */
    public Decoding with(double newThreshold, double newMix) {
        return new Decoding(newThreshold, newMix, melodyLock, keyLock, keepKey, densityLimit, feel, range);
    }

    /** The same with another density limit. */
    public Decoding withDensityLimit(double newLimit) {
        return new Decoding(threshold, mix, melodyLock, keyLock, keepKey, newLimit, feel, range);
    }

    public Decoding {
        Ranges.open("decoding.threshold", threshold, 0, 1);
        Ranges.closed("decoding.mix", mix, 0, 1);
        Ranges.closed("decoding.density-limit", densityLimit, 0, 16);
    }
}

package idiom.engine.midi;

/**
 * A key as a file states it and where it begins.
 *
 * @param tick from the start of the file
 * @param sharps -7 (seven flats) to 7
 * @param minor whether the key is the minor one of these accidentals
 */
public record KeySignature(long tick, int sharps, boolean minor) {
    public KeySignature {
        if (tick < 0 || sharps < -7 || sharps > 7) {
            throw new IllegalArgumentException("key signature out of range: tick=" + tick + " sharps=" + sharps);
        }
    }

    /** Pitch class of the tonic, 0 (C) to 11 (B): a fifth up a sharp, and the minor tonic a minor third below. */
    public int tonic() {
        return Math.floorMod(sharps * 7 + (minor ? 9 : 0), 12);
    }
}

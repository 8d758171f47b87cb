package idiom.engine.harmony;

/**
 * A major or minor key.
 *
 * @param tonic pitch class, 0 (C) to 11 (B)
 * @param mode major or minor
 */
public record Key(int tonic, Mode mode) {
    private static final String[] MAJOR_NAMES = {"C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"};
    private static final String[] MINOR_NAMES = {"C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B"};

    /** The two modes of common-practice keys. */
    public enum Mode {
        /** Ionian: 0 2 4 5 7 9 11. */
        MAJOR(0b1010_1011_0101),
        /**
         * Natural minor with the raised seventh beside the natural one: 0 2 3 5 7 8 10 11. The dominant chord of a minor
         * key has the raised seventh, so a scale without it would call every cadence foreign.
         */
        MINOR(0b1101_1010_1101);

        private final int scale;

        Mode(int scale) {
            this.scale = scale;
        }
    }

    public Key {
        if (tonic < 0 || tonic > 11) {
            throw new IllegalArgumentException("tonic must be from 0 to 11: tonic=" + tonic);
        }
    }

    /** Whether the scale has the pitch (or pitch class); any value from 0 on. */
    public boolean contains(int pitch) {
        return (mode.scale >> Math.floorMod(pitch - tonic, 12) & 1) != 0;
    }

    /** Number of sharps (positive) or flats (negative) of its signature, -5 to 6. */
    public int signature() {
        int major = mode == Mode.MAJOR ? tonic : (tonic + 3) % 12;
        int sharps = major * 7 % 12;
        return sharps > 6 ? sharps - 12 : sharps;
    }

    /** For people: {@code "F# minor"}. */
    @Override
    public String toString() {
        return mode == Mode.MAJOR ? MAJOR_NAMES[tonic] + " major" : MINOR_NAMES[tonic] + " minor";
    }
}

package idiom.engine.harmony;

/** How much each pitch class belongs to a key, from the tonic upwards: the yardstick of a {@link KeyFinder}. */
@SuppressWarnings("ImmutableEnumChecker") // the arrays never leave, only copies do
public enum KeyProfile {
    /**
     * Probe-tone ratings: Krumhansl and Kessler, "Tracing the dynamic changes in perceived tonal organization in a
     * spatial representation of musical keys", Psychological Review 89(4), 1982; as tabled in Krumhansl, Cognitive
     * Foundations of Musical Pitch, 1990, table 2.1.
     */
    KRUMHANSL_KESSLER_1982(
            new double[] {6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88},
            new double[] {6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17}),

    /**
     * Temperley, "What's Key for Key? The Krumhansl-Schmuckler Key-Finding Algorithm Reconsidered", Music Perception
     * 17(1), 1999: every note of the scale (in minor the harmonic one) weighs more than any outside, and the leading
     * tone as much as the fourth.
     */
    TEMPERLEY_1999(
            new double[] {5.0, 2.0, 3.5, 2.0, 4.5, 4.0, 2.0, 4.5, 2.0, 3.5, 1.5, 4.0},
            new double[] {5.0, 2.0, 3.5, 4.5, 2.0, 4.0, 2.0, 4.5, 3.5, 2.0, 1.5, 4.0});

    private final double[] major;
    private final double[] minor;

    KeyProfile(double[] major, double[] minor) {
        this.major = major;
        this.minor = minor;
    }

    /** Weights of 12 pitch classes from the tonic upwards; a copy. */
    public double[] weights(Key.Mode mode) {
        return of(mode).clone();
    }

    private double[] of(Key.Mode mode) {
        return mode == Key.Mode.MAJOR ? major : minor;
    }
}

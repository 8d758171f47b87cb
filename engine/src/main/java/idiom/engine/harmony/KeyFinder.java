package idiom.engine.harmony;

import idiom.engine.pianoroll.PianoRoll;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the key of music from how long each pitch class sounds: the Krumhansl-Schmuckler algorithm (Krumhansl, Cognitive
 * Foundations of Musical Pitch, 1990, chapter 4). Each of the 24 keys has a profile of twelve weights; the key whose
 * profile has the highest Pearson correlation with the durations wins. Of equal keys the lower tonic wins, major before
 * minor.
 *
 * <p>Immutable; any thread.
 */
public final class KeyFinder {
    private static final int CLASSES = 12;
    /** Differences below this are rounding. */
    private static final double FLAT = 1e-12;

    private static final KeyFinder DEFAULT = new KeyFinder(KeyProfile.TEMPERLEY_1999);

    /** All keys by tonic, major before minor. */
    private final Key[] keys = new Key[2 * CLASSES];
    /** Their profiles, each with mean 0 and length 1. */
    private final double[][] profiles = new double[2 * CLASSES][];

    public KeyFinder(KeyProfile profile) {
        for (int i = 0; i < keys.length; i++) {
            keys[i] = new Key(i / 2, i % 2 == 0 ? Key.Mode.MAJOR : Key.Mode.MINOR);
            profiles[i] = profileOf(keys[i], profile);
        }
    }

    /** The finder that the product uses, with {@link KeyProfile#TEMPERLEY_1999}; docs/decisions/0002 says why. */
    public static KeyFinder standard() {
        return DEFAULT;
    }

    /** Key of a window, each sounding cell one unit of duration; empty if it is silent or has all classes alike. */
    public Optional<KeyEstimate> find(PianoRoll roll) {
        return find(durations(List.of(roll)));
    }

    /** How long each pitch class sounds in some rolls, from C upwards, each cell one unit. */
    public static double[] durations(Iterable<PianoRoll> rolls) {
        double[] durations = new double[CLASSES];
        for (PianoRoll roll : rolls) {
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                durations[(pitch + PianoRoll.LOWEST_PITCH) % CLASSES] += Long.bitCount(roll.steps(pitch));
            }
        }
        return durations;
    }

    /** The same of one window of step masks by pitch, into {@code durations}, which has 12 elements. */
    public static void durations(long[] stepMasks, double[] durations) {
        Arrays.fill(durations, 0);
        addDurations(stepMasks, durations);
    }

    /** Adds those of one window of step masks by pitch to {@code durations}, which has 12 elements. */
    public static void addDurations(long[] stepMasks, double[] durations) {
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            durations[(pitch + PianoRoll.LOWEST_PITCH) % CLASSES] += Long.bitCount(stepMasks[pitch]);
        }
    }

    /**
     * Key of durations per pitch class.
     *
     * @param durations 12 values from C upwards, at least 0, in any unit; unchanged
     * @return empty if all are equal, as in silence: no key is nearer than another then
     */
    public Optional<KeyEstimate> find(double[] durations) {
        if (durations.length != CLASSES) {
            throw new IllegalArgumentException("durations must have 12 elements: length=" + durations.length);
        }
        double[] scratch = new double[CLASSES];
        int best = find(durations, scratch);
        if (best < 0) {
            return Optional.empty();
        }
        double first = dot(scratch, profiles[best]);
        return Optional.of(new KeyEstimate(keys[best], first, first - highest(scratch, best)));
    }

    /**
     * The same without an object.
     *
     * @param scratch 12 elements that are overwritten
     * @return the key's place among {@link #profiles}, or -1
     */
    public int find(double[] durations, double[] scratch) {
        System.arraycopy(durations, 0, scratch, 0, CLASSES);
        if (!normalise(scratch)) {
            return -1;
        }
        int best = 0;
        double first = Double.NEGATIVE_INFINITY;
        for (int key = 0; key < profiles.length; key++) {
            double correlation = dot(scratch, profiles[key]);
            if (correlation > first + FLAT) {
                first = correlation;
                best = key;
            }
        }
        return best;
    }

    /**
     * By how much durations speak for a key rather than for the best of the others: the difference of the correlations, from -2
     * to 2; negative infinity if all are equal.
     *
     * @param key its place among {@link #profiles}
     * @param scratch 12 elements that are overwritten
     */
    public double lead(double[] durations, int key, double[] scratch) {
        System.arraycopy(durations, 0, scratch, 0, CLASSES);
        return normalise(scratch) ? dot(scratch, profiles[key]) - highest(scratch, key) : Double.NEGATIVE_INFINITY;
    }

    /** Highest correlation of all keys but one. */
    private double highest(double[] observed, int except) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int key = 0; key < profiles.length; key++) {
            if (key != except) {
                highest = Math.max(highest, dot(observed, profiles[key]));
            }
        }
        return highest;
    }

    /**
     * Profiles of all 24 keys, each with mean 0 and length 1, so that the correlation with durations of mean 0 and length 1
     * is a scalar product; by tonic, major before minor. Copies.
     */
    public double[][] profiles() {
        double[][] copies = new double[profiles.length][];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = profiles[i].clone();
        }
        return copies;
    }

    /** Place of a key among {@link #profiles}. */
    public static int indexOf(Key key) {
        return 2 * key.tonic() + (key.mode() == Key.Mode.MAJOR ? 0 : 1);
    }

    private static double[] profileOf(Key key, KeyProfile profile) {
        double[] weights = profile.weights(key.mode());
        double[] turned = new double[CLASSES];
        for (int i = 0; i < CLASSES; i++) {
            turned[(key.tonic() + i) % CLASSES] = weights[i];
        }
        normalise(turned);
        return turned;
    }

    /** Subtracts the mean and divides by the length, in place; false if all values are equal. */
    private static boolean normalise(double[] values) {
        double mean = 0;
        double largest = 0;
        for (double value : values) {
            mean += value / CLASSES;
            largest = Math.max(largest, Math.abs(value));
        }
        double square = 0;
        for (int i = 0; i < CLASSES; i++) {
            values[i] -= mean;
            square += values[i] * values[i];
        }
        double length = Math.sqrt(square);
        if (!(length > FLAT * largest)) {
            return false;
        }
        for (int i = 0; i < CLASSES; i++) {
            values[i] /= length;
        }
        return true;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < CLASSES; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}

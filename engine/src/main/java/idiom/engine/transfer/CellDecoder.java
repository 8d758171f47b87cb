package idiom.engine.transfer;

import idiom.engine.harmony.Key;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Decoding;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Decides which cells of a window sound: what the generator says, within what the preset allows. A function of window,
 * probabilities, preset and key alone, in this order (docs/decisions/0002-decoding.md says why):
 *
 * <ol>
 *   <li>threshold: a cell sounds if its probability is greater;
 *   <li>range: outside, cells stay as they are;
 *   <li>melody lock: where the player is heard, her highest note stays and nothing is added above it;
 *   <li>key lock: added cells outside the key's scale are dropped;
 *   <li>mix: of all changes only the share with the most confidence is made, in live music that of the step where one begins;
 *   <li>density limit: added notes of the lowest probability go until the window has few enough cells;
 *   <li>keep key: changes are taken back until the window's key is what it was ({@link KeyGuard}).
 * </ol>
 *
 * <p>A <em>change</em> is a run: neighbouring cells of one pitch that are all added or all removed. Runs, not cells, are
 * mixed and limited, so that neither leaves crumbs of notes behind.
 *
 * <p>Not thread-safe: what one call works with, the next one uses again.
 */
public final class CellDecoder {
    private final Changes changes = new Changes();
    private final KeyGuard guard = new KeyGuard(changes);
    /** Kept, for each reference to a method of this makes an object. */
    private final DoubleUnaryOperator leastConfidentFirst = this::confidence;

    private final DoubleUnaryOperator mostConfidentFirst = this::doubt;
    private final double[] mixes = new double[PianoRoll.STEPS];
    private Decoding decoding;

    public CellDecoder(Decoding decoding) {
        this.decoding = decoding;
    }

    private double confidence(double mean) {
        return Math.abs(mean - decoding.threshold());
    }

    private double doubt(double mean) {
        return -confidence(mean);
    }

    /** From now on by another preset. */
    public void follow(Decoding newDecoding) {
        decoding = newDecoding;
    }

    /**
     * Decodes one window.
     *
     * @param window what was played, as the roll shows it
     * @param heard what of it is heard ({@link idiom.engine.pianoroll.SongRoll#heard}): the melody is looked for there,
     *     for the roll shows a note's end too late and nothing just before a note is struck again
     * @param probabilities what the generator said, in [0, 1], step by step, from {@code offset} on
     * @param offset of the window's first cell
     * @param key for the key lock, whose scale added notes stay in; null if unknown, then all may be added
     * @return the cells that sound
     */
    public PianoRoll decode(PianoRoll window, PianoRoll heard, float[] probabilities, int offset, @Nullable Key key) {
        long[] after = new long[PianoRoll.PITCHES];
        decode(masks(window), masks(heard), probabilities, offset, key, after);
        return PianoRoll.ofPitches(after);
    }

    /**
     * Decodes one window of step masks by pitch; allocates nothing once it has seen windows with as many changes.
     *
     * @param before as {@code window} above
     * @param heard as above
     * @param after receives the cells that sound; another array than the two before
     */
    public void decode(
            long[] before, long[] heard, float[] probabilities, int offset, @Nullable Key key, long[] after) {
        Arrays.fill(mixes, decoding.mix());
        decode(before, heard, probabilities, offset, key, mixes, after);
    }

    /**
     * The same with a mix for each step in place of the preset's: of the window's changes, in the order of confidence, one is made
     * if it is among the share that the mix of the step at which it begins would make.
     *
     * @param mixOfSteps 64 numbers, 0 to 1
     */
    public void decode(
            long[] before,
            long[] heard,
            float[] probabilities,
            int offset,
            @Nullable Key key,
            double[] mixOfSteps,
            long[] after) {
        // Compared as floats: a threshold of 0.3 and a probability of 0.3f are the same to the musician.
        PianoRoll.masksOfCells(probabilities, offset, (float) decoding.threshold(), after);
        lock(before, heard, key, after);
        if (isBelowOne(mixOfSteps)) {
            mix(before, after, probabilities, offset, mixOfSteps);
        }
        // What the guard takes back may be a note that makes room for an added one no more, and the other way round.
        do {
            limitDensity(before, after, probabilities, offset);
        } while (decoding.keepKey() && guard.takesBack(before, after, probabilities, offset, leastConfidentFirst));
    }

    /**
     * Takes back what range, melody lock and key lock forbid. Each cell is decided by itself, whatever is wanted of others.
     *
     * @param before as {@code window} in {@link #decode(PianoRoll, PianoRoll, float[], int, Key)}
     * @param heard as there
     * @param after the cells that are wanted; changed in place to those that are allowed
     */
    public void lock(long[] before, long[] heard, @Nullable Key key, long[] after) {
        keepOutsideRange(before, after);
        if (decoding.melodyLock()) {
            lockMelody(heard, before, after);
        }
        if (decoding.keyLock() && key != null) {
            lockKey(before, after, key);
        }
    }

    private void keepOutsideRange(long[] before, long[] after) {
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            if (!decoding.range().contains(pitch + PianoRoll.LOWEST_PITCH)) {
                after[pitch] = before[pitch];
            }
        }
    }

    private static void lockMelody(long[] heard, long[] before, long[] after) {
        long sounding = 0;
        for (long steps : heard) {
            sounding |= steps;
        }
        long above = sounding;
        for (int pitch = PianoRoll.PITCHES - 1; pitch >= 0; pitch--) {
            after[pitch] |= before[pitch] & heard[pitch] & above;
            above &= ~heard[pitch];
            after[pitch] &= before[pitch] | ~above;
        }
    }

    private static void lockKey(long[] before, long[] after, Key key) {
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            if (!key.contains(pitch + PianoRoll.LOWEST_PITCH)) {
                after[pitch] &= before[pitch];
            }
        }
    }

    private static boolean isBelowOne(double[] mixOfSteps) {
        for (double mix : mixOfSteps) {
            if (mix < 1) {
                return true;
            }
        }
        return false;
    }

    private void mix(long[] before, long[] after, float[] probabilities, int offset, double[] mixOfSteps) {
        changes.clear();
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            changes.addRuns(pitch, after[pitch] & ~before[pitch], probabilities, offset, mostConfidentFirst);
            changes.addRuns(pitch, before[pitch] & ~after[pitch], probabilities, offset, mostConfidentFirst);
        }
        changes.sort();
        for (int i = 0; i < changes.size(); i++) {
            double mix = mixOfSteps[Long.numberOfTrailingZeros(changes.steps(i))];
            if (i >= Math.round(mix * changes.size())) {
                after[changes.pitch(i)] ^= changes.steps(i);
            }
        }
    }

    private void limitDensity(long[] before, long[] after, float[] probabilities, int offset) {
        long limit = (long) Math.floor(decoding.densityLimit() * count(before));
        long cells = count(after);
        if (cells <= limit) {
            return;
        }
        changes.clear();
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            changes.addRuns(pitch, after[pitch] & ~before[pitch], probabilities, offset, mean -> mean);
        }
        changes.sort();
        for (int i = 0; i < changes.size() && cells > limit; i++) {
            after[changes.pitch(i)] &= ~changes.steps(i);
            cells -= Long.bitCount(changes.steps(i));
        }
    }

    private static long[] masks(PianoRoll roll) {
        long[] masks = new long[PianoRoll.PITCHES];
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            masks[pitch] = roll.steps(pitch);
        }
        return masks;
    }

    private static long count(long[] masks) {
        long count = 0;
        for (long mask : masks) {
            count += Long.bitCount(mask);
        }
        return count;
    }
}

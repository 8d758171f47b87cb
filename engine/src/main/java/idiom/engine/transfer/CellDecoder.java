package idiom.engine.transfer;

import idiom.engine.harmony.Key;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Decoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which cells of a window sound: what the generator says, within what the preset allows. A pure function of window,
 * probabilities, preset and key, in this order (docs/decisions/0002-decoding.md says why):
 *
 * <ol>
 *   <li>threshold: a cell sounds if its probability is greater;
 *   <li>range: outside, cells stay as they are;
 *   <li>melody lock: where the player is heard, her highest note stays and nothing is added above it;
 *   <li>key lock: added cells outside the key's scale are dropped;
 *   <li>mix: of all changes only the share with the most confidence is made;
 *   <li>density limit: added notes of the lowest probability go until the window has few enough cells.
 * </ol>
 *
 * <p>A <em>change</em> is a run: neighbouring cells of one pitch that are all added or all removed. Runs, not cells, are
 * mixed and limited, so that neither leaves crumbs of notes behind.
 */
public final class CellDecoder {
    /** A run of changed cells, as step mask. */
    private record Change(int pitch, long steps, double meanProbability, double confidence) {}

    private static final Comparator<Change> BY_PLACE =
            Comparator.comparingInt(Change::pitch).thenComparingInt(run -> Long.numberOfTrailingZeros(run.steps()));

    private final Decoding decoding;

    public CellDecoder(Decoding decoding) {
        this.decoding = decoding;
    }

    /**
     * Decodes one window.
     *
     * @param window what was played, as the roll shows it
     * @param heard what of it is heard ({@link idiom.engine.pianoroll.SongRoll#heard}): the melody is looked for there,
     *     for the roll shows a note's end too late and nothing just before a note is struck again
     * @param probabilities what the generator said, in [0, 1], step by step, from {@code offset} on
     * @param offset of the window's first cell
     * @param key for the key lock; null if unknown, then nothing is locked
     * @return the cells that sound
     */
    public PianoRoll decode(PianoRoll window, PianoRoll heard, float[] probabilities, int offset, @Nullable Key key) {
        // Compared as floats: a threshold of 0.3 and a probability of 0.3f are the same to the musician.
        float threshold = (float) decoding.threshold();
        long[] before = masks(window);
        long[] after = masks(PianoRoll.ofCells(probabilities, offset, threshold));
        keepOutsideRange(before, after);
        if (decoding.melodyLock()) {
            lockMelody(masks(heard), before, after);
        }
        if (decoding.keyLock() && key != null) {
            lockKey(before, after, key);
        }
        if (decoding.mix() < 1) {
            mix(before, after, probabilities, offset);
        }
        limitDensity(before, after, probabilities, offset);
        return PianoRoll.ofPitches(after);
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

    private void mix(long[] before, long[] after, float[] probabilities, int offset) {
        List<Change> changes = new ArrayList<>();
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            collect(changes, pitch, after[pitch] & ~before[pitch], probabilities, offset);
            collect(changes, pitch, before[pitch] & ~after[pitch], probabilities, offset);
        }
        changes.sort(Comparator.comparingDouble(Change::confidence).reversed().thenComparing(BY_PLACE));
        long made = Math.round(decoding.mix() * changes.size());
        for (Change change : changes.subList((int) made, changes.size())) {
            after[change.pitch()] ^= change.steps();
        }
    }

    private void limitDensity(long[] before, long[] after, float[] probabilities, int offset) {
        long limit = (long) Math.floor(decoding.densityLimit() * count(before));
        long cells = count(after);
        if (cells <= limit) {
            return;
        }
        List<Change> added = new ArrayList<>();
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            collect(added, pitch, after[pitch] & ~before[pitch], probabilities, offset);
        }
        added.sort(Comparator.comparingDouble(Change::meanProbability).thenComparing(BY_PLACE));
        for (int i = 0; i < added.size() && cells > limit; i++) {
            after[added.get(i).pitch()] &= ~added.get(i).steps();
            cells -= Long.bitCount(added.get(i).steps());
        }
    }

    private void collect(List<Change> changes, int pitch, long steps, float[] probabilities, int offset) {
        for (long left = steps; left != 0; ) {
            int first = Long.numberOfTrailingZeros(left);
            int length = Long.numberOfTrailingZeros(~(left >>> first));
            double sum = 0;
            for (int step = first; step < first + length; step++) {
                sum += probabilities[offset + step * PianoRoll.PITCHES + pitch];
            }
            double mean = sum / length;
            long run = (-1L >>> (PianoRoll.STEPS - length)) << first;
            changes.add(new Change(pitch, run, mean, Math.abs(mean - decoding.threshold())));
            left &= ~run;
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

package idiom.training.gan;

import idiom.engine.harmony.Key;
import idiom.engine.harmony.KeyEstimate;
import idiom.engine.harmony.KeyFinder;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.transfer.CellDecoder;
import idiom.presets.Decoding;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The preset's locks as two masks: a locked output is {@code output * free + forced}. They are what {@link CellDecoder} itself
 * makes of a generator that wants everything to sound, and of one that wants nothing: a cell that both leave silent is closed,
 * one that sounds in both is forced, and all others are the generator's. So judges see what will be heard, and no gradient asks
 * for what the lock forbids.
 *
 * @param free 1 where the generator decides, else 0, in the order of the cells
 * @param forced 1 where the cell sounds whatever the generator says, else 0
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record LockMasks(float[] free, float[] forced) {

    /** Masks of so many windows of {@code PianoRoll.CELLS} cells of 0 or 1 each. */
    static LockMasks of(float[] cells, Decoding decoding) {
        CellDecoder decoder = new CellDecoder(decoding);
        long[] before = new long[PianoRoll.PITCHES];
        long[] least = new long[PianoRoll.PITCHES];
        long[] most = new long[PianoRoll.PITCHES];
        float[] free = new float[cells.length];
        float[] forced = new float[cells.length];
        for (int offset = 0; offset < cells.length; offset += PianoRoll.CELLS) {
            PianoRoll.masksOfCells(cells, offset, 0.5f, before);
            Key key = keyOf(before);
            Arrays.fill(least, 0);
            Arrays.fill(most, -1);
            decoder.lock(before, before, key, least);
            decoder.lock(before, before, key, most);
            PianoRoll sounding = PianoRoll.ofPitches(least);
            sounding.toCells(forced, offset);
            PianoRoll.ofPitches(most).minus(sounding).toCells(free, offset);
        }
        return new LockMasks(free, forced);
    }

    /** The key that a key lock holds a window to, by its step masks; null if it has none. */
    static @Nullable Key keyOf(long[] window) {
        double[] durations = new double[12];
        KeyFinder.durations(window, durations);
        return KeyFinder.standard().find(durations).map(KeyEstimate::key).orElse(null);
    }
}

package idiom.engine.pianoroll;

import java.util.Arrays;
import java.util.Objects;

/**
 * One window of music as the model sees it: 64 steps (4 bars of 4/4 in 16ths) by 84 pitches, MIDI 24 to 107 (C1 to B7),
 * each cell sounding or silent (Brunner et al. 2018, section III).
 *
 * <p>Immutable. A pitch is one {@code long} whose bit {@code s} is step {@code s}, so that comparing two rolls is a
 * matter of a few XORs and bit counts.
 */
public final class PianoRoll {
    /** Steps in a window. */
    public static final int STEPS = 64;
    /** Steps in a bar of 4/4. */
    public static final int STEPS_PER_BAR = 16;
    /** Pitches in a window. */
    public static final int PITCHES = 84;
    /** MIDI pitch of pitch index 0 (C1). */
    public static final int LOWEST_PITCH = 24;
    /** Cells in a window. */
    public static final int CELLS = STEPS * PITCHES;
    /** Bytes of a window in the packed form of the papers' data set. */
    public static final int PACKED_BYTES = CELLS / 8;

    private static final PianoRoll EMPTY = new PianoRoll(new long[PITCHES]);

    private final long[] pitches;

    private PianoRoll(long[] pitches) {
        this.pitches = pitches;
    }

    /** The silent roll. */
    public static PianoRoll empty() {
        return EMPTY;
    }

    /** A roll of 84 step masks, pitch index ascending; bit {@code s} of a mask is step {@code s}. Copies. */
    public static PianoRoll ofPitches(long[] stepMasks) {
        requireLength(stepMasks.length, PITCHES, "stepMasks");
        return new PianoRoll(stepMasks.clone());
    }

    /** A roll of the cells whose value is greater than {@code threshold}, from {@code offset} on, step by step. */
    public static PianoRoll ofCells(float[] cells, int offset, float threshold) {
        long[] pitches = new long[PITCHES];
        masksOfCells(cells, offset, threshold, pitches);
        return new PianoRoll(pitches);
    }

    /** The same as step masks by pitch, into {@code stepMasks}; allocates nothing. */
    public static void masksOfCells(float[] cells, int offset, float threshold, long[] stepMasks) {
        Objects.checkFromIndexSize(offset, CELLS, cells.length);
        requireLength(stepMasks.length, PITCHES, "stepMasks");
        Arrays.fill(stepMasks, 0);
        for (int step = 0, i = offset; step < STEPS; step++) {
            for (int pitch = 0; pitch < PITCHES; pitch++, i++) {
                if (cells[i] > threshold) {
                    stepMasks[pitch] |= 1L << step;
                }
            }
        }
    }

    /**
     * A roll in the packed form of the papers' data set: 672 bytes, most significant bit first, bit 0 = step 0 and
     * MIDI pitch 24, bit 84 = step 1 and pitch 24.
     */
    public static PianoRoll ofPacked(byte[] bytes, int offset) {
        Objects.checkFromIndexSize(offset, PACKED_BYTES, bytes.length);
        long[] pitches = new long[PITCHES];
        for (int step = 0, bit = 0; step < STEPS; step++) {
            for (int pitch = 0; pitch < PITCHES; pitch++, bit++) {
                if ((bytes[offset + (bit >> 3)] >> (7 - (bit & 7)) & 1) != 0) {
                    pitches[pitch] |= 1L << step;
                }
            }
        }
        return new PianoRoll(pitches);
    }

    /** Writes the packed form of {@link #ofPacked} into {@code bytes} from {@code offset} on. */
    public void pack(byte[] bytes, int offset) {
        Objects.checkFromIndexSize(offset, PACKED_BYTES, bytes.length);
        Arrays.fill(bytes, offset, offset + PACKED_BYTES, (byte) 0);
        for (int step = 0, bit = 0; step < STEPS; step++) {
            for (int pitch = 0; pitch < PITCHES; pitch++, bit++) {
                if (isOn(step, pitch)) {
                    bytes[offset + (bit >> 3)] |= (byte) (0x80 >> (bit & 7));
                }
            }
        }
    }

    /** Writes cells as 0 or 1, step by step, into {@code cells} from {@code offset} on. */
    public void toCells(float[] cells, int offset) {
        cellsOfMasks(pitches, cells, offset);
    }

    /** The same from step masks by pitch; allocates nothing. */
    public static void cellsOfMasks(long[] stepMasks, float[] cells, int offset) {
        Objects.checkFromIndexSize(offset, CELLS, cells.length);
        requireLength(stepMasks.length, PITCHES, "stepMasks");
        for (int step = 0, i = offset; step < STEPS; step++) {
            for (int pitch = 0; pitch < PITCHES; pitch++, i++) {
                cells[i] = stepMasks[pitch] >>> step & 1L;
            }
        }
    }

    /** Whether the cell sounds; {@code step} in [0, 64), {@code pitch} an index in [0, 84). */
    public boolean isOn(int step, int pitch) {
        Objects.checkIndex(step, STEPS);
        return (pitches[pitch] >>> step & 1L) != 0;
    }

    /** Step mask of a pitch index: bit {@code s} is step {@code s}. */
    public long steps(int pitch) {
        return pitches[pitch];
    }

    /** Number of sounding cells. */
    public int cellCount() {
        int count = 0;
        for (long mask : pitches) {
            count += Long.bitCount(mask);
        }
        return count;
    }

    /** Whether nothing sounds. */
    public boolean isEmpty() {
        for (long mask : pitches) {
            if (mask != 0) {
                return false;
            }
        }
        return true;
    }

    /** Cells that sound in both. */
    public PianoRoll and(PianoRoll other) {
        long[] result = pitches.clone();
        for (int pitch = 0; pitch < PITCHES; pitch++) {
            result[pitch] &= other.pitches[pitch];
        }
        return new PianoRoll(result);
    }

    /** Cells that sound here and not in {@code other}. */
    public PianoRoll minus(PianoRoll other) {
        long[] result = pitches.clone();
        for (int pitch = 0; pitch < PITCHES; pitch++) {
            result[pitch] &= ~other.pitches[pitch];
        }
        return new PianoRoll(result);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PianoRoll roll && Arrays.equals(pitches, roll.pitches);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pitches);
    }

    @Override
    public String toString() {
        return "PianoRoll[cells=" + cellCount() + "]";
    }

    private static void requireLength(int actual, int expected, String name) {
        if (actual != expected) {
            throw new IllegalArgumentException(name + " must have " + expected + " elements: length=" + actual);
        }
    }
}

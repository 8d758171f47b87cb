package idiom.engine.pianoroll;

import java.util.ArrayList;
import java.util.List;

/**
 * A roll as long as a song: steps from a multiple of 64 on (negative in a pick-up) by 84 pitches, held as aligned blocks of
 * 64 steps. A block that is silent throughout takes no memory.
 *
 * <p>Grows by {@link #set}; not thread-safe while it does. Outside its steps everything is silent.
 */
public final class Cells {
    private static final int WINDOW = PianoRoll.STEPS;

    private final int firstBlock;
    private final long[][] blocks;

    /** Silent cells of the steps from {@code firstStep} to {@code endStep}, widened to whole blocks. */
    public Cells(int firstStep, int endStep) {
        if (endStep < firstStep) {
            throw new IllegalArgumentException(
                    "endStep must not be before firstStep: firstStep=" + firstStep + " endStep=" + endStep);
        }
        this.firstBlock = Math.floorDiv(firstStep, WINDOW);
        this.blocks = new long[Math.floorDiv(endStep + WINDOW - 1, WINDOW) - firstBlock][];
    }

    /** First step, a multiple of 64. */
    public int firstStep() {
        return firstBlock * WINDOW;
    }

    /** First step after the last, a multiple of 64. */
    public int endStep() {
        return (firstBlock + blocks.length) * WINDOW;
    }

    /** Whether the cell sounds; {@code pitch} is an index in [0, 84). */
    public boolean isOn(int step, int pitch) {
        return (mask(Math.floorDiv(step, WINDOW), pitch) >>> (step & WINDOW - 1) & 1) != 0;
    }

    /** Makes the cells of [{@code firstStep}, {@code endStep}) sound, which must lie inside. */
    public void set(int pitch, int firstStep, int endStep) {
        for (int step = firstStep; step < endStep; ) {
            int block = Math.floorDiv(step, WINDOW);
            int end = Math.min(endStep, (block + 1) * WINDOW);
            writable(block)[pitch] |= -1L >>> (WINDOW - (end - step)) << (step - block * WINDOW);
            step = end;
        }
    }

    /** The window of 64 steps from {@code step} on, any step; silent where there are no cells. */
    public PianoRoll window(int step) {
        int block = Math.floorDiv(step, WINDOW);
        int shift = step - block * WINDOW;
        if (isSilent(block) && (shift == 0 || isSilent(block + 1))) {
            return PianoRoll.empty();
        }
        long[] masks = new long[PianoRoll.PITCHES];
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            masks[pitch] = mask(block, pitch) >>> shift;
            if (shift != 0) {
                masks[pitch] |= mask(block + 1, pitch) << (WINDOW - shift);
            }
        }
        return PianoRoll.ofPitches(masks);
    }

    /** Puts a roll in the place of the block of 64 steps that begins at {@code step}, a multiple of 64 inside. */
    public void put(int step, PianoRoll roll) {
        if ((step & WINDOW - 1) != 0) {
            throw new IllegalArgumentException("step must be a multiple of 64: step=" + step);
        }
        long[] masks = null;
        if (!roll.isEmpty()) {
            masks = new long[PianoRoll.PITCHES];
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                masks[pitch] = roll.steps(pitch);
            }
        }
        blocks[step / WINDOW - firstBlock] = masks;
    }

    /** The song in windows of 64 steps one after the other, silent ones included. */
    public List<PianoRoll> blocks() {
        List<PianoRoll> rolls = new ArrayList<>();
        for (int step = firstStep(); step < endStep(); step += WINDOW) {
            rolls.add(window(step));
        }
        return rolls;
    }

    /** First step in [{@code from}, {@code limit}) at which the pitch sounds, or is silent; {@code limit} if none. */
    public int next(int pitch, int from, int limit, boolean sounding) {
        for (int step = from; step < limit; ) {
            int block = Math.floorDiv(step, WINDOW);
            long mask = mask(block, pitch);
            long left = (sounding ? mask : ~mask) >>> (step - block * WINDOW);
            if (left != 0) {
                return Math.min(limit, step + Long.numberOfTrailingZeros(left));
            }
            step = (block + 1) * WINDOW;
        }
        return limit;
    }

    /** Cells that sound here and not in {@code other}, over the same steps as here. */
    public Cells minus(Cells other) {
        Cells result = new Cells(firstStep(), endStep());
        for (int step = firstStep(); step < endStep(); step += WINDOW) {
            result.put(step, window(step).minus(other.window(step)));
        }
        return result;
    }

    /** Number of sounding cells. */
    public long count() {
        long count = 0;
        for (long[] block : blocks) {
            if (block != null) {
                for (long mask : block) {
                    count += Long.bitCount(mask);
                }
            }
        }
        return count;
    }

    private boolean isSilent(int block) {
        int index = block - firstBlock;
        return index < 0 || index >= blocks.length || blocks[index] == null;
    }

    private long mask(int block, int pitch) {
        return isSilent(block) ? 0 : blocks[block - firstBlock][pitch];
    }

    private long[] writable(int block) {
        int index = block - firstBlock;
        if (blocks[index] == null) {
            blocks[index] = new long[PianoRoll.PITCHES];
        }
        return blocks[index];
    }
}

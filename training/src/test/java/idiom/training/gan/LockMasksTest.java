package idiom.training.gan;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Decoding;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LockMasksTest {
    private static final int PITCHES = PianoRoll.PITCHES;
    /** Pitch indices of C major, an octave from C3 on, a step each, over and over; the last two steps of 16 are silent. */
    private static final int[] SCALE = {24, 26, 28, 29, 31, 33, 35, 36, 35, 33, 31, 29, 28, 24, -1, -1};

    private final float[] cells = cells();

    private static float[] cells() {
        float[] cells = new float[2 * PianoRoll.CELLS];
        for (int step = 0; step < PianoRoll.STEPS; step++) {
            int pitch = SCALE[step % SCALE.length];
            if (pitch >= 0) {
                cells[PianoRoll.CELLS + step * PITCHES + pitch] = 1;
            }
        }
        return cells;
    }

    private static Decoding locks(boolean melody, boolean key) {
        return new Recipe.Locks(melody, key, false, 16, 16).decoding(true);
    }

    /** Row of a step of the second window; the first one is silent. */
    private static float[] row(float[] mask, int step) {
        int from = PianoRoll.CELLS + step * PITCHES;
        return Arrays.copyOfRange(mask, from, from + PITCHES);
    }

    @Test
    void shouldLeaveAllToTheGeneratorWithoutLocks() {
        LockMasks masks = LockMasks.of(cells, locks(false, false));
        assertThat(masks.free()).containsOnly(1);
        assertThat(masks.forced()).containsOnly(0);
    }

    @Test
    void shouldForceTheTuneAndCloseWhatIsAboveIt() {
        LockMasks masks = LockMasks.of(cells, locks(true, false));

        float[] belowTheFourth = new float[PITCHES];
        Arrays.fill(belowTheFourth, 0, 29, 1);
        assertThat(row(masks.free(), 3)).containsExactly(belowTheFourth);
        float[] theFourth = new float[PITCHES];
        theFourth[29] = 1;
        assertThat(row(masks.forced(), 3)).containsExactly(theFourth);
        assertThat(row(masks.free(), 14)).containsOnly(1);
        assertThat(row(masks.forced(), 14)).containsOnly(0);
        assertThat(Arrays.copyOf(masks.free(), PianoRoll.CELLS)).containsOnly(1);
    }

    @Test
    void shouldCloseWhatIsOutOfKeyAndNotThereAlready() {
        cells[PianoRoll.CELLS + 5 * PITCHES + 30] = 1;
        LockMasks masks = LockMasks.of(cells, locks(false, true));

        float[] cMajor = new float[PITCHES];
        for (int pitch = 0; pitch < PITCHES; pitch++) {
            cMajor[pitch] = "101011010101".charAt(pitch % 12) == '1' ? 1 : 0;
        }
        assertThat(row(masks.free(), 4)).containsExactly(cMajor);
        cMajor[30] = 1;
        assertThat(row(masks.free(), 5)).containsExactly(cMajor);
        assertThat(masks.forced()).containsOnly(0);
        // A silent window has no key.
        assertThat(Arrays.copyOf(masks.free(), PianoRoll.CELLS)).containsOnly(1);
    }

    @Test
    void shouldHoldBothAtOnce() {
        LockMasks masks = LockMasks.of(cells, locks(true, true));
        assertThat(row(masks.free(), 3)[27]).isZero();
        assertThat(row(masks.free(), 3)[26]).isEqualTo(1);
        assertThat(row(masks.forced(), 3)[29]).isEqualTo(1);
    }
}

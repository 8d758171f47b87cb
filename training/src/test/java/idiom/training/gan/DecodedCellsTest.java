package idiom.training.gan;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.pianoroll.PianoRoll;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecodedCellsTest {
    private static final int PITCHES = PianoRoll.PITCHES;
    private static final int MELODY = 48;

    /** Two windows: silence, and a held note. */
    private final float[] cells = new float[2 * PianoRoll.CELLS];

    private final float[] probabilities = new float[2 * PianoRoll.CELLS];

    DecodedCellsTest() {
        hold(cells, MELODY, 1);
        hold(probabilities, MELODY, 0.9f);
    }

    /** A pitch over the whole second window. */
    private static void hold(float[] all, int pitch, float value) {
        for (int step = 0; step < PianoRoll.STEPS; step++) {
            all[PianoRoll.CELLS + step * PITCHES + pitch] = value;
        }
    }

    private float[] decoded(boolean key, boolean keepKey, double limit) {
        return DecodedCells.of(cells, probabilities, new Recipe.Locks(false, key, keepKey, 16, limit).decoding(false));
    }

    /** The pitches of a step of the second window. */
    private static int[] pitches(float[] all, int step) {
        int from = PianoRoll.CELLS + step * PITCHES;
        return IntStream.range(0, PITCHES)
                .filter(pitch -> all[from + pitch] == 1)
                .toArray();
    }

    @Test
    void shouldKeepTheSurestOfWhatIsAdded() {
        hold(probabilities, 24, 0.7f);
        hold(probabilities, 36, 0.8f);
        hold(probabilities, 60, 0.6f);

        assertThat(pitches(decoded(false, false, 16), 5)).containsExactly(24, 36, MELODY, 60);
        assertThat(pitches(decoded(false, false, 3), 5)).containsExactly(24, 36, MELODY);
        assertThat(pitches(decoded(false, false, 2), 5)).containsExactly(36, MELODY);
        assertThat(pitches(decoded(false, false, 1), 5)).containsExactly(MELODY);
    }

    @Test
    void shouldAddNothingToSilence() {
        probabilities[100] = 0.9f;
        assertThat(Arrays.copyOf(decoded(false, false, 16), PianoRoll.CELLS)).containsOnly(0);
    }

    @Test
    void shouldTakeBackWhatWouldMakeTheKeyAnotherOne() {
        // C major, then so much of F sharp major's triad that it is heard instead.
        for (int pitch : new int[] {52, 55}) {
            hold(cells, pitch, 1);
            hold(probabilities, pitch, 0.9f);
        }
        for (int pitch : new int[] {18, 22, 25, 30, 34, 37, 42, 46}) {
            hold(probabilities, pitch, 0.7f);
        }
        assertThat(pitches(decoded(false, false, 16), 0)).contains(30, 34, 37);
        assertThat(LockMasks.keyOf(masks(decoded(false, false, 16)))).isNotEqualTo(LockMasks.keyOf(masks(cells)));
        assertThat(LockMasks.keyOf(masks(decoded(false, true, 16)))).isEqualTo(LockMasks.keyOf(masks(cells)));
    }

    private static long[] masks(float[] all) {
        long[] masks = new long[PITCHES];
        PianoRoll.masksOfCells(all, PianoRoll.CELLS, 0.5f, masks);
        return masks;
    }
}

package idiom.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HopGeneratorTest {

    /** Says at each cell how many cells sound at or before its step in the window, over a thousand. */
    private static final class Counting implements Generator {
        @Override
        public int maxBatch() {
            return 2;
        }

        @Override
        public void generate(float[] windows, float[] probabilities, int count) {
            for (int window = 0; window < count; window++) {
                float sum = 0;
                for (int cell = 0; cell < PianoRoll.CELLS; cell++) {
                    sum += windows[window * PianoRoll.CELLS + cell];
                    probabilities[window * PianoRoll.CELLS + cell] = sum / 1000;
                }
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** Says at each cell how many cells sound in the whole window, over a thousand. */
    private static final class Whole implements Generator {
        @Override
        public int maxBatch() {
            return 1;
        }

        @Override
        public void generate(float[] windows, float[] probabilities, int count) {
            float sum = 0;
            for (int cell = 0; cell < PianoRoll.CELLS; cell++) {
                sum += windows[cell];
            }
            for (int cell = 0; cell < PianoRoll.CELLS; cell++) {
                probabilities[cell] = sum / 1000;
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** Two phrases; pitch index 5 sounds in the first eight steps of the first, everywhere in the second. */
    private static float[] phrases() {
        float[] cells = new float[2 * PianoRoll.CELLS];
        for (int step = 0; step < PianoRoll.STEPS; step++) {
            cells[step * PianoRoll.PITCHES + 5] = step < 8 ? 1 : 0;
            cells[PianoRoll.CELLS + step * PianoRoll.PITCHES + 5] = 1;
        }
        return cells;
    }

    /** A generator that looks back alone does not notice the hops. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16, 64})
    void shouldPutEachHopInItsPlace(int hop) {
        float[] expected = new float[2 * PianoRoll.CELLS];
        new Counting().generate(phrases(), expected, 2);
        float[] actual = new float[2 * PianoRoll.CELLS];
        new HopGenerator(new Counting(), hop, Before.SILENCE).generate(phrases(), actual, 2);

        assertThat(actual).containsExactly(expected);
    }

    @Test
    void shouldHearNothingOfWhatComesLater() {
        float[] actual = new float[PianoRoll.CELLS];
        new HopGenerator(new Whole(), 4, Before.SILENCE).generate(phrases(), actual, 1);

        assertThat(actual[0]).isEqualTo(0.004f);
        assertThat(actual[7 * PianoRoll.PITCHES]).isEqualTo(0.008f);
        assertThat(actual[63 * PianoRoll.PITCHES]).isEqualTo(0.008f);
    }

    /** Eight cells of the phrase played before, and the first of its own in the window's last steps. */
    @Test
    void shouldHearThePhraseBeforeItself() {
        float[] seen = new float[PianoRoll.CELLS];
        Generator recorder = Generators.of(window -> {
            window.toCells(seen, 0);
            return window;
        });
        float[] actual = new float[PianoRoll.CELLS];
        new HopGenerator(recorder, 4, Before.ITSELF).generate(phrases(), actual, 1);
        // The last window is the phrase; what came out is what went in.
        assertThat(seen).containsExactly(Arrays.copyOf(phrases(), PianoRoll.CELLS));

        float[] window = new float[PianoRoll.CELLS];
        Before.ITSELF.window(phrases(), 0, 4, window, 0);
        for (int step = 0; step < PianoRoll.STEPS; step++) {
            assertThat(window[step * PianoRoll.PITCHES + 5])
                    .as("step %d", step)
                    .isEqualTo(step < 4 || step >= 60 ? 1 : 0);
        }
        new HopGenerator(new Whole(), 4, Before.ITSELF).generate(phrases(), actual, 1);
        assertThat(actual).containsOnly(0.008f);
    }

    @Test
    void shouldRefuseAHopThatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HopGenerator(new Whole(), 3, Before.ITSELF))
                .withMessage("hop must divide 64 steps: hopSteps=3");
    }
}

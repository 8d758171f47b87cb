package idiom.training.gan;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.pianoroll.PianoRoll;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentWeightsTest {
    private static final int SECOND = PianoRoll.CELLS;

    /** Two windows: C4 for two steps under G4 for one, pitch 36 and 43 of 84; and silence. */
    private static float[] cells() {
        float[] cells = new float[2 * PianoRoll.CELLS];
        cells[36] = 1;
        cells[43] = 1;
        cells[PianoRoll.PITCHES + 36] = 1;
        return cells;
    }

    private static float[] weights(String... changes) {
        return ContentWeights.of(
                cells(),
                RecipeText.read("losses.content = 0.5", List.of(changes)).losses());
    }

    @Test
    void shouldBeTheSameEverywhereWithoutMore() {
        assertThat(weights()).containsOnly(0.5f);
    }

    @Test
    void shouldGuardTheTopLineAndAllAboveIt() {
        float[] weights = weights("losses.tune=2");

        assertThat(weights[43]).isEqualTo(2.5f);
        assertThat(weights[83]).isEqualTo(2.5f);
        assertThat(weights[42]).isEqualTo(0.5f);
        assertThat(weights[36]).isEqualTo(0.5f);
        assertThat(weights[PianoRoll.PITCHES + 36]).isEqualTo(2.5f);
        assertThat(weights[PianoRoll.PITCHES + 37]).isEqualTo(2.5f);
        assertThat(weights[PianoRoll.PITCHES + 35]).isEqualTo(0.5f);
    }

    @Test
    void shouldGuardAllOfASilentStep() {
        float[] weights = weights("losses.tune=2");

        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            assertThat(weights[2 * PianoRoll.PITCHES + pitch]).isEqualTo(2.5f);
            assertThat(weights[SECOND + pitch]).isEqualTo(2.5f);
        }
    }

    /** C sounds twice, G once: adding C costs nothing more, G half of the weight, all others the whole. */
    @Test
    void shouldGradeForeignPitchClasses() {
        float[] weights = weights("losses.foreign=4");

        assertThat(weights[36 + 12]).isEqualTo(0.5f);
        assertThat(weights[43 + 12]).isEqualTo(0.5f + 2);
        assertThat(weights[37]).isEqualTo(0.5f + 4);
        assertThat(weights[50 * PianoRoll.PITCHES + 1]).isEqualTo(0.5f + 4);
        assertThat(weights[36]).as("what sounds is not added").isEqualTo(0.5f);
        assertThat(weights[43]).isEqualTo(0.5f);
    }

    @Test
    void shouldCallNothingForeignToSilence() {
        float[] weights = weights("losses.foreign=4");

        assertThat(weights[SECOND + 1]).isEqualTo(0.5f);
    }
}

package idiom.training.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.attribution.motif.PhraseNote;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SaliencyMapTest {
    /** A note C4 of three steps and an E4 of one. */
    private static final PianoRoll ROLL = Rolls.of(60, 0, 3, 64, 2, 1);

    @Test
    void shouldKeepPositiveGradientsWhereSomethingSounds() {
        float[] gradients = new float[PianoRoll.CELLS];
        Arrays.fill(gradients, 7);
        SaliencyMap map = SaliencyMap.of(ROLL, set(gradients, 0.5f, -3, 2, 1), 0);

        assertThat(map.cellCount()).isEqualTo(3);
        assertThat(map.at(0, 36)).isEqualTo(0.5f);
        assertThat(map.at(1, 36)).isZero();
        assertThat(map.at(2, 40)).isEqualTo(1);
        assertThat(map.at(3, 36)).isZero();
        assertThat(map.max()).isEqualTo(2);
        assertThat(map.sum()).isEqualTo(3.5);
    }

    @Test
    void shouldScaleEachPhraseToItsOwnMaximum() {
        SaliencyMap map = SaliencyMap.of(ROLL, set(new float[PianoRoll.CELLS], 0.4f, -3, 2, 0.5f), 0)
                .normalised();

        assertThat(map.at(2, 36)).isEqualTo(1);
        assertThat(map.at(0, 36)).isEqualTo(0.2f);
        assertThat(map.at(2, 40)).isEqualTo(0.25f);
        // A quarter stays, less goes.
        assertThat(map.from(SaliencyMap.THRESHOLD).at(2, 40)).isEqualTo(0.25f);
        assertThat(map.from(SaliencyMap.THRESHOLD).cellCount()).isEqualTo(2);
        assertThat(SaliencyMap.of(ROLL, new float[PianoRoll.CELLS], 0)
                        .normalised()
                        .max())
                .isZero();
    }

    @Test
    void shouldTakeTheMeanOverANote() {
        SaliencyMap map = SaliencyMap.of(ROLL, set(new float[PianoRoll.CELLS], 1, -3, 2, 0.5f), 0);

        assertThat(map.of(new PhraseNote(60, 0, 3))).isEqualTo(1);
        assertThat(map.of(new PhraseNote(64, 2, 1))).isEqualTo(0.5);
    }

    @Test
    void shouldSayHowConcentratedItIs() {
        SaliencyMap map = SaliencyMap.of(ROLL, set(new float[PianoRoll.CELLS], 1, 1, 2, 0), 0);

        // A tenth of four cells is one.
        assertThat(map.sumOfHighest(0.1)).isCloseTo(0.5, within(1e-9));
        assertThat(map.sumOfHighest(0.5)).isCloseTo(0.75, within(1e-9));
        assertThat(map.sumOfHighest(1)).isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldRefuseWhatIsNoNumber() {
        assertThatThrownBy(() -> SaliencyMap.of(ROLL, set(new float[PianoRoll.CELLS], Float.NaN, 0, 0, 0), 0))
                .hasMessage("the classifier's gradient is no number: step=0 pitch=60 gradient=NaN");
    }

    /** Gradients at the four sounding cells: C4 at steps 0 to 2, E4 at step 2. */
    private static float[] set(float[] gradients, float... values) {
        gradients[36] = values[0];
        gradients[84 + 36] = values[1];
        gradients[2 * 84 + 36] = values[2];
        gradients[2 * 84 + 40] = values[3];
        return gradients;
    }
}

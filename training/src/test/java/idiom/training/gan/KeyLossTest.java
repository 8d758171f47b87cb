package idiom.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.harmony.KeyFinder;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.net.Device;
import idiom.training.net.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class KeyLossTest {
    private static final int[] C_MAJOR = {0, 4, 7, 0, 5, 9, 7, 11, 2, 0};
    private static final int[] F_SHARP_MAJOR = {6, 10, 1, 6, 11, 3, 1, 5, 8, 6};

    /** Each pitch class for a step of its own, in the fifth octave of the roll. */
    private static float[] melody(int... classes) {
        float[] cells = new float[PianoRoll.CELLS];
        for (int step = 0; step < classes.length; step++) {
            cells[step * PianoRoll.PITCHES + 48 + classes[step]] = 1;
        }
        return cells;
    }

    private static double loss(float[] fakes, float[] cells) {
        try (PointerScope scope = new PointerScope()) {
            return KeyLoss.of(tensor(fakes), cells).item_double();
        }
    }

    private static Tensor tensor(float[] cells) {
        return Device.CPU.tensor(cells, cells.length / PianoRoll.CELLS, 1, PianoRoll.STEPS, PianoRoll.PITCHES);
    }

    @Test
    void shouldBeLowInTheSameKeyAndHighInAnother() {
        double same = loss(melody(C_MAJOR), melody(C_MAJOR));
        double other = loss(melody(F_SHARP_MAJOR), melody(C_MAJOR));

        assertThat(same).isBetween(0.0, Math.log(2));
        assertThat(other).isGreaterThan(20);
    }

    /** Of a single C, whose centred durations are 11/12 once and -1/12 eleven times. */
    @Test
    void shouldBeTheCrossEntropyOfTheCorrelations() {
        float[] one = melody(0);
        double[] logits = new double[24];
        double[] chroma = new double[12];
        for (int i = 0; i < 12; i++) {
            chroma[i] = (i == 0 ? 1 : 0) - 1 / 12.0;
        }
        double length = Math.sqrt(11 / 12.0 + 1e-3);
        double[][] profiles = KeyFinder.standard().profiles();
        double sum = 0;
        for (int key = 0; key < 24; key++) {
            for (int i = 0; i < 12; i++) {
                logits[key] += 50 * chroma[i] / length * profiles[key][i];
            }
            sum += Math.exp(logits[key]);
        }
        int key = KeyFinder.indexOf(KeyFinder.standard()
                .find(PianoRoll.ofCells(one, 0, 0.5f))
                .orElseThrow()
                .key());

        assertThat(loss(one, one)).isCloseTo(Math.log(sum) - logits[key], within(1e-3));
    }

    @Test
    void shouldLeaveOutWhatHasNoKey() {
        float[] both = new float[2 * PianoRoll.CELLS];
        System.arraycopy(melody(C_MAJOR), 0, both, 0, PianoRoll.CELLS);

        assertThat(loss(both, both)).isCloseTo(loss(melody(C_MAJOR), melody(C_MAJOR)), within(1e-6));
        assertThat(loss(new float[PianoRoll.CELLS], new float[PianoRoll.CELLS])).isZero();
    }

    @Test
    void shouldHaveAGradientInSilence() {
        try (PointerScope scope = new PointerScope()) {
            Tensor silence = tensor(new float[PianoRoll.CELLS]).requires_grad_(true);
            KeyLoss.of(silence, melody(C_MAJOR)).backward();
            for (float slope : Tensors.toArray(silence.grad())) {
                assertThat(slope).isFinite();
            }
        }
    }

    /** Two C major chords and one of D flat: less of the foreign and more of the own makes the loss smaller. */
    @Test
    void shouldPullTowardsTheKeyBefore() {
        float[] fakes = melody(0, 4, 7, 0, 4, 7, 0, 1, 5, 8);
        float[] gradient;
        try (PointerScope scope = new PointerScope()) {
            Tensor leaf = tensor(fakes).requires_grad_(true);
            KeyLoss.of(leaf, melody(C_MAJOR)).backward();
            gradient = Tensors.toArray(leaf.grad());
        }
        assertThat(gradient[48]).as("a C more").isNegative();
        assertThat(gradient[48 + 8]).as("an A flat more").isPositive();
        double before = loss(fakes, melody(C_MAJOR));
        for (int i = 0; i < fakes.length; i++) {
            fakes[i] -= 0.001f * gradient[i];
        }
        assertThat(loss(fakes, melody(C_MAJOR))).isLessThan(before);
    }
}

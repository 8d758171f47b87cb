package idiom.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.attribution.Rolls;
import idiom.training.net.Device;
import idiom.training.net.Tensors;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class CrumbLossTest {
    private static final Offset<Double> EXACTLY = within(1e-7);
    private static final double PLACES = (PianoRoll.STEPS - 1) * PianoRoll.PITCHES;
    private static final PianoRoll BEFORE = Rolls.of(60, 0, 16, 48, 0, 64);

    @Test
    void shouldCountWhereChangesBeginAndEnd() {
        assertThat(loss(BEFORE)).isZero();
        // A note of six cells has a beginning and an end; three of two have three of each.
        assertThat(loss(Rolls.of(60, 0, 16, 48, 0, 64, 72, 8, 6))).isCloseTo(2 / PLACES, EXACTLY);
        assertThat(loss(Rolls.of(60, 0, 16, 48, 0, 64, 72, 8, 2, 72, 12, 2, 72, 16, 2)))
                .isCloseTo(6 / PLACES, EXACTLY);
        // What ends sooner is one piece, as is what is prolonged; a hole in a note has two edges, a missing note as
        // many as it had.
        assertThat(loss(Rolls.of(60, 0, 9, 48, 0, 64))).isCloseTo(2 / PLACES, EXACTLY);
        assertThat(loss(Rolls.of(60, 0, 20, 48, 0, 64))).isCloseTo(2 / PLACES, EXACTLY);
        assertThat(loss(Rolls.of(60, 0, 16, 48, 0, 30, 48, 32, 32))).isCloseTo(2 / PLACES, EXACTLY);
        assertThat(loss(Rolls.of(60, 0, 16))).isZero();
    }

    @Test
    void shouldTakeSingleCellsAwayAndLetRunsGrow() {
        float[] slope = slope(Rolls.of(60, 0, 16, 48, 0, 64, 72, 8, 1, 84, 8, 3));

        assertThat(at(slope, 8, 72)).isEqualTo(2);
        assertThat(at(slope, 7, 72)).isEqualTo(-1);
        assertThat(at(slope, 9, 72)).isEqualTo(-1);
        assertThat(at(slope, 8, 84)).isEqualTo(1);
        assertThat(at(slope, 9, 84)).isZero();
        assertThat(at(slope, 11, 84)).isEqualTo(-1);
        assertThat(at(slope, 30, 72)).isZero();
    }

    private static double loss(PianoRoll after) {
        try (PointerScope scope = new PointerScope()) {
            return Tensors.number(CrumbLoss.of(tensor(after), tensor(BEFORE)));
        }
    }

    private static float[] slope(PianoRoll after) {
        try (PointerScope scope = new PointerScope()) {
            Tensor fakes = tensor(after).set_requires_grad(true);
            CrumbLoss.of(fakes, tensor(BEFORE)).backward();
            return Tensors.toArray(fakes.grad());
        }
    }

    /** In units of one place. */
    private static long at(float[] slope, int step, int pitch) {
        return Math.round(slope[step * PianoRoll.PITCHES + pitch - PianoRoll.LOWEST_PITCH] * PLACES);
    }

    private static Tensor tensor(PianoRoll roll) {
        float[] cells = new float[PianoRoll.CELLS];
        roll.toCells(cells, 0);
        return Device.CPU.tensor(cells, 1, 1, PianoRoll.STEPS, PianoRoll.PITCHES);
    }
}

package idiom.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.Synthetic;
import idiom.training.net.Device;
import idiom.training.net.Tensors;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** One note came in; the generator keeps it and wants two more, of which a limit leaves the surer one. */
class HeardTest {
    private static final int KEPT = 48;
    private static final int SURE = 40;
    private static final int UNSURE = 30;

    private final float[] source = new float[PianoRoll.CELLS];
    private final float[] wanted = new float[PianoRoll.CELLS];

    HeardTest() {
        source[KEPT] = 1;
        Arrays.fill(wanted, -4);
        wanted[KEPT] = 2;
        wanted[SURE] = 3;
        wanted[UNSURE] = 1;
    }

    private static Tensor fakes(Tensor logits) {
        Tensor probabilities = torch.sigmoid(logits);
        Tensor hard = logits.detach().gt(Tensors.scalar(0)).to(probabilities.scalar_type());
        return hard.sub(probabilities.detach()).add(probabilities);
    }

    private void check(float[] sounding, float[] gradient, double unheard, String... changes) {
        try (PointerScope scope = new PointerScope()) {
            Tensor logits = Device.CPU.tensor(wanted, 1, 1, PianoRoll.STEPS, PianoRoll.PITCHES);
            logits.requires_grad_(true);
            Heard heard = Heard.of(Device.CPU, Synthetic.recipe(changes), true, logits, fakes(logits), source);

            float[] cells = Tensors.toArray(heard.cells());
            assertThat(new float[] {cells[KEPT], cells[SURE], cells[UNSURE]}).containsExactly(sounding);
            assertThat(Tensors.number(heard.unheard(logits).mul(Tensors.scalar(PianoRoll.CELLS))))
                    .isCloseTo(unheard, within(1e-4));
            heard.cells().sum().backward();
            float[] slopes = Tensors.toArray(logits.grad());
            for (int i = 0; i < gradient.length; i++) {
                assertThat(slopes[new int[] {KEPT, SURE, UNSURE}[i]]).isCloseTo(gradient[i], within(1e-4f));
            }
        }
    }

    private static float slope(double logit) {
        double p = 1 / (1 + Math.exp(-logit));
        return (float) (p * (1 - p));
    }

    @Test
    void shouldBeAllThatIsWantedWithoutLocks() {
        check(new float[] {1, 1, 1}, new float[] {slope(2), slope(3), slope(1)}, 0, "losses.straight-through=true");
    }

    @Test
    void shouldHearAndTeachWhatALimitLeaves() {
        check(
                new float[] {1, 1, 0},
                new float[] {slope(2), slope(3), 0},
                Math.log1p(Math.exp(1)),
                "losses.straight-through=true",
                "locks.density-limit-there=2");
    }

    @Test
    void shouldLeaveTheOtherDirectionAlone() {
        check(
                new float[] {1, 1, 1},
                new float[] {slope(2), slope(3), slope(1)},
                0,
                "losses.straight-through=true",
                "locks.density-limit-back=2");
    }
}

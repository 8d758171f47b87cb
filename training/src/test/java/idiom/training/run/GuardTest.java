package idiom.training.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import idiom.training.gan.StepLosses;
import org.junit.jupiter.api.Test;

class GuardTest {

    private static StepLosses losses(int step, double cycle, double generatorNorm, double judgeNorm) {
        return new StepLosses(step, 1, 1, cycle, 1, 0.5, 0.5, 0.6, 0.4, generatorNorm, judgeNorm);
    }

    @Test
    void shouldStopAtALossThatIsNotFinite() {
        for (double broken : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            StepLosses losses = losses(7, broken, 1, 1);
            assertThatExceptionOfType(Guard.TrainingDied.class)
                    .isThrownBy(() -> new Guard(0).check(losses))
                    .withMessage("step 7: a loss is not finite (" + losses
                            + "); lower schedule.rate, or train with precision=fp32")
                    .withMessageNotContaining("\n");
        }
    }

    @Test
    void shouldStopAtAGradientThatIsNotFiniteInTheWarmUpToo() {
        assertThatExceptionOfType(Guard.TrainingDied.class)
                .isThrownBy(() -> new Guard(10).check(losses(3, 0, 0, Double.NaN)))
                .withMessageStartingWith("step 3: a loss is not finite");
    }

    @Test
    void shouldStopWhenGeneratorsStandStill() {
        Guard guard = new Guard(0);
        for (int step = 0; step < 24; step++) {
            guard.check(losses(step, 1, 9e-8, 1));
        }
        assertThatExceptionOfType(Guard.TrainingDied.class)
                .isThrownBy(() -> guard.check(losses(24, 1, 9e-8, 1)))
                .withMessage("step 24: the gradients of the generators have vanished for 25 steps (norm below 1.0E-7),"
                        + " weights stand still; give the generator a skip, or lower the rates");
    }

    @Test
    void shouldStopWhenJudgesStandStillInTheWarmUpToo() {
        Guard guard = new Guard(100);
        for (int step = 0; step < 24; step++) {
            guard.check(losses(step, 0, 0, 0));
        }
        assertThatExceptionOfType(Guard.TrainingDied.class)
                .isThrownBy(() -> guard.check(losses(24, 0, 0, 0)))
                .withMessageStartingWith("step 24: the gradients of the discriminators have vanished for 25 steps");
    }

    @Test
    void shouldBearAQuietWarmUp() {
        Guard guard = new Guard(60);
        assertThatCode(() -> {
                    for (int step = 0; step < 60; step++) {
                        guard.check(losses(step, 0, 0, 1));
                    }
                    // Only what comes after counts.
                    for (int step = 60; step < 84; step++) {
                        guard.check(losses(step, 1, 0, 1));
                    }
                })
                .doesNotThrowAnyException();
        assertThatExceptionOfType(Guard.TrainingDied.class).isThrownBy(() -> guard.check(losses(84, 1, 0, 1)));
    }

    @Test
    void shouldForgetQuietStepsAfterALoudOne() {
        Guard guard = new Guard(0);
        assertThatCode(() -> {
                    for (int step = 0; step < 200; step++) {
                        guard.check(losses(step, 1, step % 25 == 24 ? 1e-6 : 0, step % 25 == 10 ? 1 : 0));
                    }
                })
                .doesNotThrowAnyException();
    }
}

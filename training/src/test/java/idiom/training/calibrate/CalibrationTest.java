package idiom.training.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.training.evaluate.DirectionResult;
import idiom.training.evaluate.Measured;
import idiom.training.evaluate.PairResult;
import idiom.training.evaluate.Spread;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final Offset<Double> EXACTLY = within(1e-9);

    private static double score(DirectionResult there, DirectionResult back) {
        return Calibration.score(new PairResult(0.9, there, back));
    }

    private static DirectionResult direction(double p, double content, double density) {
        return Measured.direction(p, new Spread(content, 0), density, 1, 0, 1);
    }

    @Test
    void shouldBeTheStrengthOfBothWaysWhereAllIsKept() {
        assertThat(score(direction(0.2, 0.3, 1), direction(0.4, 0.66, 1))).isCloseTo(0.7, EXACTLY);
    }

    /** A tenth beyond the limit of content change costs checkpoints 0.05. */
    @Test
    void shouldCostTenTimesWhatItCostsCheckpoints() {
        assertThat(score(direction(0, 0.76, 1), direction(0, 0, 1))).isCloseTo(1 - 0.5 / 2, EXACTLY);
        DirectionResult sure = Measured.direction(0, new Spread(0.66, Math.sqrt(10) / 20), 1, 1, 0, 1);
        assertThat(score(sure, direction(0, 0, 1))).isCloseTo(1 - 0.5 / 2, EXACTLY);
    }

    /** Half and twice the target genre's cost the same, beside what lies beyond the limits. */
    @Test
    void shouldLeanTowardsTheDensityOfTheTargetGenre() {
        double lean = 0.5 * Math.log(1.25) / 2;
        assertThat(score(direction(0, 0, 1.25), direction(0, 0, 1))).isCloseTo(1 - lean, EXACTLY);
        assertThat(score(direction(0, 0, 0.8), direction(0, 0, 1))).isCloseTo(1 - lean, EXACTLY);
        assertThat(score(direction(0, 0, 0), direction(0, 0, 1))).isBetween(-3.0, -2.0);
    }
}

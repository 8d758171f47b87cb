package idiom.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.training.evaluate.DirectionResult;
import idiom.training.evaluate.Measured;
import idiom.training.evaluate.PairResult;
import idiom.training.evaluate.ScorePenalty;
import idiom.training.evaluate.Spread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {

    /** A strength of (1 + 1 - 2 p) / 2 at this content change and density ratio, all else as it should be. */
    private static DirectionResult direction(double p, double change, double density) {
        return direction(p, change, density, 0.75, 0.05, 0.85);
    }

    private static DirectionResult direction(
            double p, double change, double density, double tune, double keys, double chroma) {
        return Measured.direction(p, new Spread(change, 0), density, tune, keys, chroma);
    }

    private static double score(DirectionResult there, DirectionResult back) {
        return new Validation(3, new PairResult(0.9, there, back)).score();
    }

    @Test
    void shouldScoreTheWeakerDirection() {
        assertThat(score(direction(0.2, 0.5, 1), direction(0.7, 0.5, 1))).isCloseTo(0.3, within(1e-9));
        assertThat(score(direction(0.7, 0.5, 1), direction(0.2, 0.5, 1))).isCloseTo(0.3, within(1e-9));
    }

    @Test
    void shouldTakeNothingOffWithinTheLimits() {
        DirectionResult good = direction(0, 0.1, 1);
        assertThat(score(direction(0.2, 0.66, 1.4), good)).isCloseTo(0.8, within(1e-9));
        assertThat(score(direction(0.2, 0, 0.7, 1, 0, 1), good)).isCloseTo(0.8, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        // content change, density, tune F1, key changes, chroma: what is taken off
        "1.66, 1,   0.75, 0.05, 0.85, 0.5",
        "0.68, 1,   0.75, 0.05, 0.85, 0.01",
        "0,    1.8, 0.75, 0.05, 0.85, 0.2",
        "0,    0.5, 0.75, 0.05, 0.85, 0.1",
        "0,    1,   0.35, 0.05, 0.85, 0.4",
        "0,    1,   0.75, 0.30, 0.85, 0.25",
        "0,    1,   0.75, 0.05, 0.65, 0.2",
        "1.06, 1.6, 0.70, 0.10, 0.80, 0.45"
    })
    void shouldTakeOffWhatGoesBeyond(
            double change, double density, double tune, double keys, double chroma, double penalty) {
        DirectionResult poor = direction(0.2, change, density, tune, keys, chroma);
        assertThat(ScorePenalty.of(poor)).isCloseTo(penalty, within(1e-9));
        assertThat(score(poor, direction(0, 0, 1))).isCloseTo(0.8 - penalty, within(1e-9));
    }

    /** 10 phrases. */
    @Test
    void shouldKeepAReserveWhereAsked() {
        DirectionResult near = Measured.direction(0.2, new Spread(0.65, Math.sqrt(10) / 10), 1, 0.75, 0.05, 0.85);
        assertThat(ScorePenalty.of(near)).isZero();
        assertThat(ScorePenalty.of(near, 2)).isCloseTo(0.5 * (0.65 + 0.2 - 0.66), within(1e-9));
    }

    @Test
    void shouldWriteARowAsItsHeaderSays() {
        Validation look = new Validation(
                3, new PairResult(0.9, direction(0.2, 0.5, 1), direction(0.6, 0.25, 0.75, 0.5, 0.25, 0.875)));

        assertThat(look.toCsv())
                .isEqualTo("3,-0.0500,0.6000,0.8000,0.2500,0.5000,0.7500,1.0000,0.0500,"
                        + "0.4000,0.2500,0.2500,0.5000,0.7500,0.2500,"
                        + "0.8500,0.0000,0.8750,0.4500");
        assertThat(look.toCsv().split(",")).hasSameSizeAs(Validation.CSV_HEADER.split(","));
        assertThat(look.summary())
                .isEqualTo("validation at step 3: score -0.050, S_tot 0.600"
                        + " | jazz to pop: S 0.800 (random 0.250), content change 0.50, tune 0.75, key changes 5 %,"
                        + " density 1.00"
                        + " | jazz to pop: S 0.400 (random 0.250), content change 0.25, tune 0.50, key changes 25 %,"
                        + " density 0.75");
    }
}

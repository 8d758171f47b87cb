package idiom.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.metrics.TransferStrength;
import idiom.training.evaluate.DirectionResult;
import idiom.training.evaluate.MeanTexture;
import idiom.training.evaluate.PairResult;
import idiom.training.evaluate.Spread;
import org.junit.jupiter.api.Test;

class ValidationTest {

    /** A strength of (1 + 1 - 2 p) / 2 at this content change and density ratio. */
    private static DirectionResult direction(double p, double change, double density) {
        return new DirectionResult(
                "jazz",
                "pop",
                10,
                new TransferStrength(1, p, 1),
                0.01,
                0.75,
                new Spread(change, 0),
                new Spread(change, 0),
                new Spread(0, 0),
                change,
                0.5,
                1,
                0.25,
                0,
                new MeanTexture(4, 0, 0, 0),
                new MeanTexture(4 * density, 0, 0, 0),
                new MeanTexture(4, 0, 0, 0));
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
    void shouldTakeOffHalfOfWhatGoesTooFar() {
        DirectionResult good = direction(0, 0.5, 1);
        assertThat(score(direction(0.2, 1, 1.4), good)).isCloseTo(0.8, within(1e-9));
        assertThat(score(direction(0.2, 1.5, 1), good)).isCloseTo(0.55, within(1e-9));
        assertThat(score(direction(0.2, 0, 2), good)).isCloseTo(0.5, within(1e-9));
        assertThat(score(direction(0.2, 0, 0.5), good)).isCloseTo(0.7, within(1e-9));
    }

    @Test
    void shouldWriteARowAsItsHeaderSays() {
        Validation look = new Validation(3, new PairResult(0.9, direction(0.2, 0.5, 1), direction(0.6, 0.25, 0.75)));

        assertThat(look.toCsv())
                .isEqualTo("3,0.4000,0.6000,0.8000,0.2500,0.5000,0.5000,1.0000,0.2500,"
                        + "0.4000,0.2500,0.2500,0.5000,0.7500,0.2500");
        assertThat(look.toCsv().split(",")).hasSameSizeAs(Validation.CSV_HEADER.split(","));
        assertThat(look.summary())
                .isEqualTo("validation at step 3: score 0.400, S_tot 0.600"
                        + " | jazz to pop: S 0.800 (random 0.250), content change 0.50, tune 0.50, density 1.00"
                        + " | jazz to pop: S 0.400 (random 0.250), content change 0.25, tune 0.50, density 0.75");
    }
}

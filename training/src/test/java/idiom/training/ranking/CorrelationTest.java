package idiom.training.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CorrelationTest {

    @Test
    void shouldComputePearson() {
        // Deviations (-2, 0, 2) and (-1, -1, 2): 6 over the root of 8 times 6.
        assertThat(Correlation.pearson(new double[] {1, 3, 5}, new double[] {0, 0, 3}))
                .isCloseTo(6 / Math.sqrt(48), within(1e-15));
        assertThat(Correlation.pearson(new double[] {1, 2, 3}, new double[] {-2, -4, -6}))
                .isCloseTo(-1, within(1e-15));
        assertThat(Correlation.pearson(new double[] {-1, 0, 1}, new double[] {1, 0, 1}))
                .isZero();
    }

    @Test
    void shouldShareRanksAmongEquals() {
        assertThat(Correlation.meanRanks(new double[] {10, 30, 20, 20, 40, 20})).containsExactly(1, 5, 3, 3, 6, 3);
        assertThat(Correlation.meanRanks(new double[] {0.0, -0.0, -1})).containsExactly(2.5, 2.5, 1);
        assertThat(Correlation.meanRanks(new double[0])).isEmpty();
    }

    @Test
    void shouldComputeSpearmanWithTies() {
        // Ranks (1, 2.5, 2.5, 4) and (1, 3, 2, 4): deviations (-1.5, 0, 0, 1.5) and (-1.5, 0.5, -0.5, 1.5), so 4.5 over
        // the
        // root of 4.5 times 5.
        assertThat(Correlation.spearman(new double[] {1, 7, 7, 8}, new double[] {0, 100, 10, 1000}))
                .isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(1e-15));
        assertThat(Correlation.spearman(new double[] {1, 2, 3}, new double[] {1, 10, 10_000}))
                .isCloseTo(1, within(1e-15));
    }

    @Test
    void shouldHaveNoneWhereNothingChanges() {
        assertThat(Correlation.pearson(new double[] {0.1, 0.1, 0.1}, new double[] {1, 2, 3}))
                .isNaN();
        assertThat(Correlation.spearman(new double[] {1, 2}, new double[] {4, 4}))
                .isNaN();
        assertThat(Correlation.pearson(new double[] {1}, new double[] {2})).isNaN();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Correlation.pearson(new double[] {1}, new double[] {1, 2}))
                .withMessage("columns must be of one length: x=1 y=2");
    }
}

package idiom.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void shouldGiveMeanAndPopulationDeviation() {
        double[] values = {2, 4, 4, 4, 5, 5, 7, 9};
        assertThat(Spread.over(8, i -> values[i])).isEqualTo(new Spread(5, 2));
    }

    @Test
    void shouldLeaveOutWhatIsNoNumber() {
        double[] values = {1, Double.NaN, 3};
        assertThat(Spread.over(3, i -> values[i])).isEqualTo(new Spread(2, 1));
        assertThat(Spread.over(1, i -> Double.NaN)).isEqualTo(new Spread(Double.NaN, Double.NaN));
    }

    @Test
    void shouldNotFallBelowNoDeviationByRounding() {
        assertThat(Spread.over(3, i -> 0.1).deviation()).isBetween(0.0, 1e-8);
    }
}

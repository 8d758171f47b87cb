package idiom.training.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NullTestTest {
    @Test
    void shouldKnowMeanAndDeviationExactly() {
        // Two of four weights 0, 0, 0, 4: a sum of 4 in half of the deals, else 0.
        NullTest.Outcome outcome = run(new double[] {4, 0, 0, 0}, groups(4), new int[] {0, 1});

        assertThat(outcome.observed()).isEqualTo(4);
        assertThat(outcome.mean()).isEqualTo(2);
        assertThat(outcome.deviation()).isCloseTo(2, within(1e-12));
        assertThat(outcome.z()).isCloseTo(1, within(1e-12));
        // Both outcomes lie as far from the mean.
        assertThat(outcome.p()).isEqualTo(1);
        assertThat(outcome.low()).isZero();
        assertThat(outcome.high()).isEqualTo(4);
    }

    @Test
    void shouldTellARareDealFromACommonOne() {
        double[] weights = new double[50];
        weights[0] = 1;

        assertThat(run(weights, groups(50), new int[] {0}).p()).isCloseTo(0.02, within(0.01));
        assertThat(run(weights, groups(50), new int[] {1}).p()).isEqualTo(1);
    }

    @Test
    void shouldNotMoveWeightsOutOfTheirGroups() {
        // All of the first group are alike, so nothing can change.
        List<int[]> groups = List.of(new int[] {0, 1}, new int[] {2, 3});
        NullTest.Outcome outcome = run(new double[] {3, 3, 0, 1}, groups, new int[] {0});

        assertThat(outcome.isTestable()).isFalse();
        assertThat(outcome.mean()).isEqualTo(3);
        assertThat(outcome.p()).isEqualTo(1);
        assertThat(outcome.z()).isNaN();
        assertThat(run(new double[] {3, 3, 0, 1}, groups, new int[] {3}).mean()).isEqualTo(0.5);
    }

    @Test
    void shouldAgreeWithItsOwnPermutations() {
        SplittableRandom random = new SplittableRandom(3);
        double[] weights = random.doubles(40).toArray();
        NullTest.Outcome outcome =
                run(weights, groups(40), IntStream.range(0, 15).toArray());

        // 95 % of a bell lie within 1.96 deviations.
        assertThat(outcome.low()).isCloseTo(outcome.mean() - 1.96 * outcome.deviation(), within(0.15));
        assertThat(outcome.high()).isCloseTo(outcome.mean() + 1.96 * outcome.deviation(), within(0.15));
        assertThat(run(weights, groups(40), IntStream.range(0, 15).toArray())).isEqualTo(outcome);
    }

    @Test
    void shouldCorrectForManyTests() {
        // By hand: 0.01 * 4/1, 0.02 * 4/2, 0.03 * 4/3 and 0.5 * 4/4, each at most the next.
        double[] q = FalseDiscovery.q(new double[] {0.5, 0.01, Double.NaN, 0.03, 0.02});

        assertThat(q).containsExactly(new double[] {0.5, 0.04, Double.NaN, 0.04, 0.04}, within(1e-12));
        assertThat(FalseDiscovery.q(new double[0])).isEmpty();
    }

    private static List<int[]> groups(int size) {
        return List.of(IntStream.range(0, size).toArray());
    }

    private static NullTest.Outcome run(double[] weights, List<int[]> groups, int[] members) {
        return new NullTest(List.of(new NullTest.Block(weights, groups, new int[][] {members})), 1)
                .run(2000, 1, () -> {})[0];
    }
}

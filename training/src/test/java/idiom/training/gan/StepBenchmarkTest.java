package idiom.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import idiom.training.Synthetic;
import idiom.training.gan.StepBenchmark.Timing;
import idiom.training.gan.StepBenchmark.Variant;
import idiom.training.net.Device;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class StepBenchmarkTest {

    @Test
    void shouldCompareWithinEachRound() {
        List<Variant> variants =
                List.of(new Variant("plain", Synthetic.recipe(), 1), new Variant("other", Synthetic.recipe(), 2));
        // The machine is ten times slower in the second round and twice in the last: ratios do not mind.
        double[][] seconds = {{1, 3}, {10, 20}, {1, 2}, {2, 5}};

        List<Timing> timings = StepBenchmark.timings(variants, seconds);

        assertThat(timings.get(0).medianSeconds()).isEqualTo(1.5);
        assertThat(timings.get(0).medianRatio()).isEqualTo(1);
        assertThat(timings.get(1).medianSeconds()).isEqualTo(4);
        assertThat(timings.get(1).medianRatio()).isCloseTo(2.25, within(1e-12));
    }

    @Test
    void shouldTimeAllVariantsAndLeaveThreadsAsTheyWere() {
        Device.useThreads(2);
        Recipe warming = Synthetic.recipe("schedule.warmup=5", "schedule.steps=1");
        List<Integer> rounds = new ArrayList<>();

        List<Timing> timings = new StepBenchmark(
                        Device.CPU,
                        List.of(
                                new Variant("plain", warming, 1),
                                new Variant("last", Synthetic.recipe("layout=channels-last"), 1)))
                .run(1, 2, rounds::add);

        assertThat(rounds).containsExactly(1, 2, 3);
        assertThat(timings).extracting(timing -> timing.variant().name()).containsExactly("plain", "last");
        assertThat(timings).allSatisfy(timing -> {
            assertThat(timing.medianSeconds()).isBetween(1e-6, 60.0);
            assertThat(timing.medianRatio()).isPositive();
        });
        assertThat(torch.get_num_threads()).isEqualTo(2);
        Device.useThreads(1);
    }

    @Test
    void shouldRefuseNothingToTime() {
        StepBenchmark benchmark = new StepBenchmark(Device.CPU, List.of(new Variant("plain", Synthetic.recipe(), 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> benchmark.run(0, 0, round -> {}))
                .withMessage("rounds must be at least 1: rounds=0 warmupRounds=0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Variant("plain", Synthetic.recipe(), 0))
                .withMessage("threads must be at least 1: threads=0");
    }
}

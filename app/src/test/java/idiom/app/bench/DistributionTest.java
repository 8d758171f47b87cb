package idiom.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DistributionTest {
    private static final long MS = 1_000_000;

    @Test
    void shouldTakeTheNearestRank() {
        // 1000 values, 1 to 1000 ms, the last first.
        Distribution times = Distribution.of(
                LongStream.rangeClosed(1, 1000).map(i -> (1001 - i) * MS).toArray());

        assertThat(times.count()).isEqualTo(1000);
        assertThat(times.percentileMs(50)).isEqualTo(500);
        assertThat(times.percentileMs(99)).isEqualTo(990);
        assertThat(times.percentileMs(99.9)).isEqualTo(999);
        assertThat(times.percentileMs(0)).isEqualTo(1);
        assertThat(times.maxMs()).isEqualTo(1000);
        assertThat(times.columns()).isEqualTo("  500.000   990.000   999.000  1000.000");
    }

    @Test
    void shouldKnowNegativeDurationsAndFewOnes() {
        Distribution times = Distribution.of(new long[] {3 * MS, -2 * MS});

        assertThat(times.percentileMs(50)).isEqualTo(-2);
        assertThat(times.percentileMs(50.1)).isEqualTo(3);
        assertThat(times.maxMs()).isEqualTo(3);
        assertThat(times.json())
                .isEqualTo(
                        Map.of("count", 2, "leastMs", -2.0, "p50Ms", -2.0, "p99Ms", 3.0, "p999Ms", 3.0, "maxMs", 3.0));
    }

    @Test
    void shouldSayNothingOfNothing() {
        Distribution none = Distribution.of(new long[0]);

        assertThat(none.maxMs()).isNaN();
        assertThat(none.columns()).isEqualTo("-");
        assertThat(none.histogram()).isEmpty();
    }

    @Test
    void shouldDrawWhatThereIs() {
        // From 0 to 24 ns in twelve rows of three: log(2) / log(5) and log(4) / log(5) of 50 columns.
        assertThat(Distribution.of(new long[] {0, 24, 24, 24}).histogram().lines())
                .hasSize(9)
                .satisfies(rows -> {
                    assertThat(rows.get(0)).isEqualTo("      0.000 to     0.000 ms       1 " + "#".repeat(22));
                    assertThat(rows.get(1)).isEqualTo("      0.000 to     0.000 ms       0 ");
                    assertThat(rows.get(8)).isEqualTo("      0.000 to     0.000 ms       3 " + "#".repeat(43));
                });
        assertThat(Distribution.of(new long[] {5 * MS, 5 * MS}).histogram())
                .isEqualTo(String.format("      5.000 to     5.000 ms       2 %s%n", "#".repeat(50)));
    }
}

package idiom.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InferenceBenchmarkTest {

    @Test
    void shouldMeasureAGenerator() {
        InferenceReport report = InferenceBenchmark.run(
                "test", TestModels.neighbours(), InferenceOptions.defaults().withProvider(ExecutionProvider.CPU), 200);

        assertThat(report.windows()).isEqualTo(200);
        assertThat(report.p50Ns()).isPositive().isLessThanOrEqualTo(report.p99Ns());
        assertThat(report.p99Ns()).isLessThanOrEqualTo(report.maxNs());
        assertThat(report.bareP50Ns()).isPositive();
        assertThat(report.bytesPerWindow()).isBetween(0L, 1023L);
    }

    @Test
    void shouldDescribeInOneLine() {
        InferenceReport report = new InferenceReport(
                "jazz.onnx",
                new ProviderChoice(ExecutionProvider.CPU, "CPU, 1 thread"),
                300,
                3_300_000,
                4_000_000,
                9_000_000,
                3_000_000,
                600);

        assertThat(report.ratioToBare()).isCloseTo(1.1, within(1e-9));
        assertThat(report.description())
                .isEqualTo("jazz.onnx: p50 3.30 ms, p99 4.00 ms, max 9.00 ms over 300 windows; 1.100 of a bare ONNX"
                        + " Runtime call (3.00 ms); 600 bytes allocated per window; CPU, 1 thread");
    }

    @Test
    void shouldTakePercentilesByNearestRank() {
        long[] hundred = new long[100];
        for (int i = 0; i < 100; i++) {
            hundred[i] = i + 1;
        }
        assertThat(InferenceBenchmark.percentile(hundred, 50)).isEqualTo(50);
        assertThat(InferenceBenchmark.percentile(hundred, 99)).isEqualTo(99);
        assertThat(InferenceBenchmark.percentile(new long[] {7}, 50)).isEqualTo(7);
        assertThat(InferenceBenchmark.percentile(new long[] {1, 2, 3}, 50)).isEqualTo(2);
    }
}

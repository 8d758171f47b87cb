package idiom.training.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import idiom.training.classifier.NoiseAccuracy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccuracyReportTest {
    private static final List<NoiseAccuracy> ROWS = NoiseAccuracy.SIGMAS.stream()
            .map(sigma -> new NoiseAccuracy(sigma, 0.9 - sigma / 10, 0.875))
            .toList();
    /** The papers' pair, the other way round. */
    private static final AccuracyReport REPORT = new AccuracyReport(List.of(
            new AccuracyReport.Judge("a.ck", List.of("classic", "jazz"), 2250, 2100, ROWS),
            new AccuracyReport.Judge("b.ck", List.of("jazz", "tango"), 20, 0, ROWS)));

    @Test
    void shouldStandBesideWhatWasPublished() {
        List<String> lines = REPORT.toText().lines().toList();

        assertThat(lines).hasSize(2 + 3 + 1);
        assertThat(lines.get(0))
                .startsWith("| genres         | judge          | phrases    | sigma_C 0 | sigma_C 0.01 |");
        assertThat(lines.get(2))
                .startsWith("| classic / jazz | a.ck           | 2250 test  | 90.00 %   | 89.90 %      |");
        assertThat(lines.get(3)).startsWith("| classic / jazz | a.ck           | 2100 clean | 87.50 %   |");
        assertThat(lines.get(4))
                .startsWith("| classic / jazz | published 2018 |            | 88.89 %   | 88.53 %      |");
        assertThat(lines.get(5)).startsWith("| jazz / tango   | b.ck           | 20 test ");
    }

    @Test
    void shouldSayTheSameInCsvAndJson() throws IOException {
        List<String> csv = REPORT.toCsv().lines().toList();
        List<Object> json = JSON.std.listOfFrom(Object.class, REPORT.toJson());

        assertThat(csv).hasSize(1 + 12).hasSize(1 + json.size());
        assertThat(csv.get(0))
                .isEqualTo("judge,genres,phrases,sigma,accuracy,accuracy_without_flagged,accuracy_published");
        assertThat(csv.get(6)).isEqualTo("a.ck,classic / jazz,2250,0.5,0.85,0.875,0.7493");
        assertThat(csv.get(12)).isEqualTo("b.ck,jazz / tango,20,0.5,0.85,0.875,");
        assertThat(((Map<?, ?>) json.get(5)).get("accuracy_published")).isEqualTo(0.7493);
        assertThat(((Map<?, ?>) json.get(11)).get("accuracy_published")).isNull();
    }
}

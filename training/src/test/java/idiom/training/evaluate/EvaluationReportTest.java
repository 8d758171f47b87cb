package idiom.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.jr.ob.JSON;
import idiom.engine.metrics.Texture;
import idiom.engine.metrics.TransferStrength;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {
    private static final PairResult PAIR =
            new PairResult(0.888889, direction("jazz", "pop", 0.5), direction("pop", "jazz", Double.NaN));
    private static final EvaluationReport REPORT = new EvaluationReport(List.of(
            new EvaluationReport.Row("test", "phrase", PAIR), new EvaluationReport.Row("clean", "instant", PAIR)));

    private static DirectionResult direction(String source, String target, double change) {
        return new DirectionResult(
                source,
                target,
                1125,
                new TransferStrength(0.9, 0.3, 0.8),
                0.0125,
                0.7,
                new ContentSpread(new Spread(change, 0.25), new Spread(0.4, 0.1), new Spread(0.1, 0.05)),
                new ContentSpread(new Spread(0.45, 0.15), new Spread(0.375, 0.125), new Spread(0.075, 0.025)),
                new ContentSpread(new Spread(0.5, 0.25), new Spread(0.4, 0.1), new Spread(0.1, 0.05)),
                0.75,
                0.95,
                0.125,
                0.25,
                0.0625,
                new Texture(3, 20, 2.5, 0.01, 1.5, 0.05, 0.04),
                new Texture(4, 30, 3.5, 0.02, 2.5, 0.06, 0.03),
                new Texture(5, 40, 4.5, 0.03, 3.5, 0.07, 0.02),
                new ChangedNotes(7, 0.5, 0.25, 0.75, 0.125, 3.5),
                new ChangedNotes(0, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldComeBackFromCsv() {
        List<String> lines = REPORT.toCsv().lines().toList();
        assertThat(lines).hasSize(5);
        Map<String, String> first = row(lines, 1);

        assertThat(first)
                .containsEntry("source", "jazz")
                .containsEntry("target", "pop")
                .containsEntry("on", "test")
                .containsEntry("phrases", "1125")
                .containsEntry("classifier_accuracy", "0.88889")
                .containsEntry("p_before", "0.9")
                .containsEntry("p_after", "0.3")
                .containsEntry("p_back", "0.8")
                // (0.9 + 0.8 - 2 * 0.3) / 2
                .containsEntry("strength", "0.55")
                .containsEntry("strength_error", "0.0125")
                .containsEntry("strength_total", "0.55")
                .containsEntry("strength_random", "0.2")
                .containsEntry("content_change", "0.5")
                .containsEntry("content_change_sd", "0.25")
                .containsEntry("content_change_least_shift", "0.45")
                .containsEntry("content_change_least_shift_sd", "0.15")
                .containsEntry("added_least_shift", "0.375")
                .containsEntry("removed_least_shift_sd", "0.025")
                .containsEntry("content_change_least_shift_random", "0.5")
                .containsEntry("removed_least_shift_random_sd", "0.05")
                .containsEntry("key_changes", "0.125")
                .containsEntry("key_changes_other_profiles", "0.25")
                .containsEntry("density_ratio", "0.8")
                .containsEntry("longest_silence_after", "2.5")
                .containsEntry("out_of_key_target", "0.07")
                .containsEntry("rapid_repeats_before", "0.04")
                .containsEntry("added_notes_per_bar", "7.0")
                .containsEntry("added_notes_low", "0.5")
                .containsEntry("added_notes_steps", "3.5")
                .containsEntry("removed_notes_per_bar", "0.0");
        assertThat(row(lines, 2)).containsEntry("source", "pop").containsEntry("on", "test");
        assertThat(row(lines, 4))
                .containsEntry("source", "pop")
                .containsEntry("on", "clean")
                .containsEntry("mode", "instant");
    }

    @Test
    void shouldLeaveEmptyWhatIsNoNumber() throws IOException {
        assertThat(row(REPORT.toCsv().lines().toList(), 2)).containsEntry("content_change", "");
        assertThat(JSON.std.listOfFrom(Object.class, REPORT.toJson()).get(1))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("content_change", null);
    }

    @Test
    void shouldSayTheSameInJson() throws IOException {
        List<Object> rows = JSON.std.listOfFrom(Object.class, REPORT.toJson());
        List<String> lines = REPORT.toCsv().lines().toList();

        assertThat(rows).hasSize(4);
        for (int i = 0; i < 4; i++) {
            Map<?, ?> json = (Map<?, ?>) rows.get(i);
            Map<String, String> csv = row(lines, i + 1);
            assertThat(json.keySet()).hasToString(csv.keySet().toString());
            csv.forEach((key, value) -> {
                if (json.get(key) instanceof Number number) {
                    assertThat(number.doubleValue()).isCloseTo(Double.parseDouble(value), within(1e-9));
                } else {
                    assertThat(json.get(key) == null ? "" : json.get(key)).isEqualTo(value);
                }
            });
        }
    }

    @Test
    void shouldLineUpATable() {
        List<String> lines = REPORT.toText().lines().toList();

        assertThat(lines.get(0)).startsWith("| transfer    | phrases    | mode    | P before / after / back");
        assertThat(lines.get(2))
                .startsWith(
                        "| jazz to pop | 1125 test  | phrase  | 90.0 / 30.0 / 80.0 %    | 0.550 (0.013) | 0.200    | 0.50 (0.25)");
        assertThat(lines.get(3)).startsWith("| pop to jazz | 1125 test ");
        assertThat(lines.subList(0, 6))
                .extracting(String::length)
                .containsOnly(lines.get(0).length());
        assertThat(lines.get(7)).startsWith("| before > after (target) | phrases ");
        assertThat(lines.get(9))
                .startsWith(
                        "| jazz to pop             | 1125 test  | phrase  | 20.0 > 30.0 (40.0) | 2.50 > 3.50 (4.50) | 1.0 % > 2.0 % (3.0 %) | 1.5 > 2.5 (3.5)        | 5.0 % > 6.0 % (7.0 %) | 4.0 % > 3.0 % (2.0 %) |");
        assertThat(lines)
                .contains("jazz / pop, clean, instant: S_tot 0.550; the classifier is right on 88.89 % of them");
    }

    private static Map<String, String> row(List<String> lines, int index) {
        String[] keys = lines.get(0).split(",", -1);
        String[] cells = lines.get(index).split(",", -1);
        assertThat(cells).hasSameSizeAs(keys);
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < keys.length; i++) {
            row.put(keys[i], cells[i]);
        }
        return row;
    }
}

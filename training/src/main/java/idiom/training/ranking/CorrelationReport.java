package idiom.training.ranking;

import idiom.training.ranking.Agreement.Coefficient;
import idiom.training.table.CsvText;
import idiom.training.table.JsonText;
import idiom.training.table.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A study as text, CSV and JSON.
 *
 * @param study what people said and metrics say
 * @param agreements of the metrics that have any
 * @param resamples behind each p value and interval
 * @param seed of those
 */
public record CorrelationReport(Study study, List<Agreement> agreements, int resamples, long seed) {
    private static final int DIGITS = 8;

    public CorrelationReport {
        agreements = List.copyOf(agreements);
    }

    /** Means of each model, then a row for each metric. */
    public String toText() {
        List<List<String>> means = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("model", "items", "s_hr"));
        header.addAll(study.metrics());
        means.add(header);
        for (Study.ModelMean model : study.models()) {
            List<String> cells = new ArrayList<>(
                    List.of(model.model(), String.valueOf(model.items()), format("%.3f", model.score())));
            for (double value : model.values()) {
                cells.add(Double.isNaN(value) ? "-" : format("%.3f", value));
            }
            means.add(cells);
        }
        return TextTable.of(means) + (agreements.isEmpty() ? "" : "\n" + correlations());
    }

    private String correlations() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("with s_hr", "n", "Pearson", "95 %", "p", "Spearman", "95 %", "p"));
        for (Agreement agreement : agreements) {
            Coefficient r = agreement.pearson();
            Coefficient rho = agreement.spearman();
            cells.add(List.of(
                    agreement.metric(),
                    String.valueOf(agreement.points()),
                    format("%.8f", r.value()),
                    interval(r),
                    p(r),
                    format("%.8f", rho.value()),
                    interval(rho),
                    p(rho)));
        }
        return TextTable.of(cells);
    }

    private static String interval(Coefficient c) {
        return Double.isNaN(c.low()) ? "-" : format("%.3f to %.3f", c.low(), c.high());
    }

    private static String p(Coefficient c) {
        return format(c.p() < 1e-3 ? "%.1e" : "%.3f", c.p());
    }

    /** A row for each metric. */
    public String toCsv() {
        return CsvText.of(agreements.stream().map(CorrelationReport::row).toList());
    }

    /** A row for each piece and model: what {@link MetricTable} reads. */
    public String scoresToCsv() {
        return CsvText.of(study.points().stream().map(this::row).toList());
    }

    /** All of it. */
    public String toJson() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("resamples", resamples);
        all.put("seed", seed);
        all.put("correlations", agreements.stream().map(CorrelationReport::row).toList());
        all.put("models", study.models().stream().map(this::row).toList());
        all.put("points", study.points().stream().map(this::row).toList());
        return JsonText.of(all);
    }

    private static Map<String, @Nullable Object> row(Agreement agreement) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("metric", agreement.metric());
        row.put("points", agreement.points());
        put(row, "pearson", agreement.pearson());
        put(row, "spearman", agreement.spearman());
        return row;
    }

    private static void put(Map<String, @Nullable Object> row, String name, Coefficient c) {
        row.put(name, CsvText.number(c.value(), DIGITS));
        row.put(name + "_low", CsvText.number(c.low(), DIGITS));
        row.put(name + "_high", CsvText.number(c.high(), DIGITS));
        row.put(name + "_p", CsvText.number(c.p(), DIGITS));
    }

    private Map<String, @Nullable Object> row(Study.ModelMean model) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("model", model.model());
        row.put("items", model.items());
        row.put("s_hr", CsvText.number(model.score(), DIGITS));
        putMetrics(row, model.values());
        return row;
    }

    private Map<String, @Nullable Object> row(Study.Point point) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("item", point.subject().item());
        row.put("model", point.subject().model());
        row.put("s_hr", CsvText.number(point.score(), DIGITS));
        row.put(MetricTable.JUDGEMENTS, point.judgements() == 0 ? null : (Object) point.judgements());
        putMetrics(row, point.values());
        return row;
    }

    private void putMetrics(Map<String, @Nullable Object> row, double[] values) {
        for (int m = 0; m < values.length; m++) {
            row.put(study.metrics().get(m), CsvText.number(values[m], DIGITS));
        }
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}

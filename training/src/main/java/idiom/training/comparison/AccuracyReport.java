package idiom.training.comparison;

import idiom.training.classifier.NoiseAccuracy;
import idiom.training.published.Figure;
import idiom.training.published.PublishedFigures;
import idiom.training.table.CsvText;
import idiom.training.table.JsonText;
import idiom.training.table.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Judges' accuracy under noise as text, CSV and JSON, each beside the published row of its pair.
 *
 * @param judges in the order in which they are shown
 */
public record AccuracyReport(List<Judge> judges) {
    private static final int DIGITS = 4;

    public AccuracyReport {
        judges = List.copyOf(judges);
    }

    /**
     * A measured judge.
     *
     * @param name its file
     * @param genres that it tells apart
     * @param phrases on how many it was measured, all genres together
     * @param clean how many of them are not flagged
     * @param rows at each sigma
     */
    public record Judge(String name, List<String> genres, int phrases, int clean, List<NoiseAccuracy> rows) {
        public Judge {
            genres = List.copyOf(genres);
            rows = List.copyOf(rows);
        }

        private String pair() {
            return String.join(" / ", genres);
        }
    }

    /** A Markdown table with a column for each sigma. */
    public String toText() {
        List<List<String>> table = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("genres", "judge", "phrases"));
        NoiseAccuracy.SIGMAS.forEach(sigma -> header.add("sigma_C " + number(sigma)));
        table.add(header);
        for (Judge judge : judges) {
            table.add(cells(judge, judge.name, judge.phrases + " test", NoiseAccuracy::accuracy));
            if (judge.clean > 0) {
                table.add(cells(judge, judge.name, judge.clean + " clean", NoiseAccuracy::withoutFlagged));
            }
            if (judge.rows.stream().anyMatch(row -> Double.isFinite(published(judge, row)))) {
                table.add(cells(judge, "published 2018", "", row -> published(judge, row)));
            }
        }
        return TextTable.of(table);
    }

    private static List<String> cells(
            Judge judge, String name, String phrases, ToDoubleFunction<NoiseAccuracy> accuracy) {
        List<String> cells = new ArrayList<>(List.of(judge.pair(), name, phrases));
        for (NoiseAccuracy row : judge.rows) {
            double value = accuracy.applyAsDouble(row);
            cells.add(Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * value));
        }
        return cells;
    }

    /** A row for each judge and sigma. */
    public String toCsv() {
        return CsvText.of(rows());
    }

    /** The same as an array of objects. */
    public String toJson() {
        return JsonText.of(rows());
    }

    private List<Map<String, @Nullable Object>> rows() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Judge judge : judges) {
            for (NoiseAccuracy row : judge.rows) {
                Map<String, @Nullable Object> cells = new LinkedHashMap<>();
                cells.put("judge", judge.name);
                cells.put("genres", judge.pair());
                cells.put("phrases", judge.phrases);
                cells.put("sigma", row.sigma());
                cells.put("accuracy", CsvText.number(row.accuracy(), DIGITS));
                cells.put("accuracy_without_flagged", CsvText.number(row.withoutFlagged(), DIGITS));
                cells.put("accuracy_published", CsvText.number(published(judge, row), DIGITS));
                rows.add(cells);
            }
        }
        return rows;
    }

    private static double published(Judge judge, NoiseAccuracy row) {
        if (judge.genres.size() != 2) {
            return Double.NaN;
        }
        String setting = "sigma_C=" + number(row.sigma());
        return PublishedFigures.all().stream()
                .filter(figure -> figure.measure().equals("classifier_accuracy"))
                .filter(figure -> figure.setting().equals(setting))
                .filter(figure -> figure.isOf(judge.genres.get(0), judge.genres.get(1)))
                .mapToDouble(Figure::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** 0 and 0.01, not 0.0. */
    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}

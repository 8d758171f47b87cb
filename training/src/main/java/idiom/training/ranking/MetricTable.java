package idiom.training.ranking;

import idiom.training.data.DataException;
import idiom.training.table.CsvTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers of pieces and models from a table with the columns {@code item} and {@code model}: each further column that has a
 * number anywhere.
 *
 * @param name the file, for messages
 * @param columns names of the columns of numbers, in their order
 * @param values a row of numbers for each subject, in the columns' order; NaN for an empty field
 */
public record MetricTable(String name, List<String> columns, Map<Subject, double[]> values) {
    /** How many ranked it: a number, and no metric. */
    static final String JUDGEMENTS = "judgements";

    private static final String ITEM = "item";
    private static final String MODEL = "model";

    public MetricTable {
        columns = List.copyOf(columns);
        values = new LinkedHashMap<>(values);
    }

    /**
     * Reads a table.
     *
     * @throws DataException in one line if it has no numbers, or has a subject twice, or text among numbers
     */
    public static MetricTable read(Path file) {
        return of(CsvTable.read(file, ITEM, MODEL));
    }

    /** The same of a table that was read already. */
    public static MetricTable of(CsvTable table) {
        List<String> columns = table.header().stream()
                .filter(column -> !List.of(ITEM, MODEL, JUDGEMENTS).contains(column))
                .filter(column -> table.rows().stream().anyMatch(row -> CsvTable.isNumber(row.text(column))))
                .toList();
        if (columns.isEmpty()) {
            throw new DataException(table.name() + ": must have a column of numbers beside item and model: columns="
                    + String.join(",", table.header()));
        }
        Map<Subject, double[]> values = new LinkedHashMap<>();
        Map<Subject, Integer> lines = new LinkedHashMap<>();
        for (CsvTable.Row row : table.rows()) {
            Subject subject = new Subject(row.required(ITEM), row.required(MODEL));
            Integer before = lines.put(subject, row.line());
            if (before != null) {
                throw row.error("each item and model must be there once: " + subject + ", as in line " + before);
            }
            values.put(
                    subject,
                    columns.stream()
                            .mapToDouble(column -> row.text(column).isEmpty() ? Double.NaN : row.number(column))
                            .toArray());
        }
        return new MetricTable(table.name(), columns, values);
    }

    /**
     * Beside scores of people.
     *
     * @throws DataException if something that was ranked is not in this table
     */
    public Study with(HumanRanking ranking) {
        List<Study.Point> points = new ArrayList<>();
        ranking.scores().forEach((subject, score) -> {
            double[] found = values.get(subject);
            if (found == null) {
                throw new DataException(name + ": must have a row for each item and model that was ranked: missing "
                        + subject + "; rows=" + values.size() + " ranked="
                        + ranking.scores().size());
            }
            points.add(new Study.Point(subject, score.value(), score.judgements(), found));
        });
        return new Study(columns, points);
    }

    /**
     * One of its columns as what people said, the others as metrics.
     *
     * @param score name of that column, with numbers from 0 to 1 everywhere
     * @throws DataException if it is not there or has others
     */
    public Study with(String score) {
        int at = columns.indexOf(score);
        if (at < 0) {
            throw new DataException(name + ": must have a column of human scores: missing=" + score
                    + "; rankings are given apart, with --rankings");
        }
        List<Study.Point> points = new ArrayList<>();
        values.forEach((subject, row) -> {
            if (!(row[at] >= 0 && row[at] <= 1)) {
                throw new DataException(
                        name + ": " + score + " must be from 0 to 1: " + subject + ", " + score + "=" + row[at]);
            }
            points.add(new Study.Point(subject, row[at], 0, without(row, at)));
        });
        List<String> others = new ArrayList<>(columns);
        others.remove(at);
        return new Study(others, points);
    }

    private static double[] without(double[] row, int index) {
        double[] others = new double[row.length - 1];
        System.arraycopy(row, 0, others, 0, index);
        System.arraycopy(row, index + 1, others, index, others.length - index);
        return others;
    }
}

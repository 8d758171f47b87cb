package idiom.training.table;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what {@link CsvTable} reads, and numbers as files have them. */
public final class CsvText {
    private CsvText() {}

    /** Rows of the same columns in the same order, under a header of their keys; null is an empty field. */
    public static String of(List<? extends Map<String, ? extends @Nullable Object>> rows) {
        StringBuilder text = new StringBuilder();
        for (Map<String, ? extends @Nullable Object> row : rows) {
            if (text.isEmpty()) {
                text.append(row.keySet().stream().map(CsvText::field).collect(Collectors.joining(",")))
                        .append('\n');
            }
            text.append(row.values().stream()
                            .map(value -> field(Objects.toString(value, "")))
                            .collect(Collectors.joining(",")))
                    .append('\n');
        }
        return text.toString();
    }

    /** A number to so many digits behind the point; null, for an empty field, if it is not finite. */
    public static @Nullable Object number(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Double.isFinite(value) ? (Object) (Math.round(value * scale) / scale) : null;
    }

    private static String field(String text) {
        boolean needsQuotes = text.indexOf(',') >= 0 || text.indexOf('"') >= 0 || text.startsWith("#");
        return needsQuotes ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}

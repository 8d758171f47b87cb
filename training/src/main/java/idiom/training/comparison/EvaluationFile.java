package idiom.training.comparison;

import com.fasterxml.jackson.jr.ob.JSON;
import idiom.training.data.DataException;
import idiom.training.published.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what {@code evaluate --json} writes. */
public final class EvaluationFile {
    /** Measures that the papers have, and those of the control; a file of an older program lacks some. */
    private static final List<String> MEASURES = List.of(
            "p_before",
            "p_after",
            "p_back",
            "strength_total",
            "content_change",
            "added",
            "removed",
            "content_change_least_shift",
            "added_least_shift",
            "removed_least_shift",
            "content_change_least_shift_random",
            "added_least_shift_random",
            "removed_least_shift_random");

    private static final long MOST_BYTES = 16L << 20;

    private EvaluationFile() {}

    /**
     * The figures of an evaluation.
     *
     * @param file JSON
     * @param model what its generators are to be called
     * @param on which phrases: {@code "test"}, {@code "clean"}
     * @param mode how the generators were asked, as {@code evaluate} calls it
     * @throws DataException in one line if it is no evaluation, or has none of those phrases in that mode
     */
    public static List<Figure> read(Path file, String model, String on, String mode) {
        List<Figure> figures = new ArrayList<>();
        Set<String> others = new LinkedHashSet<>();
        for (Object element : elements(file)) {
            if (!(element instanceof Map<?, ?> row)) {
                throw unknown(file, "element=" + element);
            }
            String rowOn = text(file, row, "on");
            String rowMode = text(file, row, "mode");
            if (rowOn.equals(on) && rowMode.equals(mode)) {
                figures.addAll(figures(file, row, model, on + ", " + mode));
            }
            others.add("--on " + rowOn + " --mode \"" + rowMode + "\"");
        }
        if (figures.isEmpty()) {
            throw new DataException(file + ": has nothing measured with --on " + on + " --mode \"" + mode
                    + "\"; it has " + String.join(", ", others));
        }
        return figures;
    }

    private static List<Object> elements(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw unknown(file, "bytes=" + Files.size(file));
            }
            List<Object> elements = JSON.std.listFrom(Files.readString(file));
            if (elements.isEmpty()) {
                throw unknown(file, "elements=0");
            }
            return elements;
        } catch (IOException e) {
            throw unknown(file, String.valueOf(e));
        }
    }

    private static List<Figure> figures(Path file, Map<?, ?> row, String model, String setting) {
        String source = text(file, row, "source");
        String target = text(file, row, "target");
        List<Figure> figures = new ArrayList<>();
        for (String measure : MEASURES) {
            if (row.get(measure) instanceof Number value) {
                double deviation = row.get(measure + "_sd") instanceof Number sd ? sd.doubleValue() : Double.NaN;
                figures.add(new Figure(
                        measure, source, target, model, setting, value.doubleValue(), deviation, file.toString()));
            }
        }
        return figures;
    }

    private static String text(Path file, Map<?, ?> row, String key) {
        if (row.get(key) instanceof String text) {
            return text;
        }
        throw unknown(file, key + "=" + row.get(key));
    }

    private static DataException unknown(Path file, String found) {
        return new DataException(file + ": must be what idiom-train evaluate --json writes: " + found);
    }
}

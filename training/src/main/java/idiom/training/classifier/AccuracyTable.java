package idiom.training.classifier;

import idiom.training.data.PhraseSet;
import idiom.training.table.CsvText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a classifier's folder says of its accuracy.
 *
 * @param rows by growing noise, the first without any
 */
public record AccuracyTable(List<NoiseAccuracy> rows) {
    /** Of the noise on the test split, whatever seed the training has. */
    private static final long NOISE_SEED = 1;

    public AccuracyTable {
        rows = List.copyOf(rows);
    }

    /** Of a classifier on phrases of each of its genres. */
    public static AccuracyTable of(GenreClassifier classifier, List<PhraseSet> test) {
        return new AccuracyTable(NoiseAccuracy.of(classifier, test, NOISE_SEED, () -> {}));
    }

    /** Accuracy without noise. */
    public double accuracy() {
        return rows.get(0).accuracy();
    }

    /** With a header; empty where there is no number. */
    public String toCsv() {
        return CsvText.of(rows.stream().map(AccuracyTable::cells).toList());
    }

    private static Map<String, @Nullable Object> cells(NoiseAccuracy row) {
        Map<String, @Nullable Object> cells = new LinkedHashMap<>();
        cells.put("sigma", row.sigma());
        cells.put("accuracy", CsvText.number(row.accuracy(), 4));
        cells.put("accuracy_without_flagged", CsvText.number(row.withoutFlagged(), 4));
        return cells;
    }
}

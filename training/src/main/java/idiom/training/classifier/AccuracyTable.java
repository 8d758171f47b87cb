package idiom.training.classifier;

import idiom.training.data.PhraseSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A classifier's accuracy under Gaussian noise (Brunner et al. 2018, table I).
 *
 * @param rows by growing noise, the first without any
 */
public record AccuracyTable(List<Row> rows) {
    private static final double[] SIGMAS = {0, .01, .1, .2, .3, .5};

    /**
     * One deviation of the noise.
     *
     * @param sigma standard deviation
     * @param accuracy share of the test phrases called rightly
     * @param clean the same without flagged rows; NaN where a genre has no others
     */
    public record Row(double sigma, double accuracy, double clean) {}

    public AccuracyTable {
        rows = List.copyOf(rows);
    }

    /** Of a classifier on phrases of each of its genres. */
    public static AccuracyTable of(GenreClassifier classifier, List<PhraseSet> test) {
        List<PhraseSet> clean = test.stream().map(PhraseSet::withoutFlagged).toList();
        boolean hasAll = clean.stream().noneMatch(phrases -> phrases.size() == 0);
        List<Row> rows = new ArrayList<>();
        for (double sigma : SIGMAS) {
            rows.add(new Row(
                    sigma,
                    classifier.accuracy(test, sigma, 1),
                    hasAll ? classifier.accuracy(clean, sigma, 1) : Double.NaN));
        }
        return new AccuracyTable(rows);
    }

    /** Accuracy without noise. */
    public double accuracy() {
        return rows.get(0).accuracy();
    }

    /** With a header; empty where there is no number. */
    public String toCsv() {
        return rows.stream()
                .map(row -> String.format(
                        Locale.ROOT,
                        "%.2f,%.4f,%s%n",
                        row.sigma,
                        row.accuracy,
                        Double.isNaN(row.clean) ? "" : String.format(Locale.ROOT, "%.4f", row.clean)))
                .collect(Collectors.joining("", "sigma,accuracy,accuracy_without_flagged\n", ""));
    }
}

package idiom.training.classifier;

import idiom.training.data.PhraseSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Accuracy of a classifier under Gaussian noise on its input (Brunner et al. 2018, section on the genre classifier): a judge
 * that a little noise turns round would call any transfer a success.
 *
 * <p>sigma is the papers' sigma_C. Their program classifies cells of -1 and 1 and adds the noise to those
 * (style_classifier.py); cells are 0 and 1 here, so the same noise has half the deviation.
 *
 * @param sigma of the noise, as the papers give it
 * @param accuracy share of phrases that are called rightly, 0 to 1
 * @param withoutFlagged the same without flagged rows; NaN if a genre has no others
 */
public record NoiseAccuracy(double sigma, double accuracy, double withoutFlagged) {
    /** Where the papers measured. */
    public static final List<Double> SIGMAS = List.of(0.0, 0.01, 0.1, 0.2, 0.3, 0.5);

    /** What a cell is worth on the papers' scale, from -1 to 1, if it is worth 1 here. */
    private static final double SCALE = 2;

    /**
     * Measures at all of {@link #SIGMAS}.
     *
     * @param byGenre phrases of each genre, in the classifier's order
     * @param seed of the noise
     * @param onSigma told after each
     */
    public static List<NoiseAccuracy> of(
            GenreClassifier classifier, List<PhraseSet> byGenre, long seed, Runnable onSigma) {
        List<PhraseSet> clean = byGenre.stream().map(PhraseSet::withoutFlagged).toList();
        boolean hasAll = clean.stream().noneMatch(phrases -> phrases.size() == 0);
        List<NoiseAccuracy> rows = new ArrayList<>();
        for (double sigma : SIGMAS) {
            double deviation = sigma / SCALE;
            rows.add(new NoiseAccuracy(
                    sigma,
                    classifier.accuracy(byGenre, deviation, seed),
                    hasAll ? classifier.accuracy(clean, deviation, seed) : Double.NaN));
            onSigma.run();
        }
        return rows;
    }
}

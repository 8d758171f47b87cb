package idiom.training.attribution;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A genre's part of an analysis.
 *
 * @param genre its name
 * @param phrases of the test split, without flagged rows
 * @param flagged rows that were left out: repeats, and rows that the train split or another genre has as well
 * @param right how many of {@code phrases} the classifier gets right
 * @param sample phrases that were drawn from these, by row; none without saliency
 * @param pictured phrases of the sample that are drawn as pictures, by row
 * @param deletions what the verdict is without some notes
 */
public record GenreAttribution(
        String genre,
        int phrases,
        int flagged,
        int right,
        List<AttributedPhrase> sample,
        List<AttributedPhrase> pictured,
        List<DeletionResult> deletions) {

    public GenreAttribution {
        sample = List.copyOf(sample);
        pictured = List.copyOf(pictured);
        deletions = List.copyOf(deletions);
    }

    /** Share of phrases that the classifier gets right. */
    public double accuracy() {
        return (double) right / phrases;
    }

    /** Mean share of a phrase's sounding cells whose gradient is positive. */
    public double cellsFor() {
        return mean(
                phrase -> (double) phrase.saliency().cellCount() / phrase.roll().cellCount());
    }

    /** Mean share of a phrase's sounding cells that reach a quarter of the maximum ({@link SaliencyMap#THRESHOLD}). */
    public double cellsShown() {
        return mean(
                phrase -> (double) phrase.saliency().from(SaliencyMap.THRESHOLD).cellCount()
                        / phrase.roll().cellCount());
    }

    /** Mean share of a phrase's saliency that lies in the highest tenth of its sounding cells. */
    public double inHighestTenth() {
        return mean(phrase -> phrase.saliency().sumOfHighest(0.1));
    }

    private double mean(ToDoubleFunction<AttributedPhrase> measure) {
        return sample.stream().mapToDouble(measure).average().orElse(Double.NaN);
    }
}

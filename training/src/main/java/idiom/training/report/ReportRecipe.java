package idiom.training.report;

import idiom.training.data.PhraseSet;

/**
 * What is measured and shown of each run or preset.
 *
 * @param phrases most phrases of each genre that numbers are from, drawn from the test split; 0 for all
 * @param shown phrases of each direction that are shown and heard, at least 0
 * @param seed of both draws
 */
public record ReportRecipe(int phrases, int shown, long seed) {
    public ReportRecipe {
        if (phrases < 0 || shown < 0) {
            throw new IllegalArgumentException(
                    "numbers of phrases must be 0 or more: phrases=" + phrases + " shown=" + shown);
        }
    }

    /** Those of a split that are measured. */
    PhraseSet of(PhraseSet split) {
        return phrases == 0 ? split : split.sample(phrases, seed);
    }
}

package idiom.training.evaluate;

import idiom.engine.metrics.Texture;
import idiom.engine.metrics.TransferStrength;

/**
 * What a generator did to all phrases of a split.
 *
 * @param source genre that went in
 * @param target genre that was to come out
 * @param phrases how many
 * @param strength shares called the source genre: before, after, after the way back
 * @param strengthError standard error of the strength, for phrases drawn from more of their kind
 * @param control share called the source genre when the same numbers of cells are added and removed at random places
 * @param change content change; the control's is the same
 * @param least content change with the minimum over 84 pitch shifts, as the authors' notebook computes it
 * @param controlLeast the same of the control
 * @param melodyF1 top line, over all steps of all phrases
 * @param chroma mean cosine similarity of pitch classes
 * @param keyChanges share of phrases whose estimated key is another after, among those with one before and after
 * @param keyChangesByOthers the same by a key finder with other profiles, Krumhansl's and Kessler's, which nothing is decoded or
 *     chosen by: {@code keep-key} asks the first one
 * @param outOfKey share of added notes outside the key estimated before
 * @param before mean texture of what went in
 * @param after mean texture of what came out
 * @param wanted mean texture of the target genre's own phrases
 * @param addedNotes notes that came
 * @param removedNotes notes that went
 */
public record DirectionResult(
        String source,
        String target,
        int phrases,
        TransferStrength strength,
        double strengthError,
        double control,
        ContentSpread change,
        ContentSpread least,
        ContentSpread controlLeast,
        double melodyF1,
        double chroma,
        double keyChanges,
        double keyChangesByOthers,
        double outOfKey,
        Texture before,
        Texture after,
        Texture wanted,
        ChangedNotes addedNotes,
        ChangedNotes removedNotes) {

    /** Content change, added and removed. */
    public Spread total() {
        return change.total();
    }

    /** Its added part. */
    public Spread added() {
        return change.added();
    }

    /** Its removed part. */
    public Spread removed() {
        return change.removed();
    }

    /** Content change where a change of key is forgiven. */
    public Spread leastTotal() {
        return least.total();
    }

    /** Cells per step of what came out, as a multiple of the target genre's own. */
    public double densityRatio() {
        return after.cellsPerStep() / wanted.cellsPerStep();
    }

    /** Strength that flipping cells at random reaches, the way back taken as perfect. */
    public double controlStrength() {
        return strength.original() - control;
    }
}

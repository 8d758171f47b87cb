package idiom.training.evaluate;

import idiom.engine.metrics.TransferStrength;

/**
 * Both directions of a pair.
 *
 * @param accuracy share of the pair's phrases that the classifier calls rightly; it bounds the strength
 * @param there first genre to second
 * @param back second to first
 */
public record PairResult(double accuracy, DirectionResult there, DirectionResult back) {

    /** S_tot, the mean of both directions. */
    public double total() {
        return TransferStrength.total(there.strength(), back.strength());
    }
}

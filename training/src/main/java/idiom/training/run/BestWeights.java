package idiom.training.run;

import idiom.training.gan.Checkpoint;
import idiom.training.gan.CycleGan;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Each direction's averaged weights at its own best validation. The two need not be of one step: one direction may go on
 * gaining while the other pays with its tune for nothing. Each was scored with the other as it was then.
 *
 * @param there first genre to second; null before the first validation
 * @param back second genre to first
 */
record BestWeights(@Nullable Scored there, @Nullable Scored back) {
    static final BestWeights NONE = new BestWeights(null, null);

    /** Weights and the score they were kept for. */
    record Scored(double score, TrainedWeights weights) {}

    /** Whether a look gave either direction a higher score. */
    boolean isBeatenBy(Validation look) {
        return isBeaten(there, look.score(true)) || isBeaten(back, look.score(false));
    }

    /** Those of the model as it stands, in each direction to which a look at it gave a higher score; else these. */
    BestWeights or(Validation look, CycleGan gan) {
        return new BestWeights(better(there, true, look, gan), better(back, false, look, gan));
    }

    private static Scored better(@Nullable Scored best, boolean towardsB, Validation look, CycleGan gan) {
        double score = look.score(towardsB);
        return best != null && !isBeaten(best, score)
                ? best
                : new Scored(score, new TrainedWeights(gan.step(), gan.averagedWeights(towardsB)));
    }

    private static boolean isBeaten(@Nullable Scored best, double score) {
        return best == null || score > best.score();
    }

    /** Writes the weights, of which a checkpoint has the scores alone. */
    void write(RunFolder folder) throws IOException {
        Checkpoint.Writer out = new Checkpoint.Writer();
        for (boolean towardsB : new boolean[] {true, false}) {
            Scored best = towardsB ? there : back;
            if (best != null) {
                out.put(RunFolder.direction(towardsB) + ".step", best.weights().step());
                out.put(RunFolder.averageOf(towardsB), best.weights().values());
            }
        }
        out.write(folder.best());
    }

    void putScores(Checkpoint.Writer out) {
        for (boolean towardsB : new boolean[] {true, false}) {
            Scored best = towardsB ? there : back;
            if (best != null) {
                out.put(scoreOf(towardsB), Double.doubleToRawLongBits(best.score()));
            }
        }
    }

    /** The folder's best with the scores that a checkpoint states. */
    static BestWeights scored(RunFolder folder, Checkpoint checkpoint) throws IOException {
        return new BestWeights(scored(folder, checkpoint, true), scored(folder, checkpoint, false));
    }

    private static @Nullable Scored scored(RunFolder folder, Checkpoint checkpoint, boolean towardsB)
            throws IOException {
        String name = scoreOf(towardsB);
        return checkpoint.has(name)
                ? new Scored(Double.longBitsToDouble(checkpoint.number(name)), folder.weights(towardsB, false))
                : null;
    }

    private static String scoreOf(boolean towardsB) {
        return "best-score." + RunFolder.direction(towardsB);
    }
}

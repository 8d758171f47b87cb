package idiom.training.run;

import idiom.training.evaluate.DirectionResult;
import idiom.training.evaluate.PairResult;
import idiom.training.evaluate.ScorePenalty;
import java.util.List;
import java.util.Locale;

/**
 * A look at the averaged generators on the validation part.
 *
 * @param step when
 * @param result what was measured
 */
record Validation(int step, PairResult result) {
    static final String CSV_HEADER = "step,score,s_total,"
            + "s_there,control_there,content_there,melody_there,density_there,keys_there,"
            + "s_back,control_back,content_back,melody_back,density_back,keys_back,"
            + "chroma_there,penalty_there,chroma_back,penalty_back";

    /** The weaker direction's score: how far the pair has come. */
    double score() {
        return Math.min(score(true), score(false));
    }

    /** What a direction's best weights are chosen by: from the first genre to the second, or back. */
    double score(boolean towardsB) {
        return ScorePenalty.score(towardsB ? result.there() : result.back());
    }

    String toCsv() {
        StringBuilder row =
                new StringBuilder(String.format(Locale.ROOT, "%d,%.4f,%.4f", step, score(), result.total()));
        for (DirectionResult d : List.of(result.there(), result.back())) {
            row.append(String.format(
                    Locale.ROOT,
                    ",%.4f,%.4f,%.4f,%.4f,%.4f,%.4f",
                    d.strength().value(),
                    d.controlStrength(),
                    d.total().mean(),
                    d.melodyF1(),
                    d.densityRatio(),
                    d.keyChanges()));
        }
        for (DirectionResult d : List.of(result.there(), result.back())) {
            row.append(String.format(Locale.ROOT, ",%.4f,%.4f", d.chroma(), ScorePenalty.of(d)));
        }
        return row.toString();
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "validation at step %d: score %.3f, S_tot %.3f | %s | %s",
                step,
                score(),
                result.total(),
                summary(result.there()),
                summary(result.back()));
    }

    private static String summary(DirectionResult d) {
        return String.format(
                Locale.ROOT,
                "%s to %s: S %.3f (random %.3f), content change %.2f, tune %.2f, key changes %.0f %%, density %.2f",
                d.source(),
                d.target(),
                d.strength().value(),
                d.controlStrength(),
                d.total().mean(),
                d.melodyF1(),
                100 * d.keyChanges(),
                d.densityRatio());
    }
}

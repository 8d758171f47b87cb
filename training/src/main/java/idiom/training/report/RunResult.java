package idiom.training.report;

import idiom.training.evaluate.PairResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a run.
 *
 * @param run which
 * @param phrases of each genre that were measured
 * @param judged by the first classifier
 * @param secondOpinion the same by another one, if there is one for these genres
 * @param samples of both directions
 */
record RunResult(
        SavedRun run,
        int phrases,
        PairResult judged,
        @Nullable PairResult secondOpinion,
        List<Sample> samples) {
    RunResult {
        samples = List.copyOf(samples);
    }
}

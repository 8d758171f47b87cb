package idiom.training.report;

import idiom.presets.Preset;
import idiom.training.evaluate.DirectionResult;
import idiom.training.evaluate.PairResult;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A preset and what was found of it.
 *
 * @param preset it
 * @param judged what it does, by the first classifier
 * @param accuracy of that, on the pair's phrases
 * @param second the same by another one, if there is one for these genres
 * @param samples phrases to see and to hear
 */
record MeasuredPreset(
        Preset preset,
        DirectionResult judged,
        double accuracy,
        @Nullable SecondOpinion second,
        List<Sample> samples) {
    MeasuredPreset {
        samples = List.copyOf(samples);
    }

    /** Another classifier's verdict. */
    record SecondOpinion(DirectionResult judged, double accuracy) {}

    /**
     * One direction of a pair.
     *
     * @param second the pair by another classifier, or null
     * @param direction which
     */
    static MeasuredPreset of(
            Preset preset,
            PairResult judged,
            @Nullable PairResult second,
            Function<PairResult, DirectionResult> direction,
            List<Sample> samples) {
        return new MeasuredPreset(
                preset,
                direction.apply(judged),
                judged.accuracy(),
                second == null ? null : new SecondOpinion(direction.apply(second), second.accuracy()),
                samples);
    }
}

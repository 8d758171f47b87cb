package idiom.training.report;

import idiom.presets.Preset;
import idiom.training.evaluate.DirectionResult;
import java.util.List;
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
}

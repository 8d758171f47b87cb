package idiom.training.run;

import java.time.Duration;
import java.util.Locale;

/** Says how far a run is and when it will be done, from the pace of this session. */
final class Progress {
    private final int firstStep;
    private final int allSteps;
    private final long startNs;

    Progress(int firstStep, int allSteps) {
        this.firstStep = firstStep;
        this.allSteps = allSteps;
        this.startNs = System.nanoTime();
    }

    /** {@code step} steps are done. */
    String at(int step) {
        double seconds = (System.nanoTime() - startNs) / 1e9;
        double perStep = seconds / Math.max(1, step - firstStep);
        Duration left = Duration.ofSeconds(Math.round(perStep * (allSteps - step)));
        return String.format(
                Locale.ROOT,
                "step %d of %d, %.2f s a step, %d:%02d h left",
                step,
                allSteps,
                perStep,
                left.toHours(),
                left.toMinutesPart());
    }
}

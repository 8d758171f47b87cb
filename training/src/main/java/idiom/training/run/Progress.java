package idiom.training.run;

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
        return String.format(
                Locale.ROOT,
                "step %d of %d, %.2f s a step, %s left",
                step,
                allSteps,
                perStep,
                time(Math.round(perStep * (allSteps - step))));
    }

    /** {@code "95 s"}, {@code "25 min"}, {@code "1:05 h"}. */
    static String time(long seconds) {
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 60 ? minutes + " min" : String.format(Locale.ROOT, "%d:%02d h", minutes / 60, minutes % 60);
    }
}

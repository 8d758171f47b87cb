package idiom.training.run;

import idiom.training.gan.StepLosses;

/**
 * Stops a training that has died: a loss that is not finite, gradients that vanish, judges that no longer tell.
 *
 * <p>A gradient counts as vanished if its norm stays below {@value #LEAST_NORM} for {@value #PATIENCE} steps; weights
 * then stand still, whatever the losses say.
 */
final class Guard {
    private static final double LEAST_NORM = 1e-7;
    private static final int PATIENCE = 25;

    private final int warmup;
    private int quietGenerators;
    private int quietJudges;

    Guard(int warmup) {
        this.warmup = warmup;
    }

    /** A training that is not worth going on with; the message says what died and what may help. */
    static final class TrainingDied extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TrainingDied(String message) {
            super(message);
        }
    }

    /** Looks at a step. */
    void check(StepLosses losses) {
        if (!losses.isFinite()) {
            throw new TrainingDied("step " + losses.step() + ": a loss is not finite (" + losses
                    + "); lower schedule.rate, or train with precision=fp32");
        }
        boolean idle = losses.step() < warmup;
        quietGenerators = !idle && losses.generatorNorm() < LEAST_NORM ? quietGenerators + 1 : 0;
        quietJudges = losses.judgeNorm() < LEAST_NORM ? quietJudges + 1 : 0;
        if (quietGenerators >= PATIENCE || quietJudges >= PATIENCE) {
            throw new TrainingDied("step " + losses.step() + ": the gradients of the "
                    + (quietGenerators >= PATIENCE ? "generators" : "discriminators") + " have vanished for " + PATIENCE
                    + " steps (norm below " + LEAST_NORM
                    + "), weights stand still; give the generator a skip, or lower the rates");
        }
    }
}

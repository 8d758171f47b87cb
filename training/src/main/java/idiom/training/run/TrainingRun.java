package idiom.training.run;

import idiom.training.evaluate.PairEvaluation;
import idiom.training.gan.Checkpoint;
import idiom.training.gan.CycleGan;
import idiom.training.gan.StepLosses;
import idiom.training.net.GeneratorShape;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Trains a model step by step in a folder until its recipe is done or somebody stops it. One thread. */
public final class TrainingRun {
    private static final String SCORE_VERSION = "best-score.version";

    private final RunFolder folder;
    private final CycleGan gan;
    private final @Nullable PairEvaluation validation;
    private final Rhythm rhythm;
    private final Consumer<String> console;
    private double bestScore = Double.NEGATIVE_INFINITY;
    private long scoreVersion = ScorePenalty.VERSION;

    /**
     * How often things are done, in steps.
     *
     * @param report a line on the console
     * @param validate a look at the validation part, if there is one
     * @param checkpoint the state written
     */
    public record Rhythm(int report, int validate, int checkpoint) {
        public Rhythm {
            if (report < 1 || validate < 1 || checkpoint < 1) {
                throw new IllegalArgumentException("steps between reports, validations and checkpoints must be >= 1:"
                        + " report=" + report + " validate=" + validate + " checkpoint=" + checkpoint);
            }
        }
    }

    /** A run of a model that stands at its first step, or that {@link #resume} brings to where it was stopped. */
    public TrainingRun(
            RunFolder folder,
            CycleGan gan,
            @Nullable PairEvaluation validation,
            Rhythm rhythm,
            Consumer<String> console) {
        this.folder = folder;
        this.gan = gan;
        this.validation = validation;
        this.rhythm = rhythm;
        this.console = console;
    }

    /** Goes on from the folder's checkpoint; from the start where there is none yet. */
    public void resume() throws IOException {
        if (Files.exists(folder.checkpoint())) {
            Checkpoint checkpoint = Checkpoint.read(folder.checkpoint());
            gan.restore(checkpoint);
            bestScore = Double.longBitsToDouble(checkpoint.number("best-score"));
            scoreVersion = checkpoint.numberOr(SCORE_VERSION, 1);
            if (scoreVersion != ScorePenalty.VERSION && validation != null) {
                scoreBestAnew(validation);
            }
        }
    }

    /** A score that another program gave compares with none of ours. */
    private void scoreBestAnew(PairEvaluation look) throws IOException {
        scoreVersion = ScorePenalty.VERSION;
        bestScore = Double.NEGATIVE_INFINITY;
        if (Files.exists(folder.best())) {
            Checkpoint best = Checkpoint.read(folder.best());
            GeneratorShape shape = folder.recipe().generator();
            try (TrainedGenerator toB = new TrainedGenerator(gan.device(), shape, best.get("to-b.average"));
                    TrainedGenerator toA = new TrainedGenerator(gan.device(), shape, best.get("to-a.average"))) {
                Validation again = new Validation(Math.toIntExact(best.number("step")), look.run(toB, toA));
                bestScore = again.score();
                console.accept("the run was scored by an older rule; its best so far, scored anew: " + again.summary());
            }
        }
    }

    /**
     * Trains.
     *
     * @param stop asked after each step; the state is written before this returns
     * @return whether the recipe is done
     */
    public boolean run(BooleanSupplier stop) throws IOException {
        int warmup = folder.recipe().schedule().warmup();
        int all = folder.recipe().schedule().allSteps();
        Guard guard = new Guard(warmup);
        Progress progress = new Progress(gan.step(), all);
        try (CsvLog losses = new CsvLog(folder.losses(), StepLosses.CSV_HEADER, gan.step());
                CsvLog validations = new CsvLog(folder.validations(), Validation.CSV_HEADER, gan.step() + 1)) {
            while (!gan.isDone() && !stop.getAsBoolean()) {
                StepLosses step = gan.train();
                losses.add(step.toCsv());
                guard.check(step);
                if (isTime(rhythm.report())) {
                    console.accept(progress.at(gan.step()) + " | " + step.summary());
                }
                if (gan.step() > warmup && isTime(rhythm.validate())) {
                    validate(validations);
                }
                if (isTime(rhythm.checkpoint())) {
                    losses.flush();
                    checkpoint();
                }
            }
            losses.flush();
            checkpoint();
        }
        return gan.isDone();
    }

    private boolean isTime(int every) {
        return gan.step() % every == 0 || gan.isDone();
    }

    private void validate(CsvLog log) throws IOException {
        if (validation == null) {
            return;
        }
        Validation look =
                new Validation(gan.step(), validation.run(new GanGenerator(gan, true), new GanGenerator(gan, false)));
        log.add(look.toCsv());
        log.flush();
        console.accept(look.summary());
        if (look.score() > bestScore) {
            bestScore = look.score();
            Checkpoint.Writer best = new Checkpoint.Writer();
            best.put("step", gan.step());
            best.put("to-b.average", gan.averagedWeights(true));
            best.put("to-a.average", gan.averagedWeights(false));
            best.write(folder.best());
        }
    }

    private void checkpoint() throws IOException {
        Checkpoint.Writer out = gan.checkpoint();
        out.put(SCORE_VERSION, scoreVersion);
        out.put("best-score", Double.doubleToRawLongBits(bestScore));
        out.write(folder.checkpoint());
        LossPlot.draw(folder);
    }
}

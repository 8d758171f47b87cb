package idiom.training.run;

import idiom.engine.generator.Generator;
import idiom.training.evaluate.DecodingGenerator;
import idiom.training.evaluate.PairEvaluation;
import idiom.training.evaluate.PairResult;
import idiom.training.evaluate.ScorePenalty;
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
    private BestWeights best = BestWeights.NONE;
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
            scoreVersion = checkpoint.numberOr(SCORE_VERSION, 1);
            if (scoreVersion == ScorePenalty.VERSION) {
                best = BestWeights.scored(folder, checkpoint);
            } else if (validation != null) {
                scoreBestAnew(validation);
            }
        }
    }

    /** A score that another program gave compares with none of ours. */
    private void scoreBestAnew(PairEvaluation look) throws IOException {
        scoreVersion = ScorePenalty.VERSION;
        if (Files.exists(folder.best())) {
            TrainedWeights there = folder.weights(true, false);
            TrainedWeights back = folder.weights(false, false);
            GeneratorShape shape = folder.recipe().generator();
            try (TrainedGenerator toB = new TrainedGenerator(gan.device(), shape, there.values());
                    TrainedGenerator toA = new TrainedGenerator(gan.device(), shape, back.values())) {
                Validation again = new Validation(
                        Math.toIntExact(there.step()), look.run(decoded(toB, true), decoded(toA, false)));
                best = new BestWeights(
                        new BestWeights.Scored(again.score(true), there),
                        new BestWeights.Scored(again.score(false), back));
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
        LossPlot.prepare();
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
        PairResult result = validation.run(
                decoded(new GanGenerator(gan, true), true), decoded(new GanGenerator(gan, false), false));
        Validation look = new Validation(gan.step(), result);
        log.add(look.toCsv());
        log.flush();
        console.accept(look.summary());
        if (best.isBeatenBy(look)) {
            best = best.or(look, gan);
            best.write(folder);
        }
    }

    /** A generator as its preset will have it; closing it is left to who made it. */
    private Generator decoded(Generator generator, boolean towardsB) throws IOException {
        return new DecodingGenerator(generator, folder.recipe().locks().decoding(towardsB));
    }

    private void checkpoint() throws IOException {
        Checkpoint.Writer out = gan.checkpoint();
        out.put(SCORE_VERSION, scoreVersion);
        best.putScores(out);
        out.write(folder.checkpoint());
        LossPlot.draw(folder);
    }
}

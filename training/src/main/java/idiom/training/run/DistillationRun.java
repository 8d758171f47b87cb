package idiom.training.run;

import idiom.training.distil.Agreement;
import idiom.training.distil.DistilRecipe;
import idiom.training.distil.Distillation;
import idiom.training.distil.Lessons;
import idiom.training.gan.Checkpoint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Distils step by step in a folder until the recipe is done or somebody stops it: {@code losses.csv} a row a step, {@code
 * checkpoint.ck} to go on from. One thread.
 */
public final class DistillationRun {
    private static final int REPORT_EVERY = 100;
    private static final int CHECKPOINT_EVERY = 250;
    private static final int LOOK_EVERY = 500;
    private static final int LOOK_LESSONS = 500;
    private static final long LOOK_SEED = 7;

    private final RunFolder folder;
    private final Map<String, Long> identity;
    private final Distillation distillation;
    private final DistilRecipe recipe;
    private final Lessons heldOut;
    private final Consumer<String> console;

    /**
     * A run of a distillation at its first step, or that {@link #resume} brings to where it was stopped.
     *
     * @param identity numbers, by what they are called on the command line, that must be the same when the run goes on
     * @param heldOut what progress is measured by
     */
    public DistillationRun(
            Path folder,
            Map<String, Long> identity,
            DistilRecipe recipe,
            Distillation distillation,
            Lessons heldOut,
            Consumer<String> console) {
        this.folder = new RunFolder(folder);
        this.identity = Map.copyOf(identity);
        this.recipe = recipe;
        this.distillation = distillation;
        this.heldOut = heldOut;
        this.console = console;
    }

    /**
     * Looks, before any work, whether a folder is as it has to be.
     *
     * @throws IOException in one line if there is a run to go on with and nobody asked for that, if it was started otherwise,
     *     or if there is none to go on with
     */
    public static void check(Path folder, Map<String, Long> identity, boolean resume) throws IOException {
        Path file = new RunFolder(folder).checkpoint();
        if (!resume) {
            if (Files.exists(file)) {
                throw new IOException(
                        folder + ": there is a run here already; go on with --resume, or name another folder");
            }
            return;
        }
        if (!Files.exists(file)) {
            throw new IOException(folder + ": there is no run here to go on with; start one without --resume");
        }
        Checkpoint checkpoint = Checkpoint.read(file);
        for (Map.Entry<String, Long> number : identity.entrySet()) {
            if (checkpoint.numberOr(number.getKey(), -1) != number.getValue()) {
                throw new IOException(folder + ": the run was started with another " + number.getKey()
                        + "; give the same, or start another run");
            }
        }
    }

    /** Goes on from the folder's checkpoint. */
    public void resume() throws IOException {
        distillation.restore(Checkpoint.read(folder.checkpoint()));
    }

    /**
     * Distils.
     *
     * @param stop asked after each step; the state is written before this returns
     * @return whether the recipe is done
     */
    public boolean run(BooleanSupplier stop) throws IOException {
        Files.createDirectories(folder.path());
        Progress progress = new Progress(distillation.step(), recipe.steps());
        try (Closeable lock = folder.lock();
                CsvLog losses = new CsvLog(folder.losses(), "step,loss", distillation.step())) {
            while (!distillation.isDone() && !stop.getAsBoolean()) {
                double loss = distillation.train();
                losses.add(String.format(Locale.ROOT, "%d,%.6f", distillation.step() - 1, loss));
                if (!Double.isFinite(loss)) {
                    throw new Guard.TrainingDied("step " + distillation.step()
                            + ": the loss is not finite; start anew with a lower --rate: --rate=" + recipe.rate());
                }
                if (isTime(REPORT_EVERY)) {
                    console.accept(progress.at(distillation.step()) + String.format(Locale.ROOT, " | loss %.4f", loss));
                }
                if (isTime(LOOK_EVERY)) {
                    console.accept(look().summary());
                }
                if (isTime(CHECKPOINT_EVERY)) {
                    losses.flush();
                    checkpoint();
                }
            }
            losses.flush();
            checkpoint();
        }
        return distillation.isDone();
    }

    private boolean isTime(int every) {
        return distillation.step() % every == 0 || distillation.isDone();
    }

    /** How well the student does on what it has not learnt from. */
    public Agreement look() {
        return Agreement.of(distillation.student(), heldOut, LOOK_LESSONS, LOOK_SEED);
    }

    private void checkpoint() throws IOException {
        Checkpoint.Writer out = distillation.checkpoint();
        identity.forEach(out::put);
        out.write(folder.checkpoint());
    }
}

package idiom.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import idiom.training.Synthetic;
import idiom.training.classifier.GenreClassifier;
import idiom.training.classifier.KnownClassifier;
import idiom.training.data.PhraseSet;
import idiom.training.evaluate.PairEvaluation;
import idiom.training.gan.Checkpoint;
import idiom.training.gan.CycleGan;
import idiom.training.gan.Recipe;
import idiom.training.net.Device;
import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
    private static final PhraseSet JAZZ = Synthetic.phrases(8, 60, 72, 1);
    private static final PhraseSet POP = Synthetic.phrases(8, 12, 24, 2);
    private static final Recipe RECIPE = Synthetic.recipe(
            "schedule.steps=8",
            "schedule.warmup=1",
            "schedule.rate=0.05",
            "schedule.average=0.5",
            "generator.skip=0.1",
            "generator.zero-mean=true");
    private static final TrainingRun.Rhythm RHYTHM = new TrainingRun.Rhythm(3, 2, 4);

    @TempDir
    private Path temporary;

    private final List<String> console = new ArrayList<>();

    @BeforeAll
    static void useOneThread() {
        Device.useThreads(1);
    }

    @Test
    void shouldResumeToTheFilesOfAnUnbrokenRun() throws IOException {
        RunFolder unbroken = folder("unbroken");
        assertThat(train(unbroken, false, () -> false)).isTrue();

        RunFolder stopped = folder("stopped");
        assertThat(train(stopped, false, afterSteps(5))).isFalse();
        assertThat(Checkpoint.read(stopped.checkpoint()).number("step")).isEqualTo(5);
        assertThat(train(stopped, true, () -> false)).isTrue();

        assertThat(Files.readString(stopped.losses())).isEqualTo(Files.readString(unbroken.losses()));
        assertThat(Files.readString(stopped.validations())).isEqualTo(Files.readString(unbroken.validations()));
        assertThat(Files.readAllBytes(stopped.checkpoint())).isEqualTo(Files.readAllBytes(unbroken.checkpoint()));
        assertThat(Files.readAllBytes(stopped.best())).isEqualTo(Files.readAllBytes(unbroken.best()));
        assertThat(steps(unbroken.losses())).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(steps(unbroken.validations())).containsExactly(2, 4, 6, 8, 9);
    }

    /** As a program left it that knew neither the columns nor the rule of today. */
    @Test
    void shouldGoOnWithARunOfAnOlderProgram() throws IOException {
        RunFolder unbroken = folder("unbroken");
        train(unbroken, false, () -> false);
        RunFolder old = folder("old");
        train(old, false, afterSteps(5));
        int columns = Validation.CSV_HEADER.indexOf(",chroma_there");
        int known = Validation.CSV_HEADER.substring(0, columns).split(",").length;
        Files.write(
                old.validations(),
                Files.readAllLines(old.validations()).stream()
                        .map(line -> Arrays.stream(line.split(",")).limit(known).collect(Collectors.joining(",")))
                        .toList());
        withoutScoreVersion(old);
        console.clear();

        assertThat(train(old, true, () -> false)).isTrue();

        // An impossible old score keeps no new checkpoint out.
        assertThat(Files.readAllBytes(old.best())).isEqualTo(Files.readAllBytes(unbroken.best()));
        assertThat(Files.readAllBytes(old.checkpoint())).isEqualTo(Files.readAllBytes(unbroken.checkpoint()));
        assertThat(console.get(0))
                .startsWith("the run was scored by an older rule; its best so far, scored anew: validation at step ");
        List<String> expected = Files.readAllLines(unbroken.validations());
        List<String> rows = Files.readAllLines(old.validations());
        assertThat(rows).hasSameSizeAs(expected).first().isEqualTo(Validation.CSV_HEADER);
        for (int row : new int[] {1, 2}) {
            assertThat(rows.get(row)).endsWith(",,,,");
            assertThat(expected.get(row))
                    .startsWith(rows.get(row).substring(0, rows.get(row).length() - 4));
        }
        assertThat(rows.subList(3, rows.size())).isEqualTo(expected.subList(3, expected.size()));
        assertThat(ImageIO.read(old.plot().toFile()).getHeight()).isEqualTo(2 * 420);
    }

    /** The same checkpoint with a score of 9 and without the number that says by which rule. */
    private static void withoutScoreVersion(RunFolder run) throws IOException {
        try (CycleGan gan = new CycleGan(Device.CPU, RECIPE, JAZZ, POP, JAZZ.concat(POP))) {
            gan.restore(Checkpoint.read(run.checkpoint()));
            Checkpoint.Writer out = gan.checkpoint();
            out.put("best-score", Double.doubleToRawLongBits(9));
            out.write(run.checkpoint());
        }
    }

    @Test
    void shouldBelongToOneTrainerAtATime() throws IOException {
        RunFolder run = folder("locked");
        try (Closeable lock = run.lock()) {
            assertThat(lock).isNotNull();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(run::lock)
                    .withMessage(run.path()
                            + ": another process is training this run; stop it first, or name another folder");
        }
        run.lock().close();
    }

    /** Killed after step 6, when the last checkpoint was at 4 and the tables went on. */
    @Test
    void shouldDropRowsThatTheCheckpointDoesNotKnow() throws IOException {
        RunFolder unbroken = folder("unbroken");
        train(unbroken, false, () -> false);
        RunFolder killed = folder("killed");
        train(killed, false, afterSteps(4));
        Files.writeString(killed.losses(), "4,9,9\n5,9,9\n6,9", StandardOpenOption.APPEND);
        Files.writeString(killed.validations(), "6,9,9\n", StandardOpenOption.APPEND);

        train(killed, true, () -> false);

        assertThat(Files.readString(killed.losses())).isEqualTo(Files.readString(unbroken.losses()));
        assertThat(Files.readString(killed.validations())).isEqualTo(Files.readString(unbroken.validations()));
    }

    @Test
    void shouldKeepEachDirectionsBestByItsOwnScore() throws IOException {
        RunFolder folder = folder("run");
        train(folder, false, () -> false);
        List<String> rows = Files.readAllLines(folder.validations());
        for (boolean towardsB : new boolean[] {true, false}) {
            String way = towardsB ? "_there" : "_back";
            int bestStep = -1;
            double bestScore = Double.NEGATIVE_INFINITY;
            for (String row : rows.subList(1, rows.size())) {
                double score = number(row, "s" + way) - number(row, "penalty" + way);
                if (score > bestScore) {
                    bestScore = score;
                    bestStep = CsvLog.step(row);
                }
            }
            TrainedWeights best = folder.weights(towardsB, false);
            assertThat(best.step()).isEqualTo(bestStep);

            RunFolder again = folder("again" + way);
            train(again, false, afterSteps(bestStep));
            assertThat(again.weights(towardsB, true).values()).isEqualTo(best.values());
            assertThat(folder.weights(towardsB, true).step()).isEqualTo(9);
        }
    }

    private static double number(String row, String column) {
        int index = List.of(Validation.CSV_HEADER.split(",")).indexOf(column);
        return Double.parseDouble(row.split(",", -1)[index]);
    }

    @Test
    void shouldDrawAndTellHowItGoes() throws IOException {
        RunFolder folder = folder("run");
        train(folder, false, () -> false);

        BufferedImage plot = ImageIO.read(folder.plot().toFile());
        assertThat(plot.getWidth()).isEqualTo(1000);
        assertThat(plot.getHeight()).isEqualTo(2 * 420);
        assertThat(console.get(0)).matches("validation at step 2: score .*");
        assertThat(console).anyMatch(line -> line.matches("step 3 of 9, \\d+\\.\\d\\d s a step, \\d+ s left \\| .*"));
        assertThat(console).anyMatch(line -> line.startsWith("step 9 of 9, "));
    }

    @Test
    void shouldTrainWithoutAValidation() throws IOException {
        RunFolder folder = folder("run");
        try (CycleGan gan = new CycleGan(Device.CPU, RECIPE, JAZZ, POP, JAZZ)) {
            new TrainingRun(folder, gan, null, RHYTHM, console::add).run(afterSteps(1));
        }
        assertThat(folder.best()).doesNotExist();
        assertThat(ImageIO.read(folder.plot().toFile()).getHeight()).isEqualTo(420);
        assertThat(folder.weights(true, false).step()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAFolderWithARun() throws IOException {
        RunFolder folder = folder("run");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> folder.create(RECIPE, Map.of()))
                .withMessage(
                        folder.path() + ": there is a run here already; go on with --resume, or name another folder");
        assertThat(folder.about()).containsEntry("pair", "jazz,pop");
    }

    @Test
    void shouldKeepRecipeAndFacts() throws IOException {
        RunFolder folder = new RunFolder(temporary.resolve("new"));
        folder.create(RECIPE, Map.of("pair", "jazz,pop", "note", "a \"quoted\" \\ text"));

        assertThat(folder.recipe()).isEqualTo(RECIPE);
        assertThat(folder.genres()).containsExactly("jazz", "pop");
        assertThat(folder.about()).containsEntry("note", "a \"quoted\" \\ text");
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        RunFolder nothing = new RunFolder(temporary.resolve("nothing"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(nothing::recipe)
                .withMessage(nothing.path() + ": no training run here (recipe.toml is missing)");
        RunFolder fresh = folder("fresh");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> fresh.weights(true, false))
                .withMessage(fresh.path() + ": no checkpoint yet; train on with --resume");
        RunFolder odd = new RunFolder(temporary.resolve("odd"));
        odd.create(RECIPE, Map.of("pair", "jazz"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(odd::genres)
                .withMessage(temporary.resolve("odd/run.toml") + ": pair must name two genres: pair=[jazz]");
    }

    @Test
    void shouldRefuseAnImpossibleRhythm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingRun.Rhythm(1, 0, 1))
                .withMessage("steps between reports, validations and checkpoints must be >= 1:"
                        + " report=1 validate=0 checkpoint=1");
    }

    private RunFolder folder(String name) throws IOException {
        RunFolder folder = new RunFolder(temporary.resolve(name));
        folder.create(RECIPE, Map.of("pair", "jazz,pop"));
        return folder;
    }

    private boolean train(RunFolder folder, boolean resume, BooleanSupplier stop) throws IOException {
        try (CycleGan gan = new CycleGan(Device.CPU, RECIPE, JAZZ, POP, JAZZ.concat(POP));
                GenreClassifier judge = KnownClassifier.of("jazz", "pop")) {
            PairEvaluation validation = new PairEvaluation(judge, "jazz", JAZZ.first(4), "pop", POP.first(4));
            TrainingRun run = new TrainingRun(folder, gan, validation, RHYTHM, console::add);
            if (resume) {
                run.resume();
            }
            return run.run(stop);
        }
    }

    /** Asked before each step; says stop when so many are done. */
    private static BooleanSupplier afterSteps(int steps) {
        int[] asked = {0};
        return () -> asked[0]++ >= steps;
    }

    private static List<Integer> steps(Path table) throws IOException {
        List<String> lines = Files.readAllLines(table);
        return lines.subList(1, lines.size()).stream().map(CsvLog::step).toList();
    }
}

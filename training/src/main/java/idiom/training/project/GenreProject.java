package idiom.training.project;

import idiom.presets.Preset;
import idiom.presets.PresetReader;
import idiom.training.calibrate.Calibration;
import idiom.training.calibrate.CalibrationFacts;
import idiom.training.classifier.AccuracyTable;
import idiom.training.classifier.Architecture;
import idiom.training.classifier.ClassifierData;
import idiom.training.classifier.ClassifierFile;
import idiom.training.classifier.ClassifierRecipe;
import idiom.training.classifier.ClassifierTraining;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.DataException;
import idiom.training.data.Dataset;
import idiom.training.data.GenrePair;
import idiom.training.data.MidiPreparation;
import idiom.training.data.PrepareRequest;
import idiom.training.data.RollRules;
import idiom.training.data.SongTable;
import idiom.training.evaluate.Answering;
import idiom.training.evaluate.Before;
import idiom.training.evaluate.EvaluationReport;
import idiom.training.evaluate.MeasuredFacts;
import idiom.training.evaluate.PairResult;
import idiom.training.evaluate.PresetEvaluation;
import idiom.training.evaluate.TestPhrases;
import idiom.training.export.ClassifierExport;
import idiom.training.export.PairExport;
import idiom.training.export.WeightType;
import idiom.training.net.Device;
import idiom.training.run.ClassifierRun;
import idiom.training.run.PairTraining;
import idiom.training.run.RunFolder;
import idiom.training.run.TrainingData;
import idiom.training.run.TrainingRun;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leads from two folders of MIDI files to installed presets, stage by stage. Each stage leaves its result in the project's folder,
 * whole or not at all; what is there is not done again, so a project that was stopped anywhere goes on when it is run again. One
 * thread.
 */
public final class GenreProject {
    /** Where projects lie that name no folder, in the current one. */
    public static final Path PROJECTS = Path.of("projects");

    private static final double TEST_SHARE = 0.1;
    private static final int REPORT_EVERY = 10;
    private static final int CHECKPOINT_EVERY = 50;
    private static final int MOST_VALIDATE_EVERY = 100;
    private static final int LEAST_VALIDATE_EVERY = 20;
    private static final int VALIDATIONS = 15;
    /** Fewer steps are a try: strength comes within some hundred steps at the earliest (docs/training.md). */
    private static final int LEAST_STEPS = 500;

    private final ProjectFolder folder;
    private final Means means;
    private ProjectSettings settings;
    private volatile Stage stage = Stage.PREPARATION;
    private @Nullable Device device;

    private GenreProject(ProjectFolder folder, ProjectSettings settings, Means means) {
        this.folder = folder;
        this.settings = settings;
        this.means = means;
    }

    /**
     * Looks at everything that is asked, before anything is written.
     *
     * @throws IOException in one line, if a folder is missing, or the project was begun with other settings
     */
    public static GenreProject open(ProjectFolder folder, ProjectRequest request, Means means) throws IOException {
        Optional<ProjectSettings> before = ProjectSettings.read(folder);
        if (before.isEmpty()) {
            folder.requireEmpty();
        }
        ProjectSettings settings = request.settings(before.orElse(null));
        if (before.isPresent() && folder.isPrepared() && !means.force()) {
            List<ProjectSettings.Difference> differences = before.get().differences(settings);
            if (!differences.isEmpty()) {
                throw new IOException(
                        folder.path() + ": the project was begun with other settings (" + differences.get(0)
                                + (differences.size() > 1 ? ", and " + (differences.size() - 1) + " more" : "")
                                + "); leave them out to go on with it, choose another --name, or --force does again what they"
                                + " touch");
            }
        }
        if (!folder.isPrepared() || means.force()) {
            settings.music().requireFolders();
        }
        GenreProject project = new GenreProject(folder, means.force() ? settings.replacing() : settings, means);
        Installation installation = means.installation();
        if (installation != null) {
            installation.requireFree(folder, project.names(), project.settings.replaceInstalled());
        }
        return project;
    }

    private List<String> names() {
        return List.of(settings.name(), settings.backName());
    }

    /** The stage that is at work; [any]. */
    public Stage stage() {
        return stage;
    }

    /**
     * Goes through all stages.
     *
     * @return whether all of them are done; false if it was stopped
     */
    public boolean run() throws IOException {
        Files.createDirectories(folder.path());
        try (Closeable lock = folder.lock()) {
            begin();
            TrainingData data = prepare();
            if (!judge(data) || !train(data)) {
                return false;
            }
            export(data);
            calibrate(data);
            String summary = evaluate(data);
            say("");
            summary.lines().forEach(this::say);
            sayIfTry();
            install();
            return true;
        }
    }

    private void sayIfTry() {
        int steps = settings.recipe().schedule().steps();
        if (steps < LEAST_STEPS) {
            say("");
            say("All this after " + steps
                    + " steps: a try, which shows that everything works and not what can be learnt."
                    + " To train it in earnest: " + goOn() + " --steps " + DefaultRecipe.STEPS
                    + " --judge-steps " + ClassifierRecipe.DEFAULT.steps() + " --force");
        }
    }

    /** The command that goes on with this project. */
    private String goOn() {
        Path usual = PROJECTS.resolve(settings.name());
        return "./idiom-train new --name " + settings.name()
                + (folder.path().equals(usual) ? "" : " -o " + Shell.quoted(folder.path()));
    }

    private void begin() throws IOException {
        Optional<ProjectSettings> before = ProjectSettings.read(folder);
        if (before.isPresent() && means.force()) {
            Stage first = before.get().differences(settings).stream()
                    .map(ProjectSettings.Difference::first)
                    .min(Stage::compareTo)
                    .orElse(Stage.PREPARATION);
            folder.clearFrom(first);
            say("--force: done again from the " + first.title() + " on");
        }
        if (!folder.isPrepared() || means.force()) {
            ProjectFolder.write(folder.settings(), settings.toToml());
        }
        Music music = settings.music();
        say((before.isEmpty() ? "new project " : "project ") + folder.path() + ": " + music.genreA() + " (" + music.a()
                + ") and " + music.genreB() + " (" + music.b() + ")");
    }

    private void say(String line) {
        means.console().accept(line);
        folder.log(line);
    }

    private void enter(Stage next, boolean done) {
        stage = next;
        say("");
        say("== " + next.title() + (done ? ": done before" : ""));
    }

    private Device device() {
        Device where = device;
        if (where == null) {
            where = means.device().get();
            device = where;
        }
        return where;
    }

    private TrainingData prepare() throws IOException {
        Music music = settings.music();
        boolean done = folder.isPrepared();
        enter(Stage.PREPARATION, done);
        if (!done) {
            Map<String, Path> genres = new LinkedHashMap<>();
            genres.put(music.genreA(), music.a());
            genres.put(music.genreB(), music.b());
            PrepareRequest request = new PrepareRequest(
                    genres,
                    folder.data(),
                    TEST_SHARE,
                    settings.seed(),
                    means.threads(),
                    settings.acceptUnstatedMeter(),
                    RollRules.PRODUCT,
                    true,
                    null,
                    false);
            String report = new MidiPreparation(request, means.progress()).run();
            report.lines().limit(genres.size()).forEach(this::say);
            say("which files were left out, and why: " + folder.report());
        }
        TrainingData data = data(music);
        say(String.format(
                Locale.ROOT,
                "of each genre %d phrases to learn from, %d to choose by (%s) and %d (%s), %d to test with",
                Math.min(data.a().train().size(), data.b().train().size()),
                data.a().validation().size(),
                music.genreA(),
                data.b().validation().size(),
                music.genreB(),
                data.pair().testA().size()));
        if (!done) {
            DataWarnings.of(data).forEach(this::say);
        }
        return data;
    }

    private TrainingData data(Music music) {
        try {
            return TrainingData.of(Dataset.open(folder.data()), music.genreA(), music.genreB());
        } catch (DataException e) {
            throw new DataException(e.getMessage() + "; add songs and run it again with --force", e);
        }
    }

    private ClassifierRecipe judgeRecipe(long seed) {
        ClassifierRecipe papers = ClassifierRecipe.DEFAULT;
        return new ClassifierRecipe(
                Architecture.PAPERS,
                papers.width(),
                settings.judgeSteps(),
                papers.batch(),
                papers.rate(),
                papers.noise(),
                papers.average(),
                papers.validateEvery(),
                seed);
    }

    /** Whether it is done. */
    private boolean judge(TrainingData data) throws IOException {
        ClassifierExport export = folder.judge();
        boolean done = Files.exists(export.file());
        enter(Stage.JUDGE, done);
        if (done) {
            return true;
        }
        say("a classifier that judges in the end; it has no say before");
        ClassifierRecipe recipe = judgeRecipe(settings.seed());
        List<String> genres = List.of(data.pair().a(), data.pair().b());
        ClassifierData phrases = ClassifierData.of(data.dataset(), genres);
        ClassifierRun run =
                new ClassifierRun(export.file(), recipe, data.dataset().sha256(), this::say);
        try (Means.Stop stop = means.stops().get()) {
            Optional<GenreClassifier> trained = run.run(
                    new ClassifierTraining(device(), recipe, genres, phrases.learning(), phrases.choosing()), stop);
            if (trained.isEmpty()) {
                return false;
            }
            try (GenreClassifier classifier = trained.get()) {
                AccuracyTable accuracy = AccuracyTable.of(classifier, phrases.test());
                export.write(classifier, recipe, accuracy, data.dataset());
                say(String.format(
                        Locale.ROOT,
                        "the judge is right on %.1f %% of the test phrases; no transfer can be measured better than that",
                        100 * accuracy.accuracy()));
            }
            run.finish();
        }
        return true;
    }

    /** Whether it is done. */
    private boolean train(TrainingData data) throws IOException {
        RunFolder run = folder.run();
        boolean begun = Files.exists(run.path().resolve("recipe.toml"));
        boolean done = begun && run.isDone();
        enter(Stage.TRAINING, done);
        if (done) {
            return true;
        }
        say("losses and strength are drawn anew every " + CHECKPOINT_EVERY + " steps: " + run.plot());
        int steps = settings.recipe().schedule().steps();
        PairTraining.Plan plan = new PairTraining.Plan(
                settings.recipe(),
                means.threads(),
                new TrainingRun.Rhythm(
                        REPORT_EVERY,
                        Math.max(LEAST_VALIDATE_EVERY, Math.min(MOST_VALIDATE_EVERY, steps / VALIDATIONS)),
                        CHECKPOINT_EVERY),
                settings.validationPhrases(),
                null,
                judgeRecipe(settings.seed() + PairTraining.JUDGE_SEED),
                null);
        try (Means.Stop stop = means.stops().get()) {
            PairTraining.Outcome outcome = new PairTraining(run, data, plan, device(), this::say).run(begun, stop);
            if (!outcome.done()) {
                say("stopped at step " + outcome.step() + " of "
                        + settings.recipe().schedule().allSteps() + " of the training");
            }
            return outcome.done();
        }
    }

    private void export(TrainingData data) throws IOException {
        List<Path> files = names().stream().map(folder::preset).toList();
        boolean done = files.stream().allMatch(Files::exists);
        enter(Stage.EXPORT, done);
        if (done) {
            return;
        }
        List<Integer> programs = programs();
        PairExport.Way there = new PairExport.Way(folder.presets(), settings.name(), programs.get(0));
        PairExport.Way back = new PairExport.Way(folder.presets(), settings.backName(), programs.get(1));
        new PairExport(folder.run(), data.pair(), there, back, device(), this::say).write(WeightType.FP16, false, null);
    }

    private void calibrate(TrainingData data) throws IOException {
        Path thereFile = folder.preset(settings.name());
        Path backFile = folder.preset(settings.backName());
        Preset there = PresetReader.read(thereFile);
        Preset back = PresetReader.read(backFile);
        boolean done = CalibrationFacts.isIn(there) && CalibrationFacts.isIn(back);
        enter(Stage.CALIBRATION, done);
        if (done) {
            return;
        }
        int count = settings.validationPhrases();
        GenrePair phrases = data.pair()
                .withTest(
                        data.a().validation().sample(count, settings.seed()),
                        data.b().validation().sample(count, settings.seed()));
        try (GenreClassifier judge = ClassifierFile.read(device(), folder.run().judge())) {
            Calibration.Found found = new Calibration(judge, there, back, means.progress()).run(phrases);
            new CalibrationFacts(phrases, settings.seed(), found).record(there, thereFile, back, backFile);
            found.changes(there, back).forEach(this::say);
        }
    }

    private List<Integer> programs() {
        Installation installation = means.installation();
        if (installation != null) {
            return installation.programs(means.programs(), names());
        }
        return means.programs().isEmpty() ? List.of(0, 1) : means.programs();
    }

    /** The summary. */
    private String evaluate(TrainingData data) throws IOException {
        Path summary = folder.summary();
        boolean done = Files.exists(summary);
        enter(Stage.EVALUATION, done);
        if (done) {
            return Files.readString(summary);
        }
        Path thereFile = folder.preset(settings.name());
        Path backFile = folder.preset(settings.backName());
        Preset there = PresetReader.read(thereFile);
        Preset back = PresetReader.read(backFile);
        Answering answering =
                Answering.all(List.of(there.mode()), List.of(), Before.ITSELF).get(0);
        List<EvaluationReport.Row> rows = new ArrayList<>();
        try (GenreClassifier judge =
                ClassifierFile.read(device(), folder.judge().file())) {
            PresetEvaluation evaluation = new PresetEvaluation(judge, there, back, false, means.progress());
            for (TestPhrases phrases : TestPhrases.wholeAndClean(data.pair())) {
                rows.add(new EvaluationReport.Row(
                        phrases.name(), answering.label(), evaluation.run(phrases.pair(), answering)));
            }
        }
        PairResult measured = rows.get(0).result();
        EvaluationReport report = new EvaluationReport(rows);
        MeasuredFacts.record(there, thereFile, measured.there());
        MeasuredFacts.record(back, backFile, measured.back());
        ProjectFolder.write(folder.evaluation("csv"), report.toCsv());
        ProjectFolder.write(folder.evaluation("json"), report.toJson());
        ProjectFolder.write(folder.evaluation("txt"), report.toText());
        String text = Findings.of(measured, settings.name(), settings.backName());
        ProjectFolder.write(summary, text);
        return text;
    }

    private void install() throws IOException {
        enter(Stage.INSTALLATION, false);
        Installation installation = means.installation();
        List<String> names = names();
        for (int i = 0; i < names.size(); i++) {
            Path file = folder.preset(names.get(i));
            if (installation == null) {
                say("not installed: " + file + "; ./idiom presets install " + Shell.quoted(file) + " does it");
            } else {
                Optional<Integer> asked = means.programs().isEmpty()
                        ? Optional.empty()
                        : Optional.of(means.programs().get(i));
                say(installation.install(file, asked, settings.replaceInstalled()));
            }
        }
        say("the presets lie in " + folder.presets() + ", the numbers in " + folder.evaluation("txt"));
        say("");
        say("to hear them:");
        say("  " + command(settings.music().a(), settings.music().genreA(), settings.name()));
        say("  " + command(settings.music().b(), settings.music().genreB(), settings.backName()));
    }

    /** Plays a song of the test part, which nothing was learnt from. */
    private String command(Path music, String genre, String preset) throws IOException {
        String song = SongTable.songToTest(folder.data(), genre)
                .map(name -> Shell.quoted(music.resolve(name)))
                .orElse("SONG.mid");
        return "./idiom transfer " + song + " --preset " + preset + " -o " + preset + ".mid --wav " + preset + ".wav";
    }
}

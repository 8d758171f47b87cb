package idiom.training.report;

import idiom.training.classifier.GenreClassifier;
import idiom.training.comparison.EvaluationFile;
import idiom.training.comparison.PaperTables;
import idiom.training.data.Dataset;
import idiom.training.data.Progress;
import idiom.training.evaluate.EvaluationReport;
import idiom.training.net.Device;
import idiom.training.published.Figure;
import idiom.training.run.LossPlot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Makes the page of some saved runs: measures them, draws and renders what is shown, and writes all of it into a folder. One
 * thread.
 */
public final class Report {
    private static final String ON = "test";
    private static final String MODE = "phrase";

    private final Device device;
    private final Dataset data;
    private final Judges judges;
    private final ReportRecipe recipe;
    private final BiFunction<String, Integer, Progress> progress;

    /**
     * A report.
     *
     * @param judges of each run's phrases
     * @param progress begins one: of what, and how many units
     */
    public Report(
            Device device,
            Dataset data,
            Judges judges,
            ReportRecipe recipe,
            BiFunction<String, Integer, Progress> progress) {
        this.device = device;
        this.data = data;
        this.judges = judges;
        this.recipe = recipe;
        this.progress = progress;
    }

    /**
     * Writes the page {@code report.html} and what belongs to it.
     *
     * @param runs folders of runs, their names different
     * @param last whether to take the last checkpoints' weights, not the best
     * @param attributions folders that {@code attribute} has made, shown as chapters
     * @param facts on data, judges and versions, by key
     * @param folder that is there
     * @throws IOException in one line, if a run can't be read or something can't be written
     * @throws IllegalArgumentException in one line, if no judge knows a run's genres, or two runs have one name
     */
    public void write(List<Path> runs, boolean last, List<Path> attributions, Map<String, String> facts, Path folder)
            throws IOException {
        List<SavedRun> saved = read(runs, last);
        // What can fail at once does so before the first run is measured.
        saved.forEach(run -> judges.first(run.a(), run.b()));
        List<ReportPage.Chapter> chapters = new ArrayList<>();
        for (Path attribution : attributions) {
            chapters.add(AttributionChapter.of(attribution, chapters.size(), folder));
        }
        RunMeasurement measurement = new RunMeasurement(device, data, judges, recipe);
        List<RunResult> results = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (SavedRun run : saved) {
            RunResult result = measurement.measure(run, progress.apply(run.name() + ":", measurement.work(run)));
            results.add(result);
            figures.addAll(numbers(result, folder));
            LossPlot.draw(run.folder(), folder.resolve(ReportFiles.curves(run)));
            show(result, folder);
        }
        String html = new ReportPage(facts, PaperTables.of(figures), results, chapters).html();
        Files.write(folder.resolve(ReportFiles.PAGE), html.getBytes(StandardCharsets.UTF_8));
    }

    private static List<SavedRun> read(List<Path> runs, boolean last) throws IOException {
        List<SavedRun> saved = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Path path : runs) {
            SavedRun run = SavedRun.read(path, last);
            if (!names.add(run.name())) {
                throw new IllegalArgumentException(
                        path + ": another run has that name; rename the folder of one: name=" + run.name());
            }
            saved.add(run);
        }
        return saved;
    }

    private static List<Figure> numbers(RunResult result, Path folder) throws IOException {
        Path file = folder.resolve(ReportFiles.numbers(result.run()));
        String json = new EvaluationReport(List.of(new EvaluationReport.Row(ON, MODE, result.judged()))).toJson();
        Files.write(file, json.getBytes(StandardCharsets.UTF_8));
        return EvaluationFile.read(file, result.run().name(), ON, MODE).stream()
                .map(figure -> figure.from(ReportFiles.numbers(result.run())))
                .toList();
    }

    private void show(RunResult result, Path folder) throws IOException {
        GenreClassifier judge = judges.first(result.run().a(), result.run().b());
        SampleFiles files = new SampleFiles(folder, List.of(ReportFiles.Version.values()), true);
        for (Sample sample : result.samples()) {
            files.write(sample, ReportFiles.stem(result.run(), sample), judge);
        }
    }
}

package idiom.training.cli;

import idiom.engine.generator.Generator;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.onnx.OnnxRuntimeGenerator;
import idiom.presets.Hop;
import idiom.presets.Preset;
import idiom.presets.PresetReader;
import idiom.training.classifier.ClassifierFile;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.AtomicFile;
import idiom.training.data.Dataset;
import idiom.training.data.GenrePair;
import idiom.training.evaluate.EvaluationReport;
import idiom.training.evaluate.HopGenerator;
import idiom.training.evaluate.PairEvaluation;
import idiom.training.evaluate.PairResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code idiom-train evaluate}: the papers' table for two presets that lead there and back. */
@Command(
        name = "evaluate",
        description = {
            "Measure two presets that lead from one genre to another and back, on the test split.",
            "",
            "Prints a row for each direction, on the full test split (comparable with the papers) and on the split"
                    + " without its flagged rows (repeats, rows shared with the train split or another genre)."
        })
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Mixin
    private ThreadsOption threads;

    @Option(
            names = "--judge",
            required = true,
            paramLabel = "FILE",
            description = "Classifier of the two genres, made by classify.")
    private Path judgeFile;

    @Parameters(index = "0", paramLabel = "THERE.toml", description = "Preset from the first genre to the second.")
    private Path there;

    @Parameters(index = "1", paramLabel = "BACK.toml", description = "Preset from the second genre to the first.")
    private Path back;

    @Option(
            names = "--hop",
            defaultValue = "window",
            paramLabel = "HOP",
            description = "As a live session hears it that answers hop by hop: step (a 16th), beat, bar or window"
                    + " (default ${DEFAULT-VALUE}: all four bars at once).")
    private Hop hop = Hop.WINDOW;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the table as CSV as well.")
    private @Nullable Path csv;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the table as JSON as well.")
    private @Nullable Path json;

    @Option(names = "--force", description = "Write over files that are there.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        refuseToOverwrite(csv);
        refuseToOverwrite(json);
        threads.apply();
        Preset presetThere = PresetReader.read(there);
        Preset presetBack = PresetReader.read(back);
        if (!presetThere.source().equals(presetBack.target())
                || !presetThere.target().equals(presetBack.source())) {
            throw new IOException(back + " must lead back from " + presetThere.target() + " to " + presetThere.source()
                    + ": it leads from " + presetBack.source() + " to " + presetBack.target());
        }
        Dataset dataset = data.open();
        GenrePair pair = dataset.pair(presetThere.source(), presetThere.target());
        InferenceOptions options = InferenceOptions.defaults().withMaxBatch(16);
        try (GenreClassifier judge = ClassifierFile.read(judgeFile);
                Generator toB = load(presetThere, options);
                Generator toA = load(presetBack, options)) {
            List<EvaluationReport.Row> rows = new ArrayList<>();
            rows.add(new EvaluationReport.Row("test", evaluate(judge, pair, toB, toA)));
            GenrePair clean = clean(pair);
            if (clean.testA().size() > 0 && clean.testB().size() > 0) {
                rows.add(new EvaluationReport.Row("clean", evaluate(judge, clean, toB, toA)));
            } else {
                Console.say("every row of " + (clean.testA().size() == 0 ? pair.a() : pair.b())
                        + " is flagged, so there is no table without flagged rows");
            }
            report(new EvaluationReport(rows));
        }
        return 0;
    }

    private Generator load(Preset preset, InferenceOptions options) {
        return new HopGenerator(OnnxRuntimeGenerator.load(preset.model().path(), options), hop.steps());
    }

    private static PairResult evaluate(GenreClassifier judge, GenrePair pair, Generator toB, Generator toA) {
        Console.say("measuring " + pair.a() + " / " + pair.b() + " on "
                + pair.testA().size() + " and " + pair.testB().size() + " phrases");
        return new PairEvaluation(judge, pair.a(), pair.testA(), pair.b(), pair.testB()).run(toB, toA);
    }

    private static GenrePair clean(GenrePair pair) {
        return new GenrePair(
                pair.a(),
                pair.b(),
                pair.trainA(),
                pair.trainB(),
                pair.testA().withoutFlagged(),
                pair.testB().withoutFlagged());
    }

    private void report(EvaluationReport report) throws IOException {
        System.out.println(report.toText());
        write(csv, report.toCsv());
        write(json, report.toJson());
    }

    private void refuseToOverwrite(@Nullable Path file) throws IOException {
        if (file != null && !force && Files.exists(file)) {
            throw new IOException(file + " is there already; --force writes over it");
        }
    }

    private static void write(@Nullable Path file, String text) throws IOException {
        if (file != null) {
            AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        }
    }
}

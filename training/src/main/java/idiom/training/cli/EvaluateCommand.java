package idiom.training.cli;

import idiom.presets.Hop;
import idiom.presets.Mode;
import idiom.presets.Preset;
import idiom.training.classifier.ClassifierFile;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.GenrePair;
import idiom.training.data.Holdout;
import idiom.training.evaluate.Answering;
import idiom.training.evaluate.Before;
import idiom.training.evaluate.DirectionResult;
import idiom.training.evaluate.EvaluationReport;
import idiom.training.evaluate.MeasuredFacts;
import idiom.training.evaluate.PairResult;
import idiom.training.evaluate.PresetEvaluation;
import idiom.training.evaluate.TestPhrases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idiom-train evaluate}: the papers' table for two presets that lead there and back. */
@Command(
        name = "evaluate",
        description = {
            "Measure two presets that lead from one genre to another and back, with the decoding that they ask for, on the"
                    + " test split.",
            "",
            "Prints a row for each direction, on the full test split (comparable with the papers) and on the split"
                    + " without its flagged rows (repeats, rows shared with the train split or another genre).",
            "",
            "--mode and --hop tell what it is worth while music is played: in follow with a hop of a step, 64 windows a"
                    + " phrase are asked for, so draw a sample (--sample 200)."
        })
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DeviceOption device;

    @Option(
            names = "--judge",
            required = true,
            paramLabel = "FILE",
            description = "Classifier of the two genres, made by classify.")
    private Path judgeFile;

    @Mixin
    private PresetPair presets;

    @Option(
            names = "--mode",
            split = ",",
            paramLabel = "MODE",
            description = "As a live session hears it: phrase, follow, instant, or several of them (default: phrase;"
                    + " follow if there is --hop).")
    private List<Mode> modes = List.of();

    @Option(
            names = "--hop",
            split = ",",
            paramLabel = "HOP",
            description = "Hops of the mode follow: step (a 16th), beat, bar, window, or several (default: bar).")
    private List<Hop> hops = List.of();

    @Option(
            names = "--whole",
            description =
                    "Measure instant with the generators of all modes, where the presets have smaller ones for it.")
    private boolean whole;

    @Option(
            names = "--before",
            defaultValue = "itself",
            paramLabel = "WHAT",
            description =
                    "What was played before each phrase, in follow and instant: silence, or the phrase itself, over"
                            + " and over (default ${DEFAULT-VALUE}).")
    private Before before = Before.ITSELF;

    @Option(
            names = "--held-out",
            description = "Measure on the part of the train split that train holds out and chooses checkpoints by: to"
                    + " compare settings without a look at the test split.")
    private boolean heldOut;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Measure on so many phrases of each genre, drawn from the split (default: on all).")
    private @Nullable Integer sampleSize;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of that draw (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--record",
            description =
                    "Write into the presets' provenance what was measured of them, in phrase and on the full test split.")
    private boolean record;

    @Mixin
    private OutputFiles files;

    @Override
    public Integer call() throws IOException {
        files.refuseToOverwrite();
        threads.apply();
        presets.read();
        List<Answering> answerings = answerings();
        GenrePair pair = presets.pairOf(data.open());
        List<EvaluationReport.Row> rows = new ArrayList<>();
        try (GenreClassifier judge = ClassifierFile.read(device.choose(), judgeFile)) {
            PresetEvaluation evaluation =
                    new PresetEvaluation(judge, presets.there(), presets.back(), whole, System.err);
            for (TestPhrases phrases : phrases(pair)) {
                for (Answering answering : answerings) {
                    PairResult result = evaluation.run(phrases.pair(), answering);
                    rows.add(new EvaluationReport.Row(phrases.name(), answering.label(), result));
                }
            }
        }
        report(new EvaluationReport(rows));
        if (record) {
            PairResult measured = rows.get(0).result();
            record(presets.there(), presets.thereFile(), measured.there());
            record(presets.back(), presets.backFile(), measured.back());
        }
        return 0;
    }

    private static void record(Preset preset, Path file, DirectionResult measured) throws IOException {
        MeasuredFacts.record(preset, file, measured);
        Console.say("recorded in " + file);
    }

    private List<Answering> answerings() {
        if (!hops.isEmpty() && !modes.isEmpty() && !modes.contains(Mode.FOLLOW)) {
            throw new Usage(
                    spec,
                    "--hop is for the mode follow: --mode="
                            + modes.get(0).name().toLowerCase(Locale.ROOT));
        }
        if (sampleSize != null && sampleSize < 1) {
            throw new Usage(spec, "--sample must be at least 1: --sample=" + sampleSize);
        }
        if (record
                && (heldOut
                        || sampleSize != null
                        || !hops.isEmpty()
                        || !List.of(Mode.PHRASE).containsAll(modes))) {
            throw new Usage(
                    spec,
                    "--record is for phrase and the full test split: leave out --held-out, --sample, --hop, --mode");
        }
        List<Mode> asked = modes.isEmpty() ? List.of(hops.isEmpty() ? Mode.PHRASE : Mode.FOLLOW) : modes;
        return Answering.all(asked, hops.isEmpty() ? List.of(Hop.BAR) : hops, before);
    }

    /** A sample of the split; or all of it and, of the test split, what is left of it without its flagged rows. */
    private List<TestPhrases> phrases(GenrePair whole) {
        GenrePair pair = heldOut ? Holdout.validationOf(whole) : whole;
        if (sampleSize != null) {
            return List.of(new TestPhrases(
                    "sampled",
                    pair.withTest(
                            pair.testA().sample(sampleSize, seed), pair.testB().sample(sampleSize, seed))));
        }
        if (heldOut) {
            return List.of(new TestPhrases("held out", pair));
        }
        List<TestPhrases> all = TestPhrases.wholeAndClean(pair);
        if (all.size() < 2) {
            Console.say("every row of "
                    + (pair.testA().withoutFlagged().size() == 0 ? pair.a() : pair.b())
                    + " is flagged, so there is no table without flagged rows");
        }
        return all;
    }

    private void report(EvaluationReport report) throws IOException {
        System.out.println(report.toText());
        files.write(report.toCsv(), report.toJson());
    }
}

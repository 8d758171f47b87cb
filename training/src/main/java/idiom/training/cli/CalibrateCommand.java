package idiom.training.cli;

import idiom.training.calibrate.Calibration;
import idiom.training.calibrate.CalibrationFacts;
import idiom.training.classifier.ClassifierFile;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.GenrePair;
import idiom.training.data.Holdout;
import idiom.training.evaluate.EvaluationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idiom-train calibrate}: thresholds and density limits for two presets that lead there and back. */
@Command(
        name = "calibrate",
        description = {
            "Find thresholds and density limits for two presets that lead from one genre to another and back.",
            "",
            "Chosen on the part of the train split that train holds out: for strength of transfer, less what is not kept of"
                    + " tune, key and content, and what there is more or less of than in the target genre. The test"
                    + " split has no part in it, so take the classifier that validated the training as judge."
                    + " Locks, mix and all else stay as the presets have them."
        })
final class CalibrateCommand implements Callable<Integer> {
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
            description = "Classifier of the two genres: the run's judge.ck, or one made by classify.")
    private Path judgeFile;

    @Mixin
    private PresetPair presets;

    @Option(
            names = "--sample",
            defaultValue = "300",
            paramLabel = "N",
            description = "Held-out phrases of each genre (default ${DEFAULT-VALUE}; fewer if there are no more).")
    private int sampleSize;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of their draw (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--record",
            description = "Write what was found into the presets; what was measured of them before is taken out.")
    private boolean record;

    @Override
    public Integer call() throws IOException {
        if (sampleSize < 1) {
            throw new Usage(spec, "--sample must be at least 1: --sample=" + sampleSize);
        }
        threads.apply();
        presets.read();
        GenrePair held = Holdout.validationOf(presets.pairOf(data.open()));
        GenrePair phrases = held.withTest(
                held.testA().sample(sampleSize, seed), held.testB().sample(sampleSize, seed));
        try (GenreClassifier judge = ClassifierFile.read(device.choose(), judgeFile)) {
            Calibration.Found found = new Calibration(judge, presets.there(), presets.back(), System.err).run(phrases);
            System.out.println(new EvaluationReport(List.of(
                            new EvaluationReport.Row("held out", "as it was", found.before()),
                            new EvaluationReport.Row("held out", "calibrated", found.after())))
                    .toText());
            found.changes(presets.there(), presets.back()).forEach(System.out::println);
            if (record) {
                new CalibrationFacts(phrases, seed, found)
                        .record(presets.there(), presets.thereFile(), presets.back(), presets.backFile());
                Console.say("recorded in " + presets.thereFile() + " and " + presets.backFile());
            }
        }
        return 0;
    }
}

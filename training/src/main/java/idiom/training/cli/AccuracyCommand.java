package idiom.training.cli;

import idiom.training.classifier.ClassifierFile;
import idiom.training.classifier.GenreClassifier;
import idiom.training.classifier.NoiseAccuracy;
import idiom.training.comparison.AccuracyReport;
import idiom.training.data.Dataset;
import idiom.training.data.PhraseSet;
import idiom.training.data.Progress;
import idiom.training.data.Split;
import idiom.training.net.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code idiom-train accuracy}: judges that are there already, under the papers' noise. */
@Command(
        name = "accuracy",
        description = {
            "Measure how often judges are right on the test split, without and with Gaussian noise on it, beside the"
                    + " published figures (Brunner et al. 2018).",
            "",
            "sigma_C is the papers' deviation of the noise. In their program cells are -1 and 1, here they are 0 and 1, so the"
                    + " noise that is added is half of it."
        })
final class AccuracyCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DeviceOption device;

    @Parameters(arity = "1..*", paramLabel = "JUDGE", description = "Classifiers, made by classify.")
    private List<Path> judges = List.of();

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the noise (default ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private OutputFiles files;

    @Override
    public Integer call() throws IOException {
        files.refuseToOverwrite();
        threads.apply();
        Dataset dataset = data.open();
        Device where = device.choose();
        List<AccuracyReport.Judge> measured = new ArrayList<>();
        for (Path judge : judges) {
            measured.add(measure(judge, where, dataset));
        }
        AccuracyReport report = new AccuracyReport(measured);
        System.out.print(report.toText());
        files.write(report.toCsv(), report.toJson());
        return 0;
    }

    private AccuracyReport.Judge measure(Path file, Device where, Dataset dataset) throws IOException {
        try (GenreClassifier judge = ClassifierFile.read(where, file)) {
            List<PhraseSet> test = dataset.equal(judge.genres(), Split.TEST);
            Progress progress = Console.progress(file + ", noise:", NoiseAccuracy.SIGMAS.size());
            List<NoiseAccuracy> rows = NoiseAccuracy.of(judge, test, seed, progress::step);
            List<PhraseSet> clean = test.stream().map(PhraseSet::withoutFlagged).toList();
            return new AccuracyReport.Judge(file.toString(), judge.genres(), size(test), sizeOfAll(clean), rows);
        }
    }

    private static int size(List<PhraseSet> byGenre) {
        return byGenre.stream().mapToInt(PhraseSet::size).sum();
    }

    /** 0 if there is a genre of which nothing is left. */
    private static int sizeOfAll(List<PhraseSet> byGenre) {
        return byGenre.stream().anyMatch(phrases -> phrases.size() == 0) ? 0 : size(byGenre);
    }
}

package idiom.training.cli;

import idiom.training.classifier.ClassifierFile;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.Dataset;
import idiom.training.data.Digests;
import idiom.training.net.Device;
import idiom.training.report.Judges;
import idiom.training.report.ReportRecipe;
import idiom.training.run.Versions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Classifiers for several pairs of genres, and others whose verdict is shown beside theirs. */
final class JudgeOptions {
    @Mixin
    private DeviceOption device;

    @Option(
            names = "--judge",
            required = true,
            paramLabel = "FILE",
            description =
                    "Classifier, made by classify; repeat it for other genres: the first that knows both genres of a"
                            + " pair judges it.")
    private List<Path> firsts = List.of();

    @Option(
            names = "--second-judge",
            paramLabel = "FILE",
            description = "Another classifier whose verdict is shown beside; likewise.")
    private List<Path> seconds = List.of();

    /** Classifiers that are closed with it. */
    record Open(Device device, Judges judges) implements AutoCloseable {
        @Override
        public void close() {
            judges.firsts().forEach(GenreClassifier::close);
            judges.seconds().forEach(GenreClassifier::close);
        }
    }

    /** Reads all of them. */
    Open open() throws IOException {
        Device where = device.choose();
        List<GenreClassifier> read = new ArrayList<>();
        try {
            for (Path file : firsts) {
                read.add(ClassifierFile.read(where, file));
            }
            for (Path file : seconds) {
                read.add(ClassifierFile.read(where, file));
            }
        } catch (IOException | RuntimeException e) {
            read.forEach(GenreClassifier::close);
            throw e;
        }
        return new Open(where, new Judges(read.subList(0, firsts.size()), read.subList(firsts.size(), read.size())));
    }

    /** What is measured on and by which classifiers, by key, for a page. */
    Map<String, String> facts(Dataset dataset, ReportRecipe recipe) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("data-sha256", dataset.sha256());
        facts.put("phrases", recipe.phrases() == 0 ? "the whole test split" : "drawn: " + recipe.phrases());
        facts.put("seed", Long.toString(recipe.seed()));
        for (Path judge : firsts) {
            facts.put("judge " + judge, Digests.sha256(judge));
        }
        for (Path judge : seconds) {
            facts.put("second judge " + judge, Digests.sha256(judge));
        }
        facts.putAll(Versions.all());
        return facts;
    }
}

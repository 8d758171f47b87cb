package idiom.training.cli;

import idiom.training.classifier.ClassifierFile;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.Dataset;
import idiom.training.data.GenrePair;
import idiom.training.export.PairExport;
import idiom.training.export.WeightType;
import idiom.training.net.Device;
import idiom.training.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idiom-train export}: both generators of a run as presets. */
@Command(
        name = "export",
        description = {
            "Write both generators of a run as ONNX models with presets beside them.",
            "",
            "Of each generator the averaged weights of its own best validation are taken, and the recipe's locks become the"
                    + " presets'. Each model is run on 100 real phrases and must agree"
                    + " with training's own forward pass within 1e-4 (fp32 weights)."
        })
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Mixin
    private ThreadsOption threads;

    @Option(names = "--run", required = true, paramLabel = "FOLDER", description = "Folder of the run.")
    private Path folder;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FOLDER",
            description = "Where A-to-B.onnx, A-to-B.toml and the way back go.")
    private Path output;

    @Option(
            names = "--weights",
            defaultValue = "fp16",
            description = "fp16 (half the size) or fp32 (default ${DEFAULT-VALUE}).")
    private WeightType weights;

    @Option(names = "--last", description = "Take the last checkpoint rather than the best validations.")
    private boolean last;

    @Option(
            names = "--judge",
            paramLabel = "FILE",
            description =
                    "Classifier of both genres: measures the models on the test split for the presets' provenance.")
    private @Nullable Path judgeFile;

    @Option(
            names = "--programs",
            paramLabel = "N,N",
            split = ",",
            description = "Program numbers of the presets there and back, 0 to 127 (default: 0,1).")
    private List<Integer> programs = List.of(0, 1);

    @Mixin
    private ForceOption force;

    @Override
    public Integer call() throws IOException {
        if (programs.size() != 2 || programs.stream().anyMatch(program -> program < 0 || program > 127)) {
            throw new Usage(spec, "--programs must be two numbers from 0 to 127, such as 0,1: --programs=" + programs);
        }
        threads.apply();
        RunFolder run = new RunFolder(folder);
        Dataset dataset = data.open();
        List<String> genres = run.genres();
        GenrePair pair = dataset.pair(genres.get(0), genres.get(1));
        PairExport.Way there = new PairExport.Way(output, pair.a() + "-to-" + pair.b(), programs.get(0));
        PairExport.Way back = new PairExport.Way(output, pair.b() + "-to-" + pair.a(), programs.get(1));
        for (PairExport.Way way : List.of(there, back)) {
            force.refuseToOverwrite(way.model());
            force.refuseToOverwrite(way.preset());
        }
        PairExport export = new PairExport(run, pair, there, back, Device.CPU, Console::say);
        if (judgeFile == null) {
            export.write(weights, last, null);
        } else {
            try (GenreClassifier judge = ClassifierFile.read(Device.CPU, judgeFile)) {
                export.write(weights, last, judge);
            }
        }
        return 0;
    }
}

package idiom.training.cli;

import idiom.engine.generator.Generator;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.onnx.OnnxRuntimeGenerator;
import idiom.presets.Decoding;
import idiom.presets.Hop;
import idiom.presets.Mode;
import idiom.presets.ModelFile;
import idiom.presets.Output;
import idiom.presets.Preset;
import idiom.presets.PresetWriter;
import idiom.presets.Provenance;
import idiom.training.classifier.ClassifierFile;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.Dataset;
import idiom.training.data.Digests;
import idiom.training.data.GenrePair;
import idiom.training.data.PhraseSet;
import idiom.training.evaluate.DecodingGenerator;
import idiom.training.evaluate.DirectionResult;
import idiom.training.evaluate.PairEvaluation;
import idiom.training.evaluate.PairResult;
import idiom.training.export.WeightType;
import idiom.training.gan.Recipe;
import idiom.training.gan.RecipeText;
import idiom.training.net.Device;
import idiom.training.run.RunFolder;
import idiom.training.run.TrainedWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** One direction on its way into a preset. */
    private record Way(String source, String target, int program, Path folder, boolean towardsB) {
        String name() {
            return source + "-to-" + target;
        }

        Path model() {
            return folder.resolve(name() + ".onnx");
        }

        Path preset() {
            return folder.resolve(name() + ".toml");
        }
    }

    @Override
    public Integer call() throws IOException {
        if (programs.size() != 2 || programs.stream().anyMatch(program -> program < 0 || program > 127)) {
            throw new Usage(spec, "--programs must be two numbers from 0 to 127, such as 0,1: --programs=" + programs);
        }
        threads.apply();
        RunFolder run = new RunFolder(folder);
        Recipe recipe = run.recipe();
        Dataset dataset = data.open();
        List<String> genres = run.genres();
        GenrePair pair = dataset.pair(genres.get(0), genres.get(1));
        Way there = new Way(pair.a(), pair.b(), programs.get(0), output, true);
        Way back = new Way(pair.b(), pair.a(), programs.get(1), output, false);
        for (Way way : List.of(there, back)) {
            force.refuseToOverwrite(way.model());
            force.refuseToOverwrite(way.preset());
        }
        Files.createDirectories(output);
        Map<String, String> factsThere = writeModel(there, run, recipe, pair.testA());
        Map<String, String> factsBack = writeModel(back, run, recipe, pair.testB());
        Decoding decoding = recipe.locks().decoding();
        PairResult measured = measure(there, back, decoding, pair);
        writePreset(there, decoding, factsThere, measured == null ? null : measured.there());
        writePreset(back, decoding, factsBack, measured == null ? null : measured.back());
        return 0;
    }

    /** Returns what is known of the model. */
    private Map<String, String> writeModel(Way way, RunFolder run, Recipe recipe, PhraseSet phrases)
            throws IOException {
        TrainedWeights trained = run.weights(way.towardsB(), last);
        Map<String, String> facts = new LinkedHashMap<>(run.about());
        facts.put("recipe", RecipeText.write(recipe).strip().replace("\n", "; ").replace("\"", ""));
        facts.put("step", Long.toString(trained.step()));
        ModelFiles.write(way.model(), recipe.generator(), trained.values(), weights, facts, phrases);
        return facts;
    }

    private @Nullable PairResult measure(Way there, Way back, Decoding decoding, GenrePair pair) throws IOException {
        if (judgeFile == null) {
            return null;
        }
        InferenceOptions options = InferenceOptions.defaults().withMaxBatch(16);
        try (GenreClassifier judge = ClassifierFile.read(Device.CPU, judgeFile);
                Generator toB = new DecodingGenerator(OnnxRuntimeGenerator.load(there.model(), options), decoding);
                Generator toA = new DecodingGenerator(OnnxRuntimeGenerator.load(back.model(), options), decoding)) {
            return new PairEvaluation(judge, pair.a(), pair.testA(), pair.b(), pair.testB()).run(toB, toA);
        }
    }

    private static void writePreset(
            Way way, Decoding decoding, Map<String, String> facts, @Nullable DirectionResult measured)
            throws IOException {
        Map<String, String> provenance = new LinkedHashMap<>(facts);
        if (measured != null) {
            provenance.putAll(MeasuredFacts.of(measured));
        }
        String sha256 = Digests.sha256(Files.readAllBytes(way.model()));
        Preset preset = new Preset(
                way.name(),
                way.program(),
                way.source(),
                way.target(),
                new ModelFile(way.model().toAbsolutePath(), sha256),
                Mode.PHRASE,
                Hop.WINDOW,
                decoding,
                Output.AS_INPUT,
                new Provenance(provenance));
        PresetWriter.write(preset, way.preset());
        Console.say("wrote " + way.preset());
    }
}

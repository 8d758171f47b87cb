package idiom.training.export;

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
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.GenrePair;
import idiom.training.data.PhraseSet;
import idiom.training.evaluate.DecodingGenerator;
import idiom.training.evaluate.DirectionResult;
import idiom.training.evaluate.MeasuredFacts;
import idiom.training.evaluate.PairEvaluation;
import idiom.training.evaluate.PairResult;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Both generators of a run on their way into presets: the models first, then the texts, which may say what was measured. The
 * recipe's locks become the presets'.
 */
public final class PairExport {
    private final RunFolder run;
    private final GenrePair pair;
    private final Way there;
    private final Way back;
    private final Device device;
    private final Consumer<String> console;

    /**
     * One direction's place.
     *
     * @param folder where model and preset go
     * @param name of the preset, and of both files
     * @param program that chooses it, 0 to 127
     */
    public record Way(Path folder, String name, int program) {
        /** Where the model goes. */
        public Path model() {
            return folder.resolve(name + ".onnx");
        }

        /** Where the preset goes. */
        public Path preset() {
            return folder.resolve(name + ".toml");
        }
    }

    /**
     * An export that is about to begin.
     *
     * @param pair the run's genres, in its order
     * @param there where the generator from the first genre to the second goes
     * @param back where that from the second to the first goes
     * @param device what training's own forward pass runs on, which each model is compared with
     */
    public PairExport(RunFolder run, GenrePair pair, Way there, Way back, Device device, Consumer<String> console) {
        this.run = run;
        this.pair = pair;
        this.there = there;
        this.back = back;
        this.device = device;
        this.console = console;
    }

    /**
     * Writes all of it.
     *
     * @param weights how they are stored
     * @param last the last checkpoint's weights rather than those of the best validations
     * @param judge measures the models on the pair's test parts for the presets' provenance, or null
     */
    public void write(WeightType weights, boolean last, @Nullable GenreClassifier judge) throws IOException {
        Recipe recipe = run.recipe();
        for (Way way : List.of(there, back)) {
            Files.createDirectories(way.folder());
        }
        Map<String, String> factsThere = writeModel(there, true, recipe, weights, last, pair.testA());
        Map<String, String> factsBack = writeModel(back, false, recipe, weights, last, pair.testB());
        Decoding decodingThere = recipe.locks().decoding(true);
        Decoding decodingBack = recipe.locks().decoding(false);
        PairResult measured = judge == null ? null : measure(decodingThere, decodingBack, judge);
        writePreset(there, pair.a(), pair.b(), decodingThere, factsThere, measured == null ? null : measured.there());
        writePreset(back, pair.b(), pair.a(), decodingBack, factsBack, measured == null ? null : measured.back());
    }

    /** Returns what is known of the model. */
    private Map<String, String> writeModel(
            Way way, boolean towardsB, Recipe recipe, WeightType type, boolean last, PhraseSet phrases)
            throws IOException {
        TrainedWeights trained = run.weights(towardsB, last);
        Map<String, String> facts = new LinkedHashMap<>(run.about());
        facts.put("recipe", RecipeText.write(recipe).strip().replace("\n", "; ").replace("\"", ""));
        facts.put("step", Long.toString(trained.step()));
        new ModelFiles(device, console).write(way.model(), recipe.generator(), trained.values(), type, facts, phrases);
        return facts;
    }

    private PairResult measure(Decoding decodingThere, Decoding decodingBack, GenreClassifier judge) {
        InferenceOptions options = InferenceOptions.defaults().withMaxBatch(16);
        try (Generator toB = new DecodingGenerator(OnnxRuntimeGenerator.load(there.model(), options), decodingThere);
                Generator toA = new DecodingGenerator(OnnxRuntimeGenerator.load(back.model(), options), decodingBack)) {
            return new PairEvaluation(judge, pair.a(), pair.testA(), pair.b(), pair.testB()).run(toB, toA);
        }
    }

    private void writePreset(
            Way way,
            String source,
            String target,
            Decoding decoding,
            Map<String, String> facts,
            @Nullable DirectionResult measured)
            throws IOException {
        Map<String, String> provenance = new LinkedHashMap<>(facts);
        if (measured != null) {
            provenance.putAll(MeasuredFacts.of(measured));
        }
        Preset preset = new Preset(
                way.name(),
                way.program(),
                source,
                target,
                ModelFile.of(way.model()),
                Mode.PHRASE,
                Hop.WINDOW,
                decoding,
                Output.AS_INPUT,
                new Provenance(provenance));
        PresetWriter.write(preset, way.preset());
        console.accept("wrote " + way.preset());
    }
}

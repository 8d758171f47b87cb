package idiom.training.cli;

import idiom.engine.generator.Generator;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.onnx.OnnxRuntimeGenerator;
import idiom.presets.ModelFile;
import idiom.presets.Preset;
import idiom.presets.PresetReader;
import idiom.presets.PresetWriter;
import idiom.presets.Provenance;
import idiom.training.data.AtomicFile;
import idiom.training.data.Dataset;
import idiom.training.data.Holdout;
import idiom.training.data.PhraseSet;
import idiom.training.data.Progress;
import idiom.training.data.Split;
import idiom.training.distil.DistilRecipe;
import idiom.training.distil.Distillation;
import idiom.training.distil.Lessons;
import idiom.training.evaluate.DecodingGenerator;
import idiom.training.export.ModelFiles;
import idiom.training.export.WeightType;
import idiom.training.net.Device;
import idiom.training.net.GeneratorShape;
import idiom.training.run.DistillationRun;
import idiom.training.run.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code idiom-train distil}: a small generator for the mode instant, from a preset's own. */
@Command(
        name = "distil",
        description = {
            "Teach a preset's generator to a smaller one, for the mode instant.",
            "",
            "In instant a chord is answered before anybody knows what follows, within milliseconds. The student is shown"
                    + " the bars that end with a chord, and learns what the preset's generator, which knew the whole"
                    + " phrase, says of that chord. The preset is written anew with both models beside it. Stop it with"
                    + " Ctrl-C at any time; --resume goes on to the very numbers that an unbroken run gives."
        })
final class DistilCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DeviceOption device;

    @Option(names = "--preset", required = true, paramLabel = "FILE.toml", description = "The preset to learn from.")
    private Path presetFile;

    @Option(names = "--run", required = true, paramLabel = "FOLDER", description = "Folder of the run.")
    private Path folder;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FOLDER",
            description = "Where the preset with both its models goes.")
    private Path output;

    @Option(
            names = "--width",
            defaultValue = "8",
            description = "Channels of the student after its first convolution (default ${DEFAULT-VALUE}).")
    private int width;

    @Option(
            names = "--blocks",
            defaultValue = "4",
            description = "Residual blocks of the student (default ${DEFAULT-VALUE}).")
    private int blocks;

    @Option(names = "--steps", defaultValue = "4000", description = "Steps (default ${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--batch", defaultValue = "16", description = "Phrases a step (default ${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--rate", defaultValue = "0.002", description = "Adam's learning rate (default ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--context",
            defaultValue = "0.5",
            description = "Weight of the whole window beside its last step (default ${DEFAULT-VALUE}).")
    private double context;

    @Option(
            names = "--change",
            defaultValue = "1",
            description =
                    "Weight of the cells that the whole network changes: with more, a student that is not sure changes"
                            + " more (default ${DEFAULT-VALUE}).")
    private double change;

    @Option(names = "--seed", defaultValue = "1", description = "Seed (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--weights",
            defaultValue = "FP16",
            description = "How weights are stored: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private WeightType weights;

    @Option(names = "--resume", description = "Go on with the run in the folder.")
    private boolean resume;

    @Mixin
    private ForceOption force;

    @Override
    public Integer call() throws IOException {
        threads.apply();
        Preset preset = PresetReader.read(presetFile);
        Path toml = output.resolve(preset.name() + ".toml");
        Path model = output.resolve(preset.name() + ".onnx");
        Path instant = output.resolve(preset.name() + "-instant.onnx");
        for (Path file : List.of(toml, model, instant)) {
            force.refuseToOverwrite(file);
        }
        DistilRecipe recipe = new DistilRecipe(
                new GeneratorShape(width, blocks, 1, false), steps, batch, rate, context, change, 0.99, seed);
        Dataset dataset = data.open();
        Map<String, Long> identity = identity(preset, dataset);
        DistillationRun.check(folder, identity, resume);
        PhraseSet train = dataset.phrases(preset.source(), Split.TRAIN);
        PhraseSet test = dataset.phrases(preset.source(), Split.TEST);
        Holdout held = Holdout.of(train, test);
        Lessons lessons;
        Lessons heldOut;
        InferenceOptions options = InferenceOptions.defaults().withMaxBatch(16);
        // What the preset's locks take back need not be learnt.
        try (Generator teacher =
                new DecodingGenerator(OnnxRuntimeGenerator.load(preset.model().path(), options), preset.decoding())) {
            lessons = ask(teacher, held.train(), preset.name() + " answers:");
            heldOut = ask(teacher, held.validation(), preset.name() + " answers, held out:");
        }
        try (Distillation distillation = new Distillation(device.choose(), recipe, lessons);
                StopSignal stop = StopSignal.onInterrupt()) {
            DistillationRun run = new DistillationRun(folder, identity, recipe, distillation, heldOut, Console::say);
            if (resume) {
                run.resume();
            }
            if (!run.run(stop)) {
                Console.say("stopped at step " + distillation.step() + "; --resume goes on from here");
                return 0;
            }
            Map<String, String> facts = facts(preset, dataset, recipe);
            facts.put("instant-agreement", run.look().summary());
            Files.createDirectories(output);
            new ModelFiles(Device.CPU, Console::say)
                    .write(
                            instant,
                            recipe.student(),
                            distillation.averagedWeights(),
                            weights,
                            facts,
                            held.validation());
            byte[] teacher = Files.readAllBytes(preset.model().path());
            AtomicFile.write(model, out -> out.write(teacher));
            Map<String, String> provenance =
                    new LinkedHashMap<>(preset.provenance().facts());
            provenance.putAll(facts);
            PresetWriter.write(
                    preset.withModels(ModelFile.of(model), Optional.of(ModelFile.of(instant)))
                            .withProvenance(new Provenance(provenance)),
                    toml);
            Console.say("wrote " + toml);
        }
        return 0;
    }

    private static Lessons ask(Generator teacher, PhraseSet phrases, String what) {
        Progress progress = Console.progress(what, phrases.size());
        return Lessons.of(phrases, teacher, progress::step);
    }

    /** What has to be the same when a run goes on. */
    private Map<String, Long> identity(Preset preset, Dataset dataset) {
        Map<String, Long> identity = new LinkedHashMap<>();
        identity.put("--width", (long) width);
        identity.put("--blocks", (long) blocks);
        identity.put("--steps", (long) steps);
        identity.put("--batch", (long) batch);
        identity.put("--rate", Double.doubleToLongBits(rate));
        identity.put("--context", Double.doubleToLongBits(context));
        identity.put("--change", Double.doubleToLongBits(change));
        identity.put("--seed", seed);
        identity.put("--preset", beginning(preset.model().sha256()));
        identity.put("--data", beginning(dataset.sha256()));
        return identity;
    }

    private static long beginning(String sha256) {
        return Long.parseUnsignedLong(sha256.substring(0, 16), 16);
    }

    private Map<String, String> facts(Preset preset, Dataset dataset, DistilRecipe recipe) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("instant-teacher", preset.model().sha256());
        facts.put("instant-data-sha256", dataset.sha256());
        facts.put("instant-recipe", recipe.summary());
        Versions.all().forEach((what, version) -> facts.put("instant-" + what, version));
        return facts;
    }
}

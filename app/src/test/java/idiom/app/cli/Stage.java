package idiom.app.cli;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import idiom.app.score.PreludeScore;
import idiom.app.transfer.Networks;
import idiom.engine.generator.Generator;
import idiom.engine.onnx.GenreClassifier;
import idiom.engine.onnx.InferenceOptions;
import idiom.presets.Decoding;
import idiom.presets.Folders;
import idiom.presets.Hop;
import idiom.presets.Mode;
import idiom.presets.ModelFile;
import idiom.presets.Output;
import idiom.presets.Preset;
import idiom.presets.PresetWriter;
import idiom.presets.Provenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** A person's folders with presets in them, and the command line run inside this process. */
final class Stage {
    /** How a run ended and what it said. */
    record Run(int exit, String out, String err) {}

    final Path root;
    final Folders folders;
    private Networks networks = Networks.onnx();

    Stage(Path root) {
        this.root = root;
        this.folders = new Folders(root.resolve("presets"), root.resolve("cache"));
    }

    /** A generator that moves everything an octave up, in place of ONNX Runtime. */
    void playOctaves() {
        networks = new Networks() {
            @Override
            public Loaded generator(ModelFile model, InferenceOptions options) {
                return new Loaded(new OctaveUp(), "a test");
            }

            @Override
            public GenreClassifier classifier(ModelFile model, InferenceOptions options) {
                throw new AssertionError("no classifier is bundled with " + model);
            }
        };
    }

    private static final class OctaveUp implements Generator {
        @Override
        public int maxBatch() {
            return 4;
        }

        @Override
        public void generate(float[] windows, float[] probabilities, int count) {
            for (int i = 0; i < count * 64 * 84; i++) {
                probabilities[i] = i % 84 < 12 ? 0 : windows[i - 12];
            }
        }

        @Override
        public void close() {}
    }

    Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = CommandLines.idiom(
                new Services(folders, networks), new PrintWriter(out, true), new PrintWriter(err, true));
        int exit = line.execute(arguments);
        return new Run(exit, out.toString(), err.toString());
    }

    /** Writes a preset and its model into a folder. */
    static Path preset(Path folder, String name, String source, String target, byte[] model) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.write(folder.resolve(name + ".onnx"), model);
        Preset preset = new Preset(
                name,
                64,
                source,
                target,
                ModelFile.of(file),
                Mode.PHRASE,
                Hop.WINDOW,
                Decoding.PLAIN,
                Output.AS_INPUT,
                new Provenance(Map.of("recipe", "made up")));
        Path text = folder.resolve(name + ".toml");
        PresetWriter.write(preset, text);
        return text;
    }

    /** Puts a classic-to-jazz of the user's own on stage: the identity, run by ONNX Runtime. */
    Stage withIdentity() throws IOException {
        preset(folders.presets(), "my-jazz", "classic", "jazz", identity("windows", "probabilities", 84));
        return this;
    }

    /** Writes the bundled prelude to a file. */
    Path prelude(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        PreludeScore.bundled().write(file, false);
        return file;
    }

    /** An ONNX model that gives back what it gets. */
    static byte[] identity(String input, String output, int pitches) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(GraphProto.newBuilder()
                        .setName("identity")
                        .addInput(value(input, pitches))
                        .addOutput(value(output, pitches))
                        .addNode(NodeProto.newBuilder()
                                .setOpType("Identity")
                                .addInput(input)
                                .addOutput(output)))
                .build()
                .toByteArray();
    }

    private static ValueInfoProto value(String name, int pitches) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
        for (int length : new int[] {1, 64, pitches}) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(length));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                                .setShape(shape)))
                .build();
    }
}

package idiom.training.export;

import idiom.engine.generator.Generator;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.onnx.OnnxRuntimeGenerator;
import idiom.training.data.AtomicFile;
import idiom.training.data.PhraseSet;
import idiom.training.net.Device;
import idiom.training.net.GeneratorShape;
import idiom.training.run.TrainedGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Trained generators on their way to disk.
 *
 * @param device what training's own forward pass runs on
 * @param console a line for each
 */
public record ModelFiles(Device device, Consumer<String> console) {
    private static final int PARITY_PHRASES = 100;

    /**
     * Writes a generator as ONNX, after running it on real phrases beside training's own forward pass.
     *
     * @param facts go into the file
     * @param phrases the first 100 are compared
     * @throws IOException if it can't be written, or computes something else than training (judged with fp32 weights)
     */
    public void write(
            Path file,
            GeneratorShape shape,
            float[] values,
            WeightType weights,
            Map<String, String> facts,
            PhraseSet phrases)
            throws IOException {
        String name = String.valueOf(file.getFileName()).replace(".onnx", "");
        try (TrainedGenerator trained = new TrainedGenerator(device, shape, values)) {
            byte[] onnx = ModelExport.generator(shape, trained.network().layout(), values, weights, facts);
            try (Generator exported = OnnxRuntimeGenerator.load(name, onnx, InferenceOptions.defaults())) {
                ParityCheck parity =
                        ParityCheck.of(trained, exported, phrases.first(Math.min(PARITY_PHRASES, phrases.size())));
                console.accept(name + ": " + onnx.length / 1024 + " KiB; parity: " + parity.summary());
                if (weights == WeightType.FP32 && parity.largestDifference() > ParityCheck.TOLERANCE_FP32) {
                    throw new IOException(
                            name + ": the exported model computes something else than training: " + parity.summary());
                }
            }
            AtomicFile.write(file, out -> out.write(onnx));
        }
    }
}

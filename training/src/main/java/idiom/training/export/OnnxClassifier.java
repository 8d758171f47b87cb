package idiom.training.export;

import idiom.engine.pianoroll.PianoRoll;
import java.util.List;
import java.util.Map;

/**
 * Writes a genre classifier: input {@code windows} (batch, 1, 64, 84), output {@code logits} (batch, genres).
 *
 * <p>Its weights, with d = width; {@code conv2} to {@code conv4} have {@code <name>.norm.scale} and
 * {@code <name>.norm.offset}, strides equal kernels, no padding, leaky ReLU 0.2:
 *
 * <pre>
 * conv1  (d, 1, 1, 12)     64x84 to 64x7
 * conv2  (2d, d, 4, 1)     to 16x7
 * conv3  (4d, 2d, 2, 1)    to 8x7
 * conv4  (8d, 4d, 8, 1)    to 1x7
 * conv5  (genres, 8d, 1, 7) to 1x1
 * </pre>
 */
public final class OnnxClassifier {
    /** Name of the input. */
    public static final String INPUT = "windows";
    /** Name of the output. */
    public static final String OUTPUT = "logits";
    /** Metadata key of the genres' names, separated by commas, in the order of the logits. */
    public static final String GENRES_KEY = "genres";

    private static final float SLOPE = 0.2f;

    private OnnxClassifier() {}

    /**
     * The bytes of an ONNX file.
     *
     * @param metadata goes into the file beside {@code genres}, {@code idiom.network}, {@code idiom.width} and
     *     {@code idiom.weights}
     * @throws IllegalArgumentException if a weight is missing, unknown, of another shape, not finite, or beyond 16 bits
     */
    public static byte[] write(
            ClassifierSpec spec, Map<String, WeightTensor> weights, WeightType type, Map<String, String> metadata) {
        OnnxGraph graph = new OnnxGraph("classifier", weights, type);
        build(graph, spec);
        return graph.toBytes(Metadata.merge(
                metadata,
                Map.of(
                        GENRES_KEY,
                        String.join(",", spec.genres()),
                        "idiom.network",
                        "classifier",
                        "idiom.width",
                        Integer.toString(spec.width()),
                        "idiom.weights",
                        type.name())));
    }

    private static void build(OnnxGraph graph, ClassifierSpec spec) {
        OnnxLayers layers = new OnnxLayers(graph);
        long d = spec.width();
        long genres = spec.genres().size();
        String x = graph.input(INPUT, 1, PianoRoll.STEPS, PianoRoll.PITCHES);
        x = layers.leakyRelu(convolution(layers, x, "conv1", d, 1, 1, 12), "conv1.relu", SLOPE);
        x = normalised(layers, x, "conv2", 2 * d, d, 4, 1);
        x = normalised(layers, x, "conv3", 4 * d, 2 * d, 2, 1);
        x = normalised(layers, x, "conv4", 8 * d, 4 * d, 8, 1);
        x = convolution(layers, x, "conv5", genres, 8 * d, 1, 7);
        graph.node("Reshape", OUTPUT, List.of(x, graph.integers("squeezed", -1, genres)));
        graph.output(OUTPUT, genres);
    }

    private static String normalised(OnnxLayers layers, String x, String name, long... shape) {
        String norm = layers.norm(convolution(layers, x, name, shape), name, shape[0]);
        return layers.leakyRelu(norm, name + ".relu", SLOPE);
    }

    private static String convolution(OnnxLayers layers, String x, String name, long... shape) {
        return layers.convolution(x, name, shape, new int[] {(int) shape[2], (int) shape[3]}, 0);
    }
}

package idiom.training.export;

import static idiom.training.export.OnnxGraph.integer;
import static idiom.training.export.OnnxGraph.integerList;

import idiom.engine.pianoroll.PianoRoll;
import java.util.List;
import java.util.Map;

/**
 * Writes a generator: input {@code windows}, output {@code probabilities}, both (batch, 1, 64, 84).
 *
 * <p>Its weights, with c = width; each but {@code out} has {@code <name>.norm.scale} and {@code <name>.norm.offset}:
 *
 * <pre>
 * in            (c, 1, 7, 7)     reflect pad 3
 * down1         (2c, c, 3, 3)    stride 2, zero pad 1
 * down2         (4c, 2c, 3, 3)   stride 2, zero pad 1
 * res{i}.a, .b  (4c, 4c, 3, 3)   reflect pad 1; i from 0
 * res{i}.attention.query, .key (c/2, 4c, 1, 1), .value (4c, 4c, 1, 1), .gamma (1); of the last two, if there is
 *               self-attention
 * up1           (4c, 2c, 3, 3)   transposed (in, out), stride 2
 * up2           (2c, c, 3, 3)    transposed (in, out), stride 2
 * out           (1, c, 7, 7)     reflect pad 3; out.bias (1) if given
 * </pre>
 */
public final class OnnxGenerator {
    /** Name of the input. */
    public static final String INPUT = "windows";
    /** Name of the output. */
    public static final String OUTPUT = "probabilities";

    /** Self-attention is after so many of the last residual blocks. */
    private static final int ATTENTIVE_BLOCKS = 2;

    private static final long FEATURE_STEPS = PianoRoll.STEPS / 4;
    private static final long FEATURE_PITCHES = PianoRoll.PITCHES / 4;
    private static final int[] STRIDE_1 = {1, 1};
    private static final int[] STRIDE_2 = {2, 2};

    private final OnnxGraph graph;
    private final OnnxLayers layers;
    private final GeneratorSpec spec;

    private OnnxGenerator(OnnxGraph graph, GeneratorSpec spec) {
        this.graph = graph;
        this.layers = new OnnxLayers(graph);
        this.spec = spec;
    }

    /**
     * The bytes of an ONNX file.
     *
     * @param metadata goes into the file beside {@code idiom.network}, {@code idiom.width}, {@code idiom.blocks},
     *     {@code idiom.skip}, {@code idiom.zero-mean-delta}, {@code idiom.self-attention} and {@code idiom.weights}
     * @throws IllegalArgumentException if a weight is missing, unknown, of another shape, not finite, or beyond 16 bits
     */
    public static byte[] write(
            GeneratorSpec spec, Map<String, WeightTensor> weights, WeightType type, Map<String, String> metadata) {
        OnnxGraph graph = new OnnxGraph("generator", weights, type);
        new OnnxGenerator(graph, spec).build();
        return graph.toBytes(Metadata.merge(
                metadata,
                Map.of(
                        "idiom.network", "generator",
                        "idiom.width", Integer.toString(spec.width()),
                        "idiom.blocks", Integer.toString(spec.blocks()),
                        "idiom.skip", Double.toString(spec.skip()),
                        "idiom.zero-mean-delta", Boolean.toString(spec.zeroMeanDelta()),
                        "idiom.self-attention", Boolean.toString(spec.selfAttention()),
                        "idiom.weights", type.name())));
    }

    private void build() {
        long c = spec.width();
        String windows = graph.input(INPUT, 1, PianoRoll.STEPS, PianoRoll.PITCHES);
        String x = layers.reflectPad(windows, "in.pad", 3);
        x = normRelu(layers.convolution(x, "in", new long[] {c, 1, 7, 7}, STRIDE_1, 0), "in", c);
        x = normRelu(layers.convolution(x, "down1", new long[] {2 * c, c, 3, 3}, STRIDE_2, 1), "down1", 2 * c);
        x = normRelu(layers.convolution(x, "down2", new long[] {4 * c, 2 * c, 3, 3}, STRIDE_2, 1), "down2", 4 * c);
        for (int i = 0; i < spec.blocks(); i++) {
            x = residual(x, "res" + i, 4 * c);
            if (spec.selfAttention() && i >= spec.blocks() - ATTENTIVE_BLOCKS) {
                x = layers.selfAttention(x, "res" + i + ".attention", 4 * c, FEATURE_STEPS, FEATURE_PITCHES);
            }
        }
        x = normRelu(layers.doubling(x, "up1", 4 * c, 2 * c), "up1", 2 * c);
        x = normRelu(layers.doubling(x, "up2", 2 * c, c), "up2", c);
        x = layers.reflectPad(x, "out.pad", 3);
        String delta = layers.convolutionWithBias(x, "out", 1, c, 7, 7);
        graph.node("Sigmoid", OUTPUT, List.of(logits(windows, delta)));
        graph.output(OUTPUT, 1, PianoRoll.STEPS, PianoRoll.PITCHES);
    }

    private String normRelu(String input, String of, long channels) {
        return layers.relu(layers.norm(input, of, channels), of + ".relu");
    }

    private String residual(String x, String name, long channels) {
        long[] shape = {channels, channels, 3, 3};
        String y = layers.reflectPad(x, name + ".a.pad", 1);
        y = normRelu(layers.convolution(y, name + ".a", shape, STRIDE_1, 0), name + ".a", channels);
        y = layers.reflectPad(y, name + ".b.pad", 1);
        y = layers.norm(layers.convolution(y, name + ".b", shape, STRIDE_1, 0), name + ".b", channels);
        return graph.node("Add", name, List.of(x, y));
    }

    private String logits(String windows, String delta) {
        String logits = delta;
        if (spec.zeroMeanDelta()) {
            String mean = graph.node(
                    "ReduceMean", "delta.mean", List.of(delta), integerList("axes", 1, 2, 3), integer("keepdims", 1));
            logits = graph.node("Sub", "delta", List.of(delta, mean));
        }
        if (spec.skip() != 0) {
            // skip (2x - 1) as 2 skip x - skip
            String slope = graph.constant("skip.slope", (float) (2 * spec.skip()));
            String offset = graph.constant("skip.offset", (float) -spec.skip());
            String scaled = graph.node("Mul", "skip.scaled", List.of(windows, slope));
            String skip = graph.node("Add", "skip", List.of(scaled, offset));
            logits = graph.node("Add", "logits", List.of(logits, skip));
        }
        return logits;
    }
}

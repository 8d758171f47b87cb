package idiom.training.export;

import static idiom.training.export.OnnxGraph.integer;
import static idiom.training.export.OnnxGraph.integerList;
import static idiom.training.export.OnnxGraph.number;
import static idiom.training.export.OnnxGraph.text;

import java.util.ArrayList;
import java.util.List;

/** The layers both networks are made of, over {@code (batch, channels, steps, pitches)}. */
final class OnnxLayers {
    /** Added to the variance, as in the papers' code and in PyTorch. */
    static final float NORM_EPSILON = 1e-5f;

    private final OnnxGraph graph;

    OnnxLayers(OnnxGraph graph) {
        this.graph = graph;
    }

    /** Mirrors {@code width} cells at each edge of steps and pitches, without repeating the edge. */
    String reflectPad(String input, String name, int width) {
        String pads = graph.integers(name + ".pads", 0, 0, width, width, 0, 0, width, width);
        return graph.node("Pad", name, List.of(input, pads), text("mode", "reflect"));
    }

    /** Convolution with weights {@code name} of shape (out, in, height, width), zero-padded by {@code pad}. */
    String convolution(String input, String name, long[] shape, int[] strides, int pad) {
        return convolution(List.of(input, graph.weight(name, shape)), name, shape, strides, pad);
    }

    /** Convolution of stride 1 without padding, with a bias {@code name.bias} if one is given. */
    String convolutionWithBias(String input, String name, long... shape) {
        List<String> inputs = new ArrayList<>(List.of(input, graph.weight(name, shape)));
        if (graph.hasWeight(name + ".bias")) {
            inputs.add(graph.weight(name + ".bias", shape[0]));
        }
        return convolution(inputs, name, shape, new int[] {1, 1}, 0);
    }

    private String convolution(List<String> inputs, String name, long[] shape, int[] strides, int pad) {
        return graph.node(
                "Conv",
                name + ".conv",
                inputs,
                integerList("kernel_shape", (int) shape[2], (int) shape[3]),
                integerList("strides", strides),
                integerList("pads", pad, pad, pad, pad));
    }

    /** Doubles steps and pitches: 3x3, stride 2, weights (in, out, 3, 3). */
    String doubling(String input, String name, long inputs, long outputs) {
        return graph.node(
                "ConvTranspose",
                name + ".conv",
                List.of(input, graph.weight(name, inputs, outputs, 3, 3)),
                integerList("kernel_shape", 3, 3),
                integerList("strides", 2, 2),
                integerList("pads", 1, 1, 1, 1),
                integerList("output_padding", 1, 1));
    }

    /** Instance norm over the cells of each channel, with the scale and offset of convolution {@code of}. */
    String norm(String input, String of, long channels) {
        String scale = graph.weight(of + ".norm.scale", channels);
        String offset = graph.weight(of + ".norm.offset", channels);
        return graph.node(
                "InstanceNormalization", of + ".norm", List.of(input, scale, offset), number("epsilon", NORM_EPSILON));
    }

    /**
     * Self-attention over all cells of a map of that size (Zhang et al. 2019, eq. 1 to 3) with 1x1 weights {@code name.query}
     * and {@code .key} to an eighth of the channels, {@code .value} to all, and a scalar {@code .gamma}.
     */
    String selfAttention(String input, String name, long channels, long steps, long pitches) {
        long inner = Math.max(1, channels / 8);
        String query = cells(input, name + ".query", inner, channels);
        String key = cells(input, name + ".key", inner, channels);
        String value = cells(input, name + ".value", channels, channels);
        String listening = graph.node("Transpose", name + ".listening", List.of(query), integerList("perm", 0, 2, 1));
        String scores = graph.node("MatMul", name + ".scores", List.of(listening, key));
        String attention = graph.node("Softmax", name + ".softmax", List.of(scores), integer("axis", 2));
        String turned = graph.node("Transpose", name + ".turned", List.of(attention), integerList("perm", 0, 2, 1));
        String heard = graph.node("MatMul", name + ".heard", List.of(value, turned));
        String shape = graph.integers(name + ".shape", 0, channels, steps, pitches);
        String map = graph.node("Reshape", name + ".map", List.of(heard, shape));
        String scaled = graph.node("Mul", name + ".scaled", List.of(map, graph.weight(name + ".gamma", 1)));
        return graph.node("Add", name, List.of(input, scaled));
    }

    /** A 1x1 convolution, then one row a channel. */
    private String cells(String input, String name, long out, long in) {
        String map = convolution(input, name, new long[] {out, in, 1, 1}, new int[] {1, 1}, 0);
        return graph.node("Reshape", name + ".cells", List.of(map, graph.integers(name + ".shape", 0, out, -1)));
    }

    String relu(String input, String name) {
        return graph.node("Relu", name, List.of(input));
    }

    String leakyRelu(String input, String name, float slope) {
        return graph.node("LeakyRelu", name, List.of(input), number("alpha", slope));
    }
}

package idiom.training.export;

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

    String relu(String input, String name) {
        return graph.node("Relu", name, List.of(input));
    }

    String leakyRelu(String input, String name, float slope) {
        return graph.node("LeakyRelu", name, List.of(input), number("alpha", slope));
    }
}

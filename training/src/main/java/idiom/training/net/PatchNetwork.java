package idiom.training.net;

import org.bytedeco.pytorch.Tensor;

/**
 * The papers' discriminator (Brunner et al. 2018, section III-B): 7x7 stride-2 convolutions to {@code d} and 4d, and a
 * 7x7 convolution to a patch map {@code (batch, 1, 16, 21)} of scores.
 */
public final class PatchNetwork extends Network {

    /** A discriminator of {@code width} channels after its first convolution; the papers' is 64. */
    public PatchNetwork(Device device, int width, long seed) {
        super(device, layout(width), seed);
    }

    @Override
    public Tensor forward(Weights weights, Tensor x) {
        Tensor h = Tensors.cast(x, weights);
        h = Tensors.leakyRelu(Tensors.conv(h, weights.get("conv1"), 2, 2, 3));
        h = Tensors.conv(h, weights.get("conv2"), 2, 2, 3);
        h = Tensors.leakyRelu(Tensors.instanceNorm(h, weights, "conv2"));
        return Tensors.toFloat(Tensors.conv(h, weights.get("conv3"), 1, 1, 3));
    }

    private static ParameterLayout layout(long d) {
        return new ParameterLayout.Builder()
                .kernel("conv1", d, 1, 7, 7)
                .kernel("conv2", 4 * d, d, 7, 7)
                .norm("conv2", 4 * d)
                .kernel("conv3", 1, 4 * d, 7, 7)
                .build();
    }
}

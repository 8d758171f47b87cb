package idiom.training.net;

import org.bytedeco.pytorch.Tensor;

/**
 * The papers' discriminator (Brunner et al. 2018, section III-B): 7x7 stride-2 convolutions to {@code d} and 4d, and a
 * 7x7 convolution to a patch map {@code (batch, 1, 16, 21)} of scores.
 */
public final class PatchNetwork extends Network {
    private final boolean selfAttention;

    /** A discriminator of {@code width} channels after its first convolution; the papers' is 64. */
    public PatchNetwork(Device device, int width, long seed) {
        this(device, width, false, false, seed);
    }

    /** The same with what Brunner et al. 2019 (section 3.2) add: self-attention is after both hidden layers. */
    public PatchNetwork(Device device, int width, boolean spectralNorm, boolean selfAttention, long seed) {
        super(device, layout(width, selfAttention), spectralNorm, seed);
        this.selfAttention = selfAttention;
    }

    @Override
    public Tensor forward(Weights weights, Tensor x) {
        Tensor h = Tensors.cast(x, weights);
        h = attended(weights, Tensors.leakyRelu(Tensors.conv(h, weights.get("conv1"), 2, 2, 3)), "conv1.attention");
        h = Tensors.conv(h, weights.get("conv2"), 2, 2, 3);
        h = attended(weights, Tensors.leakyRelu(Tensors.instanceNorm(h, weights, "conv2")), "conv2.attention");
        return Tensors.toFloat(Tensors.conv(h, weights.get("conv3"), 1, 1, 3));
    }

    private Tensor attended(Weights weights, Tensor x, String name) {
        return selfAttention ? SelfAttention.apply(x, weights, name) : x;
    }

    private static ParameterLayout layout(long d, boolean selfAttention) {
        ParameterLayout.Builder builder = new ParameterLayout.Builder().kernel("conv1", d, 1, 7, 7);
        if (selfAttention) {
            SelfAttention.layout(builder, "conv1.attention", d);
        }
        builder.kernel("conv2", 4 * d, d, 7, 7).norm("conv2", 4 * d);
        if (selfAttention) {
            SelfAttention.layout(builder, "conv2.attention", 4 * d);
        }
        return builder.kernel("conv3", 1, 4 * d, 7, 7).build();
    }
}

package idiom.training.net;

import org.bytedeco.pytorch.Tensor;

/**
 * The papers' genre classifier (Brunner et al. 2018, section III-D): five convolutions, the first over octaves, the
 * next three over time, the last over all octaves. {@link #forward} gives {@code (batch, outputs)} logits. With one
 * output it serves as a discriminator that hears what the classifier hears.
 */
public final class OctaveNetwork extends Network {
    private final int outputs;
    private final boolean selfAttention;

    /** A network of {@code width} channels after its first convolution (the papers' is 64) and so many outputs. */
    public OctaveNetwork(Device device, int width, int outputs, long seed) {
        this(device, width, outputs, false, false, seed);
    }

    /**
     * The same with what Brunner et al. 2019 (section 3.2) add to discriminators: self-attention is after the first two hidden
     * layers, as in the papers' own, which has no more.
     */
    public OctaveNetwork(
            Device device, int width, int outputs, boolean spectralNorm, boolean selfAttention, long seed) {
        super(device, layout(width, outputs, selfAttention), spectralNorm, seed);
        this.outputs = outputs;
        this.selfAttention = selfAttention;
    }

    @Override
    public Tensor forward(Weights weights, Tensor x) {
        Tensor h = Tensors.cast(x, weights);
        h = attended(weights, Tensors.leakyRelu(Tensors.conv(h, weights.get("conv1"), 1, 12, 0)), "conv1.attention");
        h = attended(weights, layer(weights, h, "conv2", 4), "conv2.attention");
        h = layer(weights, h, "conv3", 2);
        h = layer(weights, h, "conv4", 8);
        return Tensors.toFloat(Tensors.conv(h, weights.get("conv5"), 1, 7, 0)).view(x.size(0), outputs);
    }

    private static Tensor layer(Weights weights, Tensor x, String name, long strideSteps) {
        Tensor h = Tensors.conv(x, weights.get(name), strideSteps, 1, 0);
        return Tensors.leakyRelu(Tensors.instanceNorm(h, weights, name));
    }

    private Tensor attended(Weights weights, Tensor x, String name) {
        return selfAttention ? SelfAttention.apply(x, weights, name) : x;
    }

    private static ParameterLayout layout(long d, long outputs, boolean selfAttention) {
        ParameterLayout.Builder builder = new ParameterLayout.Builder().kernel("conv1", d, 1, 1, 12);
        if (selfAttention) {
            SelfAttention.layout(builder, "conv1.attention", d);
        }
        builder.kernel("conv2", 2 * d, d, 4, 1).norm("conv2", 2 * d);
        if (selfAttention) {
            SelfAttention.layout(builder, "conv2.attention", 2 * d);
        }
        return builder.kernel("conv3", 4 * d, 2 * d, 2, 1)
                .norm("conv3", 4 * d)
                .kernel("conv4", 8 * d, 4 * d, 8, 1)
                .norm("conv4", 8 * d)
                .kernel("conv5", outputs, 8 * d, 1, 7)
                .build();
    }
}

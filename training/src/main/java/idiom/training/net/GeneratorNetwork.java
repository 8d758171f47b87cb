package idiom.training.net;

import idiom.engine.pianoroll.PianoRoll;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The papers' generator (Brunner et al. 2018, section III-B): a reflect-padded 7x7 convolution to {@code c}, two 3x3
 * stride-2 convolutions to 2c and 4c, residual blocks with reflect padding, two transposed convolutions back, a 7x7
 * convolution to one channel; instance norms, no biases but the last. Where the shape asks for it, with what Brunner et al.
 * 2019 (section 3.2) add: spectral normalization, and self-attention after the last two residual blocks. {@link #forward} gives logits {@code (batch, 1,
 * 64, 84)}; the sigmoid of them is the probability that a cell sounds.
 */
public final class GeneratorNetwork extends Network {
    private final GeneratorShape shape;

    public GeneratorNetwork(Device device, GeneratorShape shape, long seed) {
        super(device, layoutOf(shape), shape.spectralNorm(), seed);
        this.shape = shape;
    }

    /** What distinguishes it. */
    public GeneratorShape shape() {
        return shape;
    }

    @Override
    public Tensor forward(Weights weights, Tensor x) {
        Tensor h = Tensors.cast(x, weights);
        h = torch.relu(Tensors.instanceNorm(Tensors.reflectConvFromOne(h, weights.get("in")), weights, "in"));
        h = down(weights, h, "down1");
        h = down(weights, h, "down2");
        for (int i = 0; i < shape.blocks(); i++) {
            h = h.add(residual(weights, h, "res" + i));
            if (shape.isAttentive(i)) {
                h = SelfAttention.apply(h, weights, attention(i));
            }
        }
        h = up(weights, h, "up1");
        h = up(weights, h, "up2");
        Tensor delta =
                Tensors.toFloat(Tensors.reflectConvToOne(h, weights.get("out")).add(weights.get("out.bias")));
        if (shape.zeroMean()) {
            delta = delta.sub(delta.mean(new long[] {1, 2, 3}, true, null));
        }
        if (shape.skip() == 0) {
            return delta;
        }
        return delta.add(x.mul(Tensors.scalar(2 * shape.skip())).sub(Tensors.scalar(shape.skip())));
    }

    /**
     * Probabilities by parameters of this layout, such as a moving average, in fp32.
     *
     * @param windows {@code count} of them, or more
     */
    public float[] probabilities(Tensor parameters, float[] windows, int count) {
        try (PointerScope scope = new PointerScope()) {
            float[] cells = Arrays.copyOf(windows, count * PianoRoll.CELLS);
            Tensor x = device().tensor(cells, count, 1, PianoRoll.STEPS, PianoRoll.PITCHES);
            return Tensors.toArray(
                    torch.sigmoid(forward(views(parameters.detach(), Precision.FP32, Layout.CONTIGUOUS), x)));
        }
    }

    private static Tensor down(Weights weights, Tensor x, String name) {
        return torch.relu(Tensors.instanceNorm(Tensors.conv(x, weights.get(name), 2, 2, 1), weights, name));
    }

    private static Tensor up(Weights weights, Tensor x, String name) {
        return torch.relu(Tensors.instanceNorm(Tensors.doublingConv(x, weights.get(name)), weights, name));
    }

    private static Tensor residual(Weights weights, Tensor x, String name) {
        String a = name + ".a";
        String b = name + ".b";
        Tensor h = torch.relu(Tensors.instanceNorm(Tensors.reflectConv(x, weights.get(a)), weights, a));
        return Tensors.instanceNorm(Tensors.reflectConv(h, weights.get(b)), weights, b);
    }

    private static String attention(int block) {
        return "res" + block + ".attention";
    }

    /** The parameters of a generator of that shape. */
    public static ParameterLayout layoutOf(GeneratorShape shape) {
        long c = shape.width();
        ParameterLayout.Builder builder = new ParameterLayout.Builder();
        builder.kernel("in", c, 1, 7, 7).norm("in", c);
        builder.kernel("down1", 2 * c, c, 3, 3).norm("down1", 2 * c);
        builder.kernel("down2", 4 * c, 2 * c, 3, 3).norm("down2", 4 * c);
        for (int i = 0; i < shape.blocks(); i++) {
            builder.kernel("res" + i + ".a", 4 * c, 4 * c, 3, 3).norm("res" + i + ".a", 4 * c);
            builder.kernel("res" + i + ".b", 4 * c, 4 * c, 3, 3).norm("res" + i + ".b", 4 * c);
            if (shape.isAttentive(i)) {
                SelfAttention.layout(builder, attention(i), 4 * c);
            }
        }
        builder.freeKernel(0.02, "up1", 4 * c, 2 * c, 3, 3).norm("up1", 2 * c);
        builder.freeKernel(0.02, "up2", 2 * c, c, 3, 3).norm("up2", c);
        if (shape.skip() > 0) {
            // The first outputs must be the input: the change starts near nothing.
            builder.freeKernel(0.002, "out", 1, c, 7, 7);
        } else {
            builder.kernel("out", 1, c, 7, 7);
        }
        return builder.constant("out.bias", 0, 1).build();
    }
}

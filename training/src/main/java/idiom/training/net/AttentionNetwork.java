package idiom.training.net;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A classifier without convolutions (after Vaswani et al. 2017): each of the 64 steps is one token, made of the pitches that
 * sound in it and of those that begin or end in it; two blocks of self-attention let steps hear each other; their mean is the
 * verdict. It has no kernel as wide as an octave and no idea of time but the tokens' places, so what fools the papers'
 * classifier does not fool it by kinship. {@link #forward} gives {@code (batch, outputs)} logits.
 */
public final class AttentionNetwork extends Network {
    /** The width is a multiple of it. */
    public static final int HEADS = 4;

    private static final int BLOCKS = 2;
    private static final int STEPS = 64;
    private static final int PITCHES = 84;

    private final int width;

    /** A network of {@code width} values a token, a multiple of {@value #HEADS}, and so many outputs. */
    public AttentionNetwork(Device device, int width, int outputs, long seed) {
        super(device, layout(width, outputs), seed);
        this.width = width;
    }

    @Override
    public Tensor forward(Weights weights, Tensor x) {
        Tensor h =
                Tensors.linear(tokens(Tensors.cast(x, weights)), weights, "in").add(weights.get("places"));
        for (int block = 0; block < BLOCKS; block++) {
            String name = "block" + block;
            h = h.add(attention(weights, norm(weights, h, name + ".attention"), name + ".attention"));
            Tensor inner = torch.gelu(Tensors.linear(norm(weights, h, name + ".inner"), weights, name + ".inner"));
            h = h.add(Tensors.linear(inner, weights, name + ".outer"));
        }
        return Tensors.toFloat(Tensors.linear(norm(weights, h, "out").mean(1L), weights, "out"));
    }

    /** Shape {@code (batch, 64, 168)}: cells, and their difference to the step before; linear, so that noise has no mean. */
    private static Tensor tokens(Tensor x) {
        Tensor cells = x.reshape(x.size(0), STEPS, PITCHES);
        Tensor earlier = torch.constant_pad_nd(cells.narrow(1, 0, STEPS - 1), 0, 0, 1, 0);
        return torch.cat(new TensorVector(cells, cells.sub(earlier)), 2);
    }

    private Tensor attention(Weights weights, Tensor x, String name) {
        long batch = x.size(0);
        long each = width / HEADS;
        // (3, batch, heads, steps, each)
        Tensor parts = Tensors.linear(x, weights, name)
                .view(batch, STEPS, 3, HEADS, each)
                .permute(2, 0, 3, 1, 4);
        Tensor scores = parts.select(0, 0)
                .matmul(parts.select(0, 1).transpose(2, 3))
                .mul(Tensors.scalar(1 / Math.sqrt((double) each)));
        Tensor heard = torch.softmax(scores, -1).matmul(parts.select(0, 2));
        return Tensors.linear(heard.permute(0, 2, 1, 3).reshape(batch, STEPS, width), weights, name + ".out");
    }

    private static Tensor norm(Weights weights, Tensor x, String name) {
        return torch.layer_norm(
                x,
                new long[] {x.size(2)},
                new TensorOptional(weights.get(name + ".norm.scale")),
                new TensorOptional(weights.get(name + ".norm.offset")),
                1e-5,
                true);
    }

    private static ParameterLayout layout(long d, long outputs) {
        if (d < HEADS || d % HEADS != 0) {
            throw new IllegalArgumentException(
                    "a network with attention needs a width that is a multiple of " + HEADS + ": width=" + d);
        }
        ParameterLayout.Builder builder = new ParameterLayout.Builder();
        builder.linear("in", d, 2 * PITCHES).kernel("places", STEPS, d);
        for (int block = 0; block < BLOCKS; block++) {
            String name = "block" + block;
            builder.norm(name + ".attention", d)
                    .linear(name + ".attention", 3 * d, d)
                    .linear(name + ".attention.out", d, d)
                    .norm(name + ".inner", d)
                    .linear(name + ".inner", 2 * d, d)
                    .linear(name + ".outer", d, 2 * d);
        }
        return builder.norm("out", d).linear("out", outputs, d).build();
    }
}

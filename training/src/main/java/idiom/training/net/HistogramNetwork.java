package idiom.training.net;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A classifier that counts and knows no order: how long each pitch sounds and how often it is struck, at which places of the bar,
 * which intervals sound together (up to two octaves), how many pitches at once; two layers make a verdict of that. It hears no tune
 * and no chord change, and neither kernels nor attention, so it tells how far a transfer convinces by such statistics alone. After
 * the feature sets of symbolic genre recognition (McKay and Fujinaga 2006, jSymbolic). {@link #forward} gives
 * {@code (batch, outputs)} logits.
 */
public final class HistogramNetwork extends Network {
    private static final int BARS = 4;
    private static final int STEPS_PER_BAR = 16;
    private static final int STEPS = BARS * STEPS_PER_BAR;
    private static final int PITCHES = 84;
    private static final int INTERVALS = 24;
    private static final int COUNTS = 2 * PITCHES + 2 * STEPS_PER_BAR + INTERVALS + 2;

    /** A network with so many values in each of two hidden layers, and so many outputs. */
    public HistogramNetwork(Device device, int width, int outputs, long seed) {
        super(device, layout(width, outputs), seed);
    }

    @Override
    public Tensor forward(Weights weights, Tensor x) {
        Tensor h = torch.gelu(Tensors.linear(counts(Tensors.cast(x, weights)), weights, "in"));
        h = torch.gelu(Tensors.linear(h, weights, "inner"));
        return Tensors.toFloat(Tensors.linear(h, weights, "out"));
    }

    /** Shape {@code (batch, COUNTS)}; the factors bring each kind near 1 in real music. */
    private static Tensor counts(Tensor x) {
        Tensor cells = x.reshape(x.size(0), STEPS, PITCHES);
        Tensor earlier = torch.constant_pad_nd(cells.narrow(1, 0, STEPS - 1), 0, 0, 1, 0);
        // Sounds now and not before, as a product: noise without a mean leaves its mean as it is, and it has a
        // gradient.
        Tensor struck = cells.sub(cells.mul(earlier));
        Tensor atOnce = cells.sum(2L);
        TensorVector all = new TensorVector();
        all.push_back(scaled(cells.mean(1L), 10));
        all.push_back(scaled(byPlace(cells), 10));
        all.push_back(scaled(struck.mean(1L), 50));
        all.push_back(scaled(byPlace(struck), 50));
        for (int interval = 1; interval <= INTERVALS; interval++) {
            Tensor together = cells.narrow(2, 0, PITCHES - interval).mul(cells.narrow(2, interval, PITCHES - interval));
            all.push_back(scaled(together.sum(2L).mean(1L).unsqueeze(1), 4));
        }
        all.push_back(scaled(atOnce.mean(1L).unsqueeze(1), 0.25));
        all.push_back(scaled(atOnce.mul(atOnce).mean(1L).unsqueeze(1), 0.05));
        return torch.cat(all, 1);
    }

    /** Means over pitches and bars by place in the bar: shape {@code (batch, 16)}. */
    private static Tensor byPlace(Tensor cells) {
        return cells.mean(2L).reshape(cells.size(0), BARS, STEPS_PER_BAR).mean(1L);
    }

    private static Tensor scaled(Tensor x, double factor) {
        return x.mul(Tensors.scalar(factor));
    }

    private static ParameterLayout layout(long d, long outputs) {
        return new ParameterLayout.Builder()
                .linear("in", d, COUNTS)
                .linear("inner", d, d)
                .linear("out", outputs, d)
                .build();
    }
}

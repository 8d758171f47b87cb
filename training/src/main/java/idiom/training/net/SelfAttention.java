package idiom.training.net;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Self-attention over all cells of a feature map (Zhang et al. 2019, SAGAN, eq. 1 to 3): 1x1 convolutions to C/8, C/8 and C
 * channels, {@code y = x + gamma o} with a learnt {@code gamma} that starts at 0, so that training starts without it.
 */
final class SelfAttention {
    private static final long REDUCTION = 8;

    private SelfAttention() {}

    /** Its parameters: {@code name.query}, {@code .key}, {@code .value}, {@code .gamma}. */
    static ParameterLayout.Builder layout(ParameterLayout.Builder builder, String name, long channels) {
        long inner = innerChannels(channels);
        return builder.kernel(name + ".query", inner, channels, 1, 1)
                .kernel(name + ".key", inner, channels, 1, 1)
                .kernel(name + ".value", channels, channels, 1, 1)
                .constant(name + ".gamma", 0, 1);
    }

    /** Channels in which places are compared: an eighth, at least one. */
    private static long innerChannels(long channels) {
        return Math.max(1, channels / REDUCTION);
    }

    /** Shape {@code (batch, channels, height, width)}, as {@code x}. */
    static Tensor apply(Tensor x, Weights weights, String name) {
        Tensor query = flat(Tensors.conv(x, weights.get(name + ".query"), 1, 1, 0));
        Tensor key = flat(Tensors.conv(x, weights.get(name + ".key"), 1, 1, 0));
        Tensor value = flat(Tensors.conv(x, weights.get(name + ".value"), 1, 1, 0));
        // (batch, cell that listens, cell that is heard)
        Tensor attention = torch.softmax(query.transpose(1, 2).matmul(key), -1);
        Tensor heard = value.matmul(attention.transpose(1, 2));
        return x.add(heard.reshape(x.size(0), x.size(1), x.size(2), x.size(3)).mul(weights.get(name + ".gamma")));
    }

    /** Shape {@code (batch, channels, cells)}. */
    private static Tensor flat(Tensor x) {
        return x.reshape(x.size(0), x.size(1), x.size(2) * x.size(3));
    }
}

package idiom.training.net;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Moves values from tensors to Java arrays ({@link Device} the other way), and the few operations that every network and loss is made of. */
public final class Tensors {
    private Tensors() {}

    /** Values of a tensor, row by row, from whatever device; zeros from {@link Device#META}. */
    public static float[] toArray(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            float[] values = new float[Math.toIntExact(tensor.numel())];
            if (Device.of(tensor) != Device.META) {
                Tensor dense = tensor.detach().cpu().to(ScalarType.Float).contiguous();
                dense.data_ptr_float().get(values);
            }
            return values;
        }
    }

    /** The other way, for what is computed on values of Java's and goes back to them, whatever device trains. */
    static Tensor onProcessor(float[] values, long... shape) {
        return Device.CPU.tensor(values, shape);
    }

    /** The value of a tensor of one. */
    public static double number(Tensor tensor) {
        return Device.of(tensor) == Device.META ? 0 : tensor.item_double();
    }

    /** Makes a tensor that no enclosing scope frees; the caller closes it. */
    public static Tensor ownedBeyondScopes(Supplier<Tensor> maker) {
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = maker.get();
            tensor.retainReference();
            return tensor;
        }
    }

    /** A number for an operation. */
    public static Scalar scalar(double value) {
        return new Scalar(value);
    }

    /** Binary cross-entropy of each cell: {@code softplus(logit) - logit * target}. */
    public static Tensor crossEntropyPerCell(Tensor logits, Tensor target) {
        return torch.softplus(logits).sub(logits.mul(target));
    }

    /** Convolution without bias. */
    static Tensor conv(Tensor x, Tensor kernel, long strideSteps, long stridePitches, long padding) {
        return torch.conv2d(
                x,
                kernel,
                new TensorOptional(),
                new long[] {strideSteps, stridePitches},
                new long[] {padding, padding},
                new long[] {1, 1},
                1);
    }

    /** Convolution whose input is mirrored at its edges by half the kernel, so that the size stays. */
    static Tensor reflectConv(Tensor x, Tensor kernel) {
        long pad = kernel.size(2) / 2;
        return conv(torch.reflection_pad2d(x, pad, pad, pad, pad), kernel, 1, 1, 0);
    }

    /**
     * {@link #reflectConv} to one channel. The processor's kernels compute 16 output channels at a time, so one costs as
     * much as many; the rows of the kernel become channels first, and their maps are shifted and summed after.
     */
    static Tensor reflectConvToOne(Tensor x, Tensor kernel) {
        long size = kernel.size(2);
        long pad = size / 2;
        Tensor rows = kernel.select(0, 0).permute(1, 0, 2).unsqueeze(2);
        Tensor maps = conv(torch.reflection_pad2d(x, pad, pad, pad, pad), rows, 1, 1, 0);
        Tensor sum = shifted(maps, 0, x.size(2));
        for (long row = 1; row < size; row++) {
            sum = sum.add(shifted(maps, row, x.size(2)));
        }
        return sum;
    }

    private static Tensor shifted(Tensor maps, long row, long height) {
        return maps.narrow(1, row, 1).narrow(2, row, height);
    }

    /** {@link #reflectConv} from one channel; its shifted rows become channels for the same reason. */
    static Tensor reflectConvFromOne(Tensor x, Tensor kernel) {
        long size = kernel.size(2);
        long pad = size / 2;
        Tensor padded = torch.reflection_pad2d(x, pad, pad, pad, pad);
        TensorVector rows = new TensorVector();
        for (long row = 0; row < size; row++) {
            rows.push_back(padded.narrow(2, row, x.size(2)));
        }
        return conv(torch.cat(rows, 1), kernel.permute(0, 2, 1, 3), 1, 1, 0);
    }

    /** Transposed 3x3 convolution that doubles both sizes. */
    static Tensor doublingConv(Tensor x, Tensor kernel) {
        long[] two = {2, 2};
        long[] one = {1, 1};
        return torch.conv_transpose2d(x, kernel, new TensorOptional(), two, one, one, 1, one);
    }

    /**
     * Instance norm with scale and offset, epsilon 1e-5 (Ulyanov et al. 2016): a group norm of one channel per group,
     * whose kernel PyTorch has for every layout and precision.
     */
    static Tensor instanceNorm(Tensor x, Weights weights, String convolution) {
        return torch.group_norm(
                x,
                x.size(1),
                new TensorOptional(weights.get(convolution + ".norm.scale")),
                new TensorOptional(weights.get(convolution + ".norm.offset")),
                1e-5,
                true);
    }

    /** A matrix and a bias of the last dimension. */
    static Tensor linear(Tensor x, Weights weights, String name) {
        return torch.linear(x, weights.get(name), new TensorOptional(weights.get(name + ".bias")));
    }

    static Tensor leakyRelu(Tensor x) {
        return torch.leaky_relu(x, scalar(0.2));
    }

    /** The input in the precision and the layout of the weights. */
    static Tensor cast(Tensor x, Weights weights) {
        return laidOut(weights.precision() == Precision.BF16 ? x.to(ScalarType.BFloat16) : x, weights.layout());
    }

    /** A tensor of four dimensions in a layout; itself where it is so already. */
    static Tensor laidOut(Tensor x, Layout layout) {
        return layout == Layout.CHANNELS_LAST ? x.contiguous(MemoryFormat.ChannelsLast) : x;
    }

    static Tensor toFloat(Tensor x) {
        return x.to(ScalarType.Float);
    }
}

package idiom.training.net;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * A network whose parameters lie in one flat fp32 vector: one leaf for autograd, one tensor for the optimiser, for the
 * moving average and for a checkpoint.
 *
 * <p>A forward pass works on {@link Weights}, views of that vector which are made once per step and shared by all passes
 * of the step; so the cast to bf16 and the splitting are paid once. Tensors made in a pass belong to the caller's
 * {@code PointerScope}. One thread.
 */
public abstract class Network implements AutoCloseable {
    private final Device device;
    private final ParameterLayout layout;
    private final Tensor flat;
    private final @Nullable SpectralNorm spectralNorm;

    protected Network(Device device, ParameterLayout layout, long seed) {
        this(device, layout, false, seed);
    }

    /** A network whose convolutions are normalised, if asked for. */
    protected Network(Device device, ParameterLayout layout, boolean hasSpectralNorm, long seed) {
        this.device = device;
        this.layout = layout;
        this.flat = Tensors.ownedBeyondScopes(() -> device.tensor(initialValues(layout, seed), layout.size()));
        flat.requires_grad_(true);
        this.spectralNorm = hasSpectralNorm ? spectralNorm(seed) : null;
    }

    private SpectralNorm spectralNorm(long seed) {
        try (PointerScope scope = new PointerScope()) {
            return new SpectralNorm(device, layout, raw(flat.detach(), Precision.FP32, Layout.CONTIGUOUS), ~seed);
        }
    }

    /**
     * Runs the network.
     *
     * @param weights of this network
     * @param x rolls, float {@code (batch, 1, 64, 84)}
     * @return float tensor whose shape the subclass states
     */
    public abstract Tensor forward(Weights weights, Tensor x);

    /** Where its parameters lie, and its inputs must. */
    public Device device() {
        return device;
    }

    /** Names and shapes of the parameters. */
    public ParameterLayout layout() {
        return layout;
    }

    /** The leaf that holds all parameters, float {@code (layout.size())}. */
    public Tensor flat() {
        return flat;
    }

    /** Views that carry gradients back to {@link #flat}, for one step: normalised by one power iteration more. */
    public Weights trainable(Precision precision, Layout kernels) {
        Weights weights = raw(flat, precision, kernels);
        if (spectralNorm == null) {
            return weights;
        }
        spectralNorm.iterate(weights);
        return spectralNorm.normalised(weights);
    }

    /** The same, contiguous. */
    public Weights trainable(Precision precision) {
        return trainable(precision, Layout.CONTIGUOUS);
    }

    /** Views without gradients: the network as judge of another that learns. */
    public Weights frozen(Precision precision, Layout kernels) {
        Weights weights = raw(flat.detach(), precision, kernels);
        return spectralNorm == null ? weights : spectralNorm.normalised(weights);
    }

    /** The same, contiguous. */
    public Weights frozen(Precision precision) {
        return frozen(precision, Layout.CONTIGUOUS);
    }

    /** Views of any vector of the same layout, such as a moving average, without gradients and as they are exported. */
    public Weights views(Tensor vector, Precision precision, Layout kernels) {
        Weights weights = raw(vector.detach(), precision, kernels);
        return spectralNorm == null ? weights : spectralNorm.exactly(weights);
    }

    private Weights raw(Tensor vector, Precision precision, Layout kernels) {
        Tensor cast = precision == Precision.BF16 ? vector.to(ScalarType.BFloat16) : vector;
        TensorVector parts = cast.split_with_sizes(layout.sizes(), 0);
        List<ParameterLayout.Entry> entries = layout.entries();
        Map<String, Tensor> byName = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Tensor part = parts.get(i).view(entries.get(i).shapeArray());
            byName.put(entries.get(i).name(), part.dim() == 4 ? Tensors.laidOut(part, kernels) : part);
        }
        return new Weights(byName, precision, kernels);
    }

    /** Copies the parameters out. */
    public float[] values() {
        return Tensors.toArray(flat.detach());
    }

    /** Replaces the parameters. */
    public void load(float[] values) {
        if (values.length != layout.size()) {
            throw new IllegalArgumentException(
                    "parameters must have " + layout.size() + " values: length=" + values.length);
        }
        try (PointerScope scope = new PointerScope()) {
            Device.fill(flat.detach(), values);
            if (spectralNorm != null) {
                spectralNorm.begin(raw(flat.detach(), Precision.FP32, Layout.CONTIGUOUS));
            }
        }
    }

    /** What is followed of the kernels' singular vectors, for a checkpoint; empty without spectral normalization. */
    public Optional<float[]> singularVectors() {
        return Optional.ofNullable(spectralNorm).map(SpectralNorm::values);
    }

    /** Goes on from {@link #singularVectors}. */
    public void loadSingularVectors(float[] values) {
        if (spectralNorm != null) {
            spectralNorm.restore(values);
        }
    }

    @Override
    public void close() {
        if (spectralNorm != null) {
            spectralNorm.close();
        }
        flat.close();
    }

    private static float[] initialValues(ParameterLayout layout, long seed) {
        float[] values = new float[Math.toIntExact(layout.size())];
        RandomGenerator random = new SplittableRandom(seed);
        int i = 0;
        for (ParameterLayout.Entry entry : layout.entries()) {
            for (long n = entry.size(); n > 0; n--) {
                values[i++] = (float) initialValue(entry, random);
            }
        }
        return values;
    }

    private static double initialValue(ParameterLayout.Entry entry, RandomGenerator random) {
        if (entry.init() == ParameterLayout.Init.CONSTANT) {
            return entry.scale();
        }
        double value = random.nextGaussian();
        while (Math.abs(value) > 2) {
            value = random.nextGaussian();
        }
        return value * entry.scale();
    }
}

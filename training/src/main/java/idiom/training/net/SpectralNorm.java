package idiom.training.net;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Spectral normalization (Miyato et al. 2018, algorithm 1): each convolution's kernel, taken as a matrix (out, in x height x
 * width), is divided by its largest singular value, so that no layer stretches its input. In training the value is followed by
 * one power iteration a step, {@code sigma = u'Wv}, through which gradients flow by W alone. Wherever weights are used without
 * that history, an average of them or in an export, it is computed exactly.
 *
 * <p>Transposed convolutions stay as they are, as in the published code, and so does a last layer that has to start near nothing.
 * One thread; call within a {@code PointerScope}.
 */
public final class SpectralNorm implements AutoCloseable {
    /** As PyTorch's own: enough for a sigma that is right within a few per cent before the first step. */
    private static final int FIRST_ITERATIONS = 15;

    private static final double LEAST_NORM = 1e-12;

    private final Map<String, Vectors> byName = new LinkedHashMap<>();
    private final Tensor state;

    /** Left and right singular vectors of a kernel, as far as they are known: views of the state. */
    private record Vectors(Tensor left, Tensor right) {}

    /** Of the convolutions of a network that has those weights. */
    SpectralNorm(Device device, ParameterLayout layout, Weights weights, long seed) {
        this.state = Tensors.ownedBeyondScopes(() -> device.tensor(random(stateSize(layout), seed), stateSize(layout)));
        long offset = 0;
        for (ParameterLayout.Entry entry : layout.entries()) {
            if (entry.isNormalised()) {
                long rows = entry.shape().get(0);
                long columns = entry.size() / rows;
                byName.put(entry.name(), new Vectors(view(offset, rows), view(offset + rows, columns)));
                offset += rows + columns;
            }
        }
        begin(weights);
    }

    /** Finds the singular vectors of kernels that are new to it, nearly. */
    void begin(Weights weights) {
        for (int i = 0; i < FIRST_ITERATIONS; i++) {
            iterate(weights);
        }
    }

    private Tensor view(long offset, long length) {
        return Tensors.ownedBeyondScopes(() -> state.narrow(0, offset, length));
    }

    private static long stateSize(ParameterLayout layout) {
        return layout.entries().stream()
                .filter(ParameterLayout.Entry::isNormalised)
                .mapToLong(entry ->
                        entry.shape().get(0) + entry.size() / entry.shape().get(0))
                .sum();
    }

    private static float[] random(long size, long seed) {
        float[] values = new float[Math.toIntExact(size)];
        RandomGenerator random = new SplittableRandom(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** One power iteration on each kernel as it is now. */
    void iterate(Weights weights) {
        byName.forEach((name, vectors) -> {
            Tensor matrix = matrix(weights.get(name).detach());
            vectors.right.copy_(unit(matrix.t().mv(vectors.left)));
            vectors.left.copy_(unit(matrix.mv(vectors.right)));
        });
    }

    /** The weights with normalised kernels; gradients reach the weights. */
    Weights normalised(Weights weights) {
        return weights.replacing((name, tensor) -> {
            Vectors vectors = byName.get(name);
            return vectors == null
                    ? tensor
                    : divided(tensor, vectors.left.dot(matrix(tensor).mv(vectors.right)));
        });
    }

    /** The same by exact singular values of those kernels, whatever they are, without gradients. */
    Weights exactly(Weights weights) {
        return weights.replacing((name, tensor) ->
                byName.containsKey(name) ? divided(tensor, largestSingularValue(tensor.detach())) : tensor);
    }

    /**
     * Parameters of a network with normalisation as those of the same network without.
     *
     * @param values all of them, in the order of the layout; not changed
     */
    public static float[] folded(ParameterLayout layout, float[] values) {
        float[] folded = values.clone();
        int offset = 0;
        for (ParameterLayout.Entry entry : layout.entries()) {
            int size = Math.toIntExact(entry.size());
            if (entry.isNormalised()) {
                try (PointerScope scope = new PointerScope()) {
                    Tensor kernel =
                            Tensors.onProcessor(Arrays.copyOfRange(values, offset, offset + size), entry.shapeArray());
                    float[] divided = Tensors.toArray(divided(kernel, largestSingularValue(kernel)));
                    System.arraycopy(divided, 0, folded, offset, size);
                }
            }
            offset += size;
        }
        return folded;
    }

    /** By the eigenvalues of WW', which is small: as many rows as there are output channels. */
    private static Tensor largestSingularValue(Tensor kernel) {
        Tensor matrix = kernel.reshape(kernel.size(0), -1).to(ScalarType.Double);
        Tensor ascending = torch.linalg_eigvalsh(matrix.matmul(matrix.t()));
        return ascending.select(0, kernel.size(0) - 1).sqrt().to(ScalarType.Float);
    }

    private static Tensor divided(Tensor kernel, Tensor sigma) {
        return kernel.div(sigma.clamp_min(Tensors.scalar(LEAST_NORM))).to(kernel.scalar_type());
    }

    private static Tensor matrix(Tensor kernel) {
        return Tensors.toFloat(kernel).reshape(kernel.size(0), -1);
    }

    private static Tensor unit(Tensor vector) {
        return vector.div(vector.norm().clamp_min(Tensors.scalar(LEAST_NORM)));
    }

    /** Copy of all singular vectors, for a checkpoint. */
    float[] values() {
        return Tensors.toArray(state);
    }

    /** Goes on from where another stopped. */
    void restore(float[] values) {
        Device.fill(state, values);
    }

    @Override
    public void close() {
        byName.values().forEach(vectors -> {
            vectors.left.close();
            vectors.right.close();
        });
        state.close();
    }
}

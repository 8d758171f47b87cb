package idiom.training.net;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Where tensors lie and operations run: the one place that makes tensors of values. All other tensors are made of these, and
 * lie where these do; an architecture test holds that. What is read back ({@link Tensors#toArray}) and what is written to
 * files is the same on every device.
 *
 * <p>Tensors belong to the caller's {@code PointerScope} and own their values. One thread.
 */
public enum Device {
    /** The processor. */
    CPU("cpu"),
    /** The first NVIDIA GPU. Needs PyTorch's GPU build. */
    CUDA("cuda"),
    /**
     * Nowhere, for tests: PyTorch follows shapes, types and devices, and computes nothing; what is read back is 0. An
     * operation value by value between this and another device is refused. PyTorch's C++ library has no convolutions here, and
     * no refusals in its matrix products, so no whole step can be checked so.
     */
    META("meta");

    private final String torchName;

    Device(String torchName) {
        this.torchName = torchName;
    }

    /**
     * Loads PyTorch, which takes a second or two the first time.
     *
     * @throws IllegalStateException in one line if it can't be loaded here
     */
    public static void loadPyTorch() {
        try {
            Loader.load(torch.class);
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    isGpuBuild()
                            ? "PyTorch's GPU build can't be loaded: it needs CUDA 13.1, cuDNN 9 and NCCL 2 on the system"
                                    + " (docs/training.md); build without -P gpu-training to compute on the processor"
                            : "PyTorch can't be loaded: " + e.getMessage(),
                    e);
        }
    }

    /**
     * How many threads each operation on the processor may take, from now on and everywhere. PyTorch does not tell OpenBLAS, which
     * multiplies its matrices with threads of its own: with as many as there are cores they spin for each other, and two trainings
     * beside each other stand still.
     */
    public static void useThreads(int threads) {
        torch.set_num_threads(threads);
        openblas_full.openblas_set_num_threads(threads);
    }

    /** In one line, what keeps CUDA from being used; null if nothing does. */
    public static @Nullable String whyNoCuda() {
        if (torch.cuda_is_available()) {
            return null;
        }
        return isGpuBuild()
                ? "PyTorch's GPU build finds no NVIDIA GPU, or no driver that it can use"
                : "this is PyTorch's CPU build; docs/training.md tells how to get the GPU build";
    }

    private static boolean isGpuBuild() {
        // Asked of the loader: the class torch itself may be what can't be loaded.
        String library = "org/bytedeco/pytorch/" + Loader.getPlatform() + "-gpu/libjnitorch.so";
        return Device.class.getClassLoader().getResource(library) != null;
    }

    /** Where a tensor lies. */
    public static Device of(Tensor tensor) {
        if (tensor.is_meta()) {
            return META;
        }
        return tensor.is_cuda() ? CUDA : CPU;
    }

    /** A float tensor of these values; {@code shape} multiplies to their number. */
    public Tensor tensor(float[] values, long... shape) {
        try (FloatPointer pointer = new FloatPointer(values)) {
            return owned(torch.from_blob(pointer, shape), ScalarType.Float);
        }
    }

    /** A tensor of whole numbers. */
    public Tensor wholes(long... values) {
        try (LongPointer pointer = new LongPointer(values)) {
            return owned(
                    torch.from_blob(pointer, new long[] {values.length}, new TensorOptions(ScalarType.Long)),
                    ScalarType.Long);
        }
    }

    /** A copy here: the view over Java's memory is gone when its pointer is closed. */
    private Tensor owned(Tensor view, ScalarType type) {
        return this == CPU ? view.clone() : view.to(new org.bytedeco.pytorch.Device(torchName), type);
    }

    /** Replaces the values of a tensor, wherever it lies, by as many others. */
    static void fill(Tensor target, float[] values) {
        target.copy_(of(target).tensor(values, values.length));
    }
}

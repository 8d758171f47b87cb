package idiom.engine.onnx;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.ptr.IntByReference;
import java.util.Optional;

/**
 * Asks NVIDIA's driver itself (CUDA driver API) whether a GPU can be used: cheaper than unpacking CUDA to find out, and
 * it knows the reason.
 */
final class NvidiaDriver {
    /** CUDA 12.0, as {@code cuDriverGetVersion} counts: what ONNX Runtime's GPU build is linked to. */
    private static final int OLDEST_CUDA = 12000;

    private NvidiaDriver() {}

    /** Why no GPU can be used; empty if one can. */
    static Optional<String> obstacle() {
        String library = Platform.isWindows() ? "nvcuda" : "libcuda.so.1";
        try {
            return obstacle(NativeLibrary.getInstance(library));
        } catch (LinkageError e) {
            return Optional.of("no NVIDIA driver, " + library + " is missing");
        }
    }

    /** Whether a native library can be loaded by that name. */
    static boolean isInstalled(String library) {
        try {
            NativeLibrary.getInstance(library).close();
            return true;
        } catch (LinkageError e) {
            return false;
        }
    }

    private static Optional<String> obstacle(NativeLibrary driver) {
        int status = driver.getFunction("cuInit").invokeInt(new Object[] {0});
        if (status != 0) {
            return Optional.of("the NVIDIA driver finds no usable GPU, cuInit=" + status);
        }
        int cuda = asked(driver, "cuDriverGetVersion");
        if (cuda < OLDEST_CUDA) {
            return Optional.of("the NVIDIA driver is too old, it knows CUDA " + cuda / 1000 + "." + cuda % 1000 / 10
                    + " and 12.0 is needed");
        }
        return asked(driver, "cuDeviceGetCount") > 0 ? Optional.empty() : Optional.of("the NVIDIA driver finds no GPU");
    }

    private static int asked(NativeLibrary driver, String function) {
        IntByReference answer = new IntByReference();
        int status = driver.getFunction(function).invokeInt(new Object[] {answer});
        return status == 0 ? answer.getValue() : 0;
    }
}

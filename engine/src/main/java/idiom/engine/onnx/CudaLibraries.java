package idiom.engine.onnx;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

/**
 * Loads NVIDIA's CUDA libraries that come from Maven (org.bytedeco:cuda, profile {@code gpu}), so that ONNX Runtime
 * finds them in the process and nobody has to install CUDA. By reflection: the CPU build has neither jar.
 */
final class CudaLibraries {
    /** What ONNX Runtime's CUDA provider needs, dependencies first. The loader unpacks each once for the user. */
    private static final List<String> NEEDED = List.of("cudart", "cublas", "curand", "cufft", "nvrtc", "cudnn");

    private CudaLibraries() {}

    /** Loads them; what went wrong otherwise. A system with CUDA installed may work all the same. */
    static Optional<String> load() {
        // The loader warns on stderr that its version is newer than the libraries'; with this it goes to the log.
        System.getProperties().putIfAbsent("org.bytedeco.javacpp.logger", "slf4j");
        try {
            ClassLoader classes = CudaLibraries.class.getClassLoader();
            Method load =
                    Class.forName("org.bytedeco.javacpp.Loader", true, classes).getMethod("load", Class.class);
            for (String library : NEEDED) {
                load.invoke(null, Class.forName("org.bytedeco.cuda.global." + library, false, classes));
            }
            return Optional.empty();
        } catch (ClassNotFoundException e) {
            return Optional.of("no CUDA libraries from Maven on the class path");
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.of("CUDA libraries from Maven did not load: " + OneLine.of(e));
        }
    }
}

package idiom.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import com.sun.jna.Platform;
import idiom.engine.generator.GeneratorException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Chooses what runs a network. */
final class Providers {
    private Providers() {}

    /**
     * Opens with the best provider that works, as {@code options} say.
     *
     * @param opener opens with the choice it is given, and throws {@link GeneratorException} if that does not work
     * @throws GeneratorException what the opener threw last if it was the CPU, else why the asked one can't be used
     */
    static <T> T open(String model, InferenceOptions options, Function<ProviderChoice, T> opener) {
        Map<ExecutionProvider, String> refused = new LinkedHashMap<>();
        for (ExecutionProvider provider : options.provider().candidates()) {
            Optional<String> obstacle = obstacle(provider);
            if (obstacle.isPresent()) {
                refused.put(provider, obstacle.get());
                continue;
            }
            try {
                return opener.apply(ProviderChoice.of(provider, options.threads(), refused));
            } catch (GeneratorException e) {
                if (provider == ExecutionProvider.CPU) {
                    throw e;
                }
                refused.put(provider, OneLine.of(e));
            }
        }
        throw new GeneratorException(model + ": execution provider must work here, else choose auto or cpu: provider="
                + options.provider().title() + " reason=" + refused.get(options.provider()));
    }

    /** Options of a session that runs on {@code provider}. The caller closes them. */
    static OrtSession.SessionOptions sessionOptions(ExecutionProvider provider, int threads) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        try {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Threads that spin while they wait take the core from whatever else plays, and then from each other.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            // Failures arrive as exceptions; ONNX Runtime would print them on stderr as well.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            if (provider == ExecutionProvider.TENSORRT) {
                options.addTensorrt(0);
            }
            if (provider == ExecutionProvider.TENSORRT || provider == ExecutionProvider.CUDA) {
                options.addCUDA(0);
            }
            return options;
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }

    /** What stands against a provider, found out before ONNX Runtime tries and prints its own version of it. */
    private static Optional<String> obstacle(ExecutionProvider provider) {
        DjlEngine.environment();
        if (provider == ExecutionProvider.CPU) {
            return Optional.empty();
        }
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            return Optional.of("this is the CPU build of ONNX Runtime, -P gpu makes the one for NVIDIA");
        }
        Optional<String> driver = NvidiaDriver.obstacle();
        if (driver.isPresent()) {
            return driver;
        }
        String tensorRt = Platform.isWindows() ? "nvinfer_10" : "libnvinfer.so.10";
        if (provider == ExecutionProvider.TENSORRT && !NvidiaDriver.isInstalled(tensorRt)) {
            return Optional.of("TensorRT 10 is not installed, " + tensorRt + " is missing");
        }
        return CudaLibraries.load().filter(ignored -> !NvidiaDriver.isInstalled(cudaRuntime()));
    }

    private static String cudaRuntime() {
        return Platform.isWindows() ? "cudart64_12" : "libcudart.so.12";
    }
}

package idiom.engine.onnx;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.onnxruntime.OrtEnvironment;
import idiom.engine.generator.GeneratorException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Starts ONNX Runtime through DJL, which must come before any other use of ONNX Runtime in the process. */
final class DjlEngine {
    private static final String NAME = "OnnxRuntime";

    /**
     * Starting, ONNX Runtime 1.29 matches a text of the system's with a regular expression that recurses character by
     * character; measured, that takes more than 900 KB of native stack. Java's threads have 1 MB, less what their own
     * calls hold, and a native overflow takes the process along without a word.
     */
    private static final long STACK_BYTES = 256L << 20;

    private DjlEngine() {}

    /**
     * The process's ONNX Runtime, started if it was not.
     *
     * @throws GeneratorException if its native library is missing or does not load here
     */
    static OrtEnvironment environment() {
        FutureTask<OrtEnvironment> start = new FutureTask<>(DjlEngine::start);
        Thread thread = new Thread(null, start, "onnx-runtime-start", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return start.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GeneratorException refused) {
                throw refused;
            }
            throw new IllegalStateException("ONNX Runtime must start or say why not", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GeneratorException("ONNX Runtime was interrupted while it started", e);
        }
    }

    private static OrtEnvironment start() {
        // DJL reports its use to its makers when it finds itself in a data centre; a musician's machine keeps quiet.
        System.getProperties().putIfAbsent("OPT_OUT_TRACKING", "true");
        // DJL makes a pool of threads for the whole process; sessions here bring their own, so it stays empty.
        System.getProperties().putIfAbsent("ai.djl.onnxruntime.num_threads", "1");
        System.getProperties().putIfAbsent("ai.djl.onnxruntime.num_interop_threads", "1");
        try {
            Engine.getEngine(NAME);
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError | EngineException | IllegalStateException | IllegalArgumentException e) {
            throw new GeneratorException(
                    "ONNX Runtime must load on this system: os=" + System.getProperty("os.name") + " arch="
                            + System.getProperty("os.arch") + " reason=" + OneLine.of(e),
                    e);
        }
    }
}

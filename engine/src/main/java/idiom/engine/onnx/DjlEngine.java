package idiom.engine.onnx;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.onnxruntime.OrtEnvironment;
import idiom.engine.generator.GeneratorException;

/** Starts ONNX Runtime through DJL, which must come before any other use of ONNX Runtime in the process. */
final class DjlEngine {
    private static final String NAME = "OnnxRuntime";

    private DjlEngine() {}

    /**
     * The process's ONNX Runtime, started if it was not.
     *
     * @throws GeneratorException if its native library is missing or does not load here
     */
    static OrtEnvironment environment() {
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

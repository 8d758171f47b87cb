package idiom.engine.onnx;

import java.util.List;

/** What runs a network. */
public enum ExecutionProvider {
    /** The best that works here: TensorRT, then CUDA, then the CPU. */
    AUTO("the best available"),
    /** The processor; always there. */
    CPU("CPU"),
    /** An NVIDIA GPU; needs the GPU build of ONNX Runtime, a driver, CUDA 12 and cuDNN 9. */
    CUDA("CUDA"),
    /** An NVIDIA GPU through TensorRT 10, which must be installed beside what {@link #CUDA} needs. */
    TENSORRT("TensorRT");

    private final String title;

    ExecutionProvider(String title) {
        this.title = title;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** What to try, best first. */
    List<ExecutionProvider> candidates() {
        return this == AUTO ? List.of(TENSORRT, CUDA, CPU) : List.of(this);
    }
}

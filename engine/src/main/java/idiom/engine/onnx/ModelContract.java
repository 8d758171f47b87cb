package idiom.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import idiom.engine.generator.GeneratorException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One side of a network: a single 32-bit float tensor of a known name, with a free first axis (the batch).
 *
 * @param name of the input or output
 * @param lengths of its axes after the first
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, package-private
record ModelContract(String name, long... lengths) {

    /** Values of one window. */
    int size() {
        return Math.toIntExact(Arrays.stream(lengths).reduce(1, Math::multiplyExact));
    }

    /** The shape of a batch. */
    long[] shape(int count) {
        long[] shape = new long[lengths.length + 1];
        shape[0] = count;
        System.arraycopy(lengths, 0, shape, 1, lengths.length);
        return shape;
    }

    /** @throws GeneratorException if the session's inputs are not this one */
    void checkInput(String model, OrtSession session) throws OrtException {
        check(model, "input", session.getInputInfo());
    }

    /** @throws GeneratorException if the session's outputs are not this one */
    void checkOutput(String model, OrtSession session) throws OrtException {
        check(model, "output", session.getOutputInfo());
    }

    private void check(String model, String side, Map<String, NodeInfo> infos) {
        @Nullable NodeInfo info = infos.get(name);
        if (info == null || infos.size() != 1) {
            throw new GeneratorException(model + ": a model must have one " + side + " called " + name + ": " + side
                    + "s=" + infos.keySet());
        }
        if (!(info.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
            throw new GeneratorException(model + ": " + side + " " + name + " must hold 32-bit floats: type="
                    + (info.getInfo() instanceof TensorInfo other ? other.type : "no tensor"));
        }
        if (!Arrays.equals(tensor.getShape(), shape(-1))) {
            throw new GeneratorException(model + ": " + side + " " + name + " must have the shape " + text(shape(-1))
                    + ": shape=" + text(tensor.getShape()));
        }
    }

    private static String text(long[] shape) {
        return Arrays.toString(shape).replace("-1", "batch");
    }
}

package idiom.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import idiom.engine.generator.GeneratorException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A loaded network with its input and output buffers, which every call uses again.
 *
 * <p>DJL starts the runtime; the call goes to ONNX Runtime itself, whose tensors can lie over buffers of ours. Not
 * thread-safe.
 */
final class ModelSession implements AutoCloseable {
    private final String name;
    private final ProviderChoice choice;
    private final ModelContract input;
    private final ModelContract output;
    private final int inputSize;
    private final int outputSize;
    private final OrtSession session;
    private final FloatBuffer inputValues;
    private final FloatBuffer outputValues;
    /** For each number of windows from 1 on: tensors of that shape over the same two buffers. */
    private final Map<String, OnnxTensor>[] inputs;

    private final Map<String, OnnxTensor>[] outputs;
    private boolean closed;

    /**
     * Loads a model and runs it a few times.
     *
     * @param output the output it must have, given its metadata
     * @throws GeneratorException in one line, if the file is broken or no such network, or the provider can't be used
     */
    static ModelSession open(
            ModelBytes file,
            ModelContract input,
            Function<Map<String, String>, ModelContract> output,
            InferenceOptions options) {
        return Providers.open(file.name(), options, choice -> new ModelSession(file, input, output, options, choice));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of maps, indexed by the batch on the hot path
    private ModelSession(
            ModelBytes file,
            ModelContract input,
            Function<Map<String, String>, ModelContract> output,
            InferenceOptions options,
            ProviderChoice choice) {
        this.name = file.name();
        this.choice = choice;
        this.input = input;
        this.inputSize = input.size();
        this.session = createSession(file, choice.provider(), options.threads());
        int maxBatch = options.maxBatch();
        this.inputs = new Map[maxBatch];
        this.outputs = new Map[maxBatch];
        try {
            input.checkInput(name, session);
            this.output = output.apply(session.getMetadata().getCustomMetadata());
            this.outputSize = this.output.size();
            this.output.checkOutput(name, session);
            this.inputValues = directFloats(maxBatch * inputSize);
            this.outputValues = directFloats(maxBatch * outputSize);
            bind(OrtEnvironment.getEnvironment());
            warmUp(options.warmUpRuns());
        } catch (OrtException e) {
            close();
            throw new GeneratorException(name + ": model can't be used: reason=" + OneLine.of(e), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    ProviderChoice choice() {
        return choice;
    }

    int maxBatch() {
        return inputs.length;
    }

    /** What the file says about itself. */
    Map<String, String> metadata() {
        try {
            return Map.copyOf(session.getMetadata().getCustomMetadata());
        } catch (OrtException e) {
            throw new GeneratorException(name + ": metadata must be readable: reason=" + OneLine.of(e), e);
        }
    }

    /**
     * Runs {@code count} windows. Allocates nothing but the few hundred bytes of ONNX Runtime's own call.
     *
     * @throws IllegalArgumentException if an array is too short, or {@code count} not in 1 to {@link #maxBatch}
     * @throws GeneratorException if the network fails
     */
    void run(float[] in, float[] out, int count) {
        if (closed) {
            throw new IllegalStateException("model is closed: model=" + name);
        }
        if (count < 1 || count > inputs.length) {
            throw new IllegalArgumentException("count must be 1 to " + inputs.length + ": count=" + count);
        }
        requireLength(input.name(), in, count * inputSize);
        requireLength(output.name(), out, count * outputSize);
        inputValues.put(0, in, 0, count * inputSize);
        try {
            session.run(inputs[count - 1], outputs[count - 1]).close();
            outputValues.get(0, out, 0, count * outputSize);
        } catch (OrtException e) {
            throw new GeneratorException(name + ": model must run: windows=" + count + " reason=" + OneLine.of(e), e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (int i = 0; i < inputs.length; i++) {
            closeAll(inputs[i]);
            closeAll(outputs[i]);
        }
        try {
            session.close();
        } catch (OrtException e) {
            throw new GeneratorException(name + ": model must close: reason=" + OneLine.of(e), e);
        }
    }

    /** A session of the model; also what the benchmark compares with. */
    static OrtSession createSession(ModelBytes file, ExecutionProvider provider, int threads) {
        OrtEnvironment environment = DjlEngine.environment();
        try (OrtSession.SessionOptions options = Providers.sessionOptions(provider, threads)) {
            OnnxCheck.check(file.bytes());
            return environment.createSession(file.bytes(), options);
        } catch (OrtException | IllegalArgumentException e) {
            throw new GeneratorException(
                    file.name() + ": model must be a valid ONNX file: bytes=" + file.bytes().length + " reason="
                            + OneLine.of(e),
                    e);
        }
    }

    static FloatBuffer directFloats(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private void bind(OrtEnvironment environment) throws OrtException {
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = tensor(environment, input, inputValues, i + 1);
            outputs[i] = tensor(environment, output, outputValues, i + 1);
        }
    }

    private static Map<String, OnnxTensor> tensor(
            OrtEnvironment environment, ModelContract contract, FloatBuffer values, int count) throws OrtException {
        FloatBuffer part = values.duplicate().position(0).limit(count * contract.size());
        return Collections.singletonMap(
                contract.name(), OnnxTensor.createTensor(environment, part, contract.shape(count)));
    }

    private void warmUp(int runs) {
        float[] in = new float[maxBatch() * inputSize];
        float[] out = new float[maxBatch() * outputSize];
        for (int i = 0; i < runs; i++) {
            run(in, out, 1);
            if (maxBatch() > 1) {
                run(in, out, maxBatch());
            }
        }
    }

    private static void requireLength(String name, float[] values, int least) {
        if (values.length < least) {
            throw new IllegalArgumentException(
                    name + " must have at least " + least + " values: length=" + values.length);
        }
    }

    private static void closeAll(@Nullable Map<String, OnnxTensor> tensors) {
        if (tensors != null) {
            tensors.values().forEach(OnnxTensor::close);
        }
    }
}

package idiom.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import idiom.engine.generator.GeneratorException;
import idiom.engine.pianoroll.PianoRoll;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * The cheapest call ONNX Runtime has, as a yardstick: its own API, a session of its own of the same model with the same options,
 * tensors over buffers that are used again, nothing copied out or checked. Not thread-safe.
 */
public final class BareCall implements AutoCloseable {
    private final String name;
    private final OrtSession session;
    private final FloatBuffer input = ModelSession.directFloats(PianoRoll.CELLS);
    private final OnnxTensor inputTensor;
    private final OnnxTensor outputTensor;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    /**
     * Opens a generator's model.
     *
     * @throws GeneratorException if the model can't be loaded
     */
    public static BareCall open(Path model, InferenceOptions options) {
        ModelBytes file = ModelBytes.read(model);
        return Providers.open(file.name(), options, choice -> new BareCall(file, choice.provider(), options.threads()));
    }

    BareCall(ModelBytes file, ExecutionProvider provider, int threads) {
        name = file.name();
        session = ModelSession.createSession(file, provider, threads);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {1, 1, PianoRoll.STEPS, PianoRoll.PITCHES};
        try {
            inputTensor = OnnxTensor.createTensor(environment, input, shape);
            outputTensor = OnnxTensor.createTensor(environment, ModelSession.directFloats(PianoRoll.CELLS), shape);
        } catch (OrtException e) {
            throw failed(e);
        }
        inputs = Map.of("windows", inputTensor);
        outputs = Map.of("probabilities", outputTensor);
    }

    /**
     * Runs one window.
     *
     * @param window {@link PianoRoll#CELLS} cells; copying them in is not measured
     * @return nanoseconds of the call
     * @throws GeneratorException if the network fails
     */
    public long run(float[] window) {
        input.put(0, window, 0, PianoRoll.CELLS);
        try {
            long start = System.nanoTime();
            session.run(inputs, outputs).close();
            return System.nanoTime() - start;
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        inputTensor.close();
        outputTensor.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private GeneratorException failed(OrtException e) {
        return new GeneratorException(name + ": model must run: reason=" + OneLine.of(e), e);
    }
}

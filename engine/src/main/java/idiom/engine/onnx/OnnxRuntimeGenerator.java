package idiom.engine.onnx;

import idiom.engine.generator.Generator;
import idiom.engine.generator.GeneratorException;
import idiom.engine.pianoroll.PianoRoll;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A generator in an ONNX file: input {@code windows}, output {@code probabilities}, both 32-bit floats of shape
 * (batch, 1, 64, 84).
 *
 * <p>After warm-up a call allocates less than 1 KB. Not thread-safe; several generators may run at once.
 */
public final class OnnxRuntimeGenerator implements Generator {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntimeGenerator.class);
    private static final ModelContract INPUT = new ModelContract("windows", 1, PianoRoll.STEPS, PianoRoll.PITCHES);
    private static final ModelContract OUTPUT =
            new ModelContract("probabilities", 1, PianoRoll.STEPS, PianoRoll.PITCHES);

    /** ONNX Runtime computes sigmoids by rational functions, whose values go beyond 1 by a rounding where a network is sure. */
    private static final float ROUNDING = 1e-5f;

    private final ModelSession session;

    private OnnxRuntimeGenerator(ModelSession session) {
        this.session = session;
        LOG.info("{} runs on {}", session.name(), session.choice().description());
    }

    /**
     * Loads a generator and warms it up.
     *
     * @throws GeneratorException in one line, if the file is missing, broken or no generator, or the provider asked for
     *     can't be used
     */
    public static OnnxRuntimeGenerator load(Path file, InferenceOptions options) {
        return load(ModelBytes.read(file), options);
    }

    /**
     * Loads a generator that does not lie in a file of its own, such as a bundled one.
     *
     * @param name what messages call it
     * @param model bytes of an ONNX file; may be changed afterwards
     * @throws GeneratorException as {@link #load(Path, InferenceOptions)}
     */
    public static OnnxRuntimeGenerator load(String name, byte[] model, InferenceOptions options) {
        return load(new ModelBytes(name, model), options);
    }

    private static OnnxRuntimeGenerator load(ModelBytes file, InferenceOptions options) {
        return new OnnxRuntimeGenerator(ModelSession.open(file, INPUT, metadata -> OUTPUT, options));
    }

    /** What runs it, and why nothing better does. */
    public ProviderChoice providerChoice() {
        return session.choice();
    }

    /** What the file says about itself: the training program's provenance. */
    public Map<String, String> metadata() {
        return session.metadata();
    }

    @Override
    public int maxBatch() {
        return session.maxBatch();
    }

    @Override
    public void generate(float[] windows, float[] probabilities, int count) {
        session.run(windows, probabilities, count);
        for (int i = 0; i < count * PianoRoll.CELLS; i++) {
            // Written so that NaN fails too.
            if (!(probabilities[i] >= -ROUNDING && probabilities[i] <= 1 + ROUNDING)) {
                throw outOfRange(i, probabilities[i]);
            }
            probabilities[i] = Math.max(0, Math.min(1, probabilities[i]));
        }
    }

    private GeneratorException outOfRange(int index, float value) {
        return new GeneratorException(session.name() + ": probabilities must be 0 to 1: window="
                + index / PianoRoll.CELLS + " cell=" + index % PianoRoll.CELLS + " value=" + value);
    }

    @Override
    public void close() {
        session.close();
    }
}

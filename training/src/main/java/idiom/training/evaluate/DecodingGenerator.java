package idiom.training.evaluate;

import idiom.engine.generator.Generator;
import idiom.engine.harmony.Key;
import idiom.engine.harmony.KeyEstimate;
import idiom.engine.harmony.KeyFinder;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.onnx.OnnxRuntimeGenerator;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.transfer.CellDecoder;
import idiom.presets.Decoding;
import idiom.presets.ModelFile;
import idiom.presets.Preset;
import org.jspecify.annotations.Nullable;

/**
 * A generator with its preset's decoding: threshold, range, locks, mix and density limit. What comes out is decided, so the
 * probabilities are 0 or 1. The key is the one that the key finder hears in the window that is asked about, where a song's
 * transfer hears the whole song; and a phrase of a data set does not tell which of its cells are heard, so all are taken for it.
 *
 * <p>Closes the generator it is made of. One thread.
 */
public final class DecodingGenerator implements Generator {
    private static final int BATCH = 16;

    private final Generator generator;
    private final CellDecoder decoder;
    private final boolean needsKey;
    private final KeyFinder keys = KeyFinder.standard();

    public DecodingGenerator(Generator generator, Decoding decoding) {
        this.generator = generator;
        this.decoder = new CellDecoder(decoding);
        this.needsKey = decoding.keyLock();
    }

    /** One of a preset's models, with the preset's decoding. */
    public static DecodingGenerator load(Preset preset, ModelFile model) {
        return new DecodingGenerator(
                OnnxRuntimeGenerator.load(
                        model.path(), InferenceOptions.defaults().withMaxBatch(BATCH)),
                preset.decoding());
    }

    @Override
    public int maxBatch() {
        return generator.maxBatch();
    }

    @Override
    public void generate(float[] windows, float[] probabilities, int count) {
        generator.generate(windows, probabilities, count);
        for (int i = 0; i < count; i++) {
            int offset = i * PianoRoll.CELLS;
            PianoRoll window = PianoRoll.ofCells(windows, offset, 0);
            decoder.decode(window, window, probabilities, offset, key(window)).toCells(probabilities, offset);
        }
    }

    private @Nullable Key key(PianoRoll window) {
        return needsKey ? keys.find(window).map(KeyEstimate::key).orElse(null) : null;
    }

    @Override
    public void close() {
        generator.close();
    }
}

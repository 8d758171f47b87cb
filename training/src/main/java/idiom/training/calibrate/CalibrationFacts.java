package idiom.training.calibrate;

import idiom.presets.Decoding;
import idiom.presets.Preset;
import idiom.presets.PresetWriter;
import idiom.presets.Provenance;
import idiom.training.data.GenrePair;
import idiom.training.evaluate.MeasuredFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where a preset's decoding comes from, as its provenance states it.
 *
 * @param phrases on whose test parts it was found
 * @param seed of their draw
 * @param found what was found
 */
public record CalibrationFacts(GenrePair phrases, long seed, Calibration.Found found) {
    private static final String KEY = "calibrated-on";

    /** Whether a preset's decoding was found so. */
    public static boolean isIn(Preset preset) {
        return preset.provenance().facts().containsKey(KEY);
    }

    /** Writes both presets anew with their decoding; what was measured with the one before is left out. */
    public void record(Preset there, Path thereFile, Preset back, Path backFile) throws IOException {
        record(there, thereFile, found.decodings().there());
        record(back, backFile, found.decodings().back());
    }

    private void record(Preset preset, Path file, Decoding decoding) throws IOException {
        Map<String, String> facts = MeasuredFacts.without(preset.provenance().facts());
        facts.put(
                KEY,
                String.format(
                        Locale.ROOT,
                        "%d and %d held-out phrases, seed %d: score %.3f, was %.3f",
                        phrases.testA().size(),
                        phrases.testB().size(),
                        seed,
                        Calibration.score(found.after()),
                        Calibration.score(found.before())));
        PresetWriter.write(preset.withDecoding(decoding).withProvenance(new Provenance(facts)), file);
    }
}

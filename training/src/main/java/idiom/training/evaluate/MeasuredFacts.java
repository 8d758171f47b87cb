package idiom.training.evaluate;

import idiom.presets.Preset;
import idiom.presets.PresetWriter;
import idiom.presets.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured of a preset, as its provenance states it. */
public final class MeasuredFacts {
    private static final String STRENGTH = "transfer-strength";
    private static final String RANDOM = "transfer-strength-of-random-changes";
    private static final String CONTENT = "content-change";
    private static final String TUNE = "tune-f1";
    private static final String KEY = "key-changes";
    private static final String DENSITY = "density-ratio";
    private static final String PHRASES = "measured-on";
    private static final List<String> KEYS = List.of(STRENGTH, RANDOM, CONTENT, TUNE, KEY, DENSITY, PHRASES);

    private MeasuredFacts() {}

    /** Facts by their keys, from the whole test split. */
    public static Map<String, String> of(DirectionResult measured) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(STRENGTH, number(measured.strength().value()));
        facts.put(RANDOM, number(measured.controlStrength()));
        facts.put(CONTENT, number(measured.total().mean()));
        facts.put(TUNE, number(measured.melodyF1()));
        facts.put(KEY, number(measured.keyChanges()));
        facts.put(DENSITY, number(measured.densityRatio()));
        facts.put(PHRASES, measured.phrases() + " phrases of the test split");
        return facts;
    }

    /** Writes a preset anew with what was measured of it. */
    public static void record(Preset preset, Path file, DirectionResult measured) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>(preset.provenance().facts());
        facts.putAll(of(measured));
        PresetWriter.write(preset.withProvenance(new Provenance(facts)), file);
    }

    /** What is left of a preset's facts when what they were measured with changes. */
    public static Map<String, String> without(Map<String, String> facts) {
        Map<String, String> left = new LinkedHashMap<>(facts);
        KEYS.forEach(left::remove);
        return left;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}

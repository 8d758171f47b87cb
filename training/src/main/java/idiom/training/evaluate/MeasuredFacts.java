package idiom.training.evaluate;

import idiom.presets.Preset;
import idiom.presets.PresetWriter;
import idiom.presets.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was measured of a preset, as its provenance states it. */
public final class MeasuredFacts {
    private MeasuredFacts() {}

    /** Facts by their keys, from the whole test split. */
    public static Map<String, String> of(DirectionResult measured) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("transfer-strength", number(measured.strength().value()));
        facts.put("transfer-strength-of-random-changes", number(measured.controlStrength()));
        facts.put("content-change", number(measured.total().mean()));
        facts.put("tune-f1", number(measured.melodyF1()));
        facts.put("key-changes", number(measured.keyChanges()));
        facts.put("density-ratio", number(measured.densityRatio()));
        facts.put("measured-on", measured.phrases() + " phrases of the test split");
        return facts;
    }

    /** Writes a preset anew with what was measured of it. */
    public static void record(Preset preset, Path file, DirectionResult measured) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>(preset.provenance().facts());
        facts.putAll(of(measured));
        PresetWriter.write(preset.withProvenance(new Provenance(facts)), file);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}

package idiom.training.cli;

import idiom.training.evaluate.DirectionResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was measured of a preset, as its provenance states it. */
final class MeasuredFacts {
    private MeasuredFacts() {}

    /** Facts by their keys, from the whole test split. */
    static Map<String, String> of(DirectionResult measured) {
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

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}

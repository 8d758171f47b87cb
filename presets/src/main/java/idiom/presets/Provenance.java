package idiom.presets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a model comes from: facts by key, in the order of the file: data hash, recipe, seed, steps, library versions,
 * measured transfer strength and content change. Free text, for people and reports; nothing is computed from it.
 *
 * @param facts key to value, insertion-ordered
 */
public record Provenance(Map<String, String> facts) {
    /** Nothing is known. */
    public static final Provenance UNKNOWN = new Provenance(Map.of());

    public Provenance {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}

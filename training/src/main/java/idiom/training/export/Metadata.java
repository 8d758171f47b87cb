package idiom.training.export;

import java.util.Map;
import java.util.TreeMap;

/** Puts what the exporter knows beside what the trainer says about a model. */
final class Metadata {
    private Metadata() {}

    /** Both, sorted by key; refused where the trainer's entries contradict the exporter's. */
    static Map<String, String> merge(Map<String, String> given, Map<String, String> known) {
        Map<String, String> merged = new TreeMap<>(given);
        known.forEach((key, value) -> {
            String other = merged.putIfAbsent(key, value);
            if (other != null && !other.equals(value)) {
                throw new IllegalArgumentException(
                        "metadata must agree with the network: " + key + "=" + other + " network=" + value);
            }
        });
        return merged;
    }
}

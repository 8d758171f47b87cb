package idiom.engine.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How likely each genre is.
 *
 * @param probabilities of each genre in the classifier's order, summing up to 1
 */
public record GenreEstimate(Map<String, Double> probabilities) {
    public GenreEstimate {
        if (probabilities.isEmpty()) {
            throw new IllegalArgumentException("probabilities must not be empty");
        }
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }

    /** The likeliest genre; the first of several. */
    public String mostLikely() {
        return Collections.max(probabilities.entrySet(), Map.Entry.comparingByValue())
                .getKey();
    }
}

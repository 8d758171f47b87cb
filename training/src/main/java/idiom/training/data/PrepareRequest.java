package idiom.training.data;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to make a data set of, and how.
 *
 * @param genres a folder of MIDI files by genre; at least one
 * @param output the data set's folder
 * @param testShare of each genre's phrases that goes to the test part, in (0, 1)
 * @param seed of the division into train and test, and of the order of the songs
 * @param threads that read files, at least 1; the result doesn't depend on it
 * @param acceptUnstatedMeter whether files without a time signature count as 4/4
 * @param rules by which notes become cells
 * @param together whether songs with a phrase in common stay on one side
 * @param without a data set whose songs are left out, or null
 * @param replace whether a data set that is there is replaced
 */
public record PrepareRequest(
        Map<String, Path> genres,
        Path output,
        double testShare,
        long seed,
        int threads,
        boolean acceptUnstatedMeter,
        RollRules rules,
        boolean together,
        @Nullable Path without,
        boolean replace) {
    public PrepareRequest {
        genres = Collections.unmodifiableMap(new LinkedHashMap<>(genres));
        genres.keySet().forEach(Dataset::requireGenreName);
        if (genres.isEmpty() || genres.size() > 32) {
            throw new DataException("1 to 32 genres: genres=" + genres.size());
        }
        if (!(testShare > 0 && testShare < 1)) {
            throw new DataException("testShare must be in (0, 1): testShare=" + testShare);
        }
        if (threads < 1) {
            throw new DataException("threads must be > 0: threads=" + threads);
        }
    }
}

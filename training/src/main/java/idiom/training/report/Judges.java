package idiom.training.report;

import idiom.training.classifier.GenreClassifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which classifier judges which pair of genres: the first that knows both.
 *
 * @param firsts whose verdict counts
 * @param seconds whose verdict is shown beside
 */
public record Judges(List<GenreClassifier> firsts, List<GenreClassifier> seconds) {
    public Judges {
        firsts = List.copyOf(firsts);
        seconds = List.copyOf(seconds);
    }

    /**
     * That whose verdict counts.
     *
     * @throws IllegalArgumentException in one line, if none knows both genres
     */
    GenreClassifier first(String a, String b) {
        GenreClassifier judge = find(firsts, a, b);
        if (judge == null) {
            throw new IllegalArgumentException("no judge knows both " + a + " and " + b
                    + ": name one with --judge; there are judges of "
                    + String.join(
                            "; ",
                            firsts.stream()
                                    .map(known -> String.join(", ", known.genres()))
                                    .toList()));
        }
        return judge;
    }

    /** Another one, or null. */
    @Nullable
    GenreClassifier second(String a, String b) {
        return find(seconds, a, b);
    }

    private static @Nullable GenreClassifier find(List<GenreClassifier> judges, String a, String b) {
        return judges.stream()
                .filter(judge -> judge.genres().containsAll(List.of(a, b)))
                .findFirst()
                .orElse(null);
    }
}

package idiom.training.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A genre's files, each with what became of it, and the songs among them divided.
 *
 * @param genre its name
 * @param outcomes of every MIDI file, by name
 * @param otherFiles files in the folder that are not named like MIDI files
 * @param split of the rendered ones
 */
record PreparedGenre(String genre, List<SongOutcome> outcomes, int otherFiles, SongSplit split) {
    static PreparedGenre of(String genre, List<SongOutcome> read, int otherFiles, PrepareRequest request) {
        List<SongOutcome> outcomes = withoutCopies(read);
        long seed = 31 * request.seed() + genre.hashCode();
        try {
            SongSplit split = SongSplit.of(rendered(outcomes), request.testShare(), seed, request.together());
            return new PreparedGenre(genre, outcomes, otherFiles, split);
        } catch (DataException e) {
            throw new DataException(
                    genre + ": " + e.getMessage() + "; files=" + read.size() + " folder="
                            + request.genres().get(genre)
                            + SkipCounts.of(outcomes).phrase(),
                    e);
        }
    }

    List<SongOutcome.Rendered> rendered() {
        return rendered(outcomes);
    }

    List<SongOutcome.Skipped> skipped() {
        return outcomes.stream()
                .filter(SongOutcome.Skipped.class::isInstance)
                .map(SongOutcome.Skipped.class::cast)
                .toList();
    }

    private static List<SongOutcome.Rendered> rendered(List<SongOutcome> outcomes) {
        return outcomes.stream()
                .filter(SongOutcome.Rendered.class::isInstance)
                .map(SongOutcome.Rendered.class::cast)
                .toList();
    }

    /** The first of several files with the same bytes stays. */
    private static List<SongOutcome> withoutCopies(List<SongOutcome> outcomes) {
        Map<String, String> first = new HashMap<>();
        List<SongOutcome> kept = new ArrayList<>();
        for (SongOutcome outcome : outcomes) {
            String original = outcome instanceof SongOutcome.Rendered
                    ? first.putIfAbsent(outcome.sha256(), outcome.name())
                    : null;
            kept.add(
                    original == null
                            ? outcome
                            : new SongOutcome.Skipped(
                                    outcome.name(), outcome.sha256(), SkipReason.COPY, "of " + original));
        }
        return List.copyOf(kept);
    }
}

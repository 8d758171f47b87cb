package idiom.training.attribution;

import java.util.Comparator;
import java.util.List;

/**
 * An analysis.
 *
 * @param recipe what decided it
 * @param genres in the order asked for
 * @param motifs all that occur, genre by genre
 */
public record AttributionResult(AttributionRecipe recipe, List<GenreAttribution> genres, List<MotifResult> motifs) {
    /** A motif counts as common in a genre if it is in at least this share of the phrases. */
    private static final double COMMON = 0.05;

    public AttributionResult {
        genres = List.copyOf(genres);
        motifs = List.copyOf(motifs);
    }

    /** Share of all phrases that the classifier gets right. */
    public double accuracy() {
        int phrases = genres.stream().mapToInt(GenreAttribution::phrases).sum();
        return (double) genres.stream().mapToInt(GenreAttribution::right).sum() / phrases;
    }

    /**
     * Motifs of a genre that carry more than chance would give them ({@link MotifResult#LIMIT}) and are in 5 % of its phrases
     * or more, by their lift, the highest first.
     *
     * @param chance by which null hypothesis
     */
    public List<MotifResult> strongest(GenreAttribution genre, Shuffle chance) {
        return motifs.stream()
                .filter(motif -> motif.genre().equals(genre.genre()))
                .filter(motif -> motif.against(chance).isEffect()
                        && motif.against(chance).lift() > 1)
                .filter(motif -> motif.phrases() >= COMMON * genre.sample().size())
                .sorted(Comparator.comparingDouble(
                        motif -> -motif.against(chance).lift()))
                .toList();
    }
}

package idiom.training.attribution;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.DataException;
import idiom.training.data.Draw;
import idiom.training.data.PhraseSet;
import idiom.training.data.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which notes and motifs a classifier hears each genre by, on phrases that it gets right. The same data, classifier, recipe and
 * number of threads give the same numbers. One thread.
 */
public final class Attribution {

    /** Begins to tell how far a piece of work is. */
    @FunctionalInterface
    public interface ProgressMaker {
        /** {@code total} units of it are to be done. */
        Progress begin(String what, int total);
    }

    /** A genre and its test split, in file order. */
    public record Genre(String name, PhraseSet test) {}

    private final GenreClassifier judge;
    private final AttributionRecipe recipe;
    private final ProgressMaker progress;

    /** An analysis to be run; the classifier stays the caller's. */
    public Attribution(GenreClassifier judge, AttributionRecipe recipe, ProgressMaker progress) {
        this.judge = judge;
        this.recipe = recipe;
        this.progress = progress;
    }

    /**
     * Runs it.
     *
     * @throws DataException in one line if a genre has no phrase to look at
     * @throws IllegalArgumentException if the classifier does not know a genre
     */
    public AttributionResult run(List<Genre> genres) {
        genres.forEach(genre -> judge.indexOf(genre.name));
        List<GenreAttribution> parts = genres.stream().map(this::genre).toList();
        Progress dealt = progress.begin("permutations", 2 * genres.size() * recipe.permutations());
        List<MotifResult> motifs = new MotifAnalysis(recipe.permutations(), recipe.seed(), dealt::step)
                .run(parts.stream()
                        .map(part -> new MotifAnalysis.Genre(part.genre(), part.sample()))
                        .toList());
        return new AttributionResult(recipe, parts, motifs);
    }

    private GenreAttribution genre(Genre genre) {
        PhraseSet test = genre.test;
        int[] clean = IntStream.range(0, test.size())
                .filter(i -> !test.flags(i).isFlagged())
                .toArray();
        if (clean.length == 0) {
            throw new DataException("nothing to look at: every row of the test split is flagged: genre=" + genre.name
                    + " rows=" + test.size());
        }
        boolean[] calls = judge.calls(test.select(clean), genre.name);
        int[] right = IntStream.range(0, clean.length)
                .filter(i -> calls[i])
                .map(i -> clean[i])
                .toArray();
        List<AttributedPhrase> sample = attributed(genre, drawn(right, recipe.sample()));
        if (sample.isEmpty()) {
            throw new DataException("nothing to look at: the classifier gets no phrase with saliency right: genre="
                    + genre.name + " phrases=" + clean.length + " right=" + right.length);
        }
        Progress asked = progress.begin(
                genre.name + ", notes removed", DeletionCheck.SHARES.size() * DeletionCheck.Order.values().length);
        return new GenreAttribution(
                genre.name,
                clean.length,
                test.size() - clean.length,
                right.length,
                sample,
                pictured(sample),
                DeletionCheck.run(judge, genre.name, sample, recipe.seed(), asked::step));
    }

    /** The saliency of each row; phrases in which no sounding cell speaks for the genre are left out. */
    private List<AttributedPhrase> attributed(Genre genre, int[] rows) {
        PhraseSet phrases = genre.test.select(rows);
        float[] gradients = judge.inputGradients(phrases, genre.name);
        List<AttributedPhrase> attributed = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            SaliencyMap saliency = SaliencyMap.of(phrases.roll(i), gradients, i * PianoRoll.CELLS);
            if (saliency.max() > 0) {
                attributed.add(AttributedPhrase.of(rows[i], saliency));
            }
        }
        return attributed;
    }

    private List<AttributedPhrase> pictured(List<AttributedPhrase> sample) {
        int[] chosen = drawn(IntStream.range(0, sample.size()).toArray(), recipe.pictured());
        return IntStream.of(chosen).mapToObj(sample::get).toList();
    }

    /** So many of them at most, drawn without putting back, in order. */
    private int[] drawn(int[] from, int count) {
        return IntStream.of(Draw.of(from.length, count, recipe.seed()))
                .map(i -> from[i])
                .toArray();
    }
}

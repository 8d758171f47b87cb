package idiom.training.attribution;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.attribution.motif.PhraseNote;
import idiom.training.attribution.motif.PhraseNotes;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.PhraseSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What happens to the verdict when notes are taken away: saliency is a first-order guess of what matters, and this asks the
 * classifier itself (Samek et al., "Evaluating the visualization of what a deep neural network has learned", 2017, on notes in
 * place of pixels). The phrases are those that it gets right, so without a note removed all are.
 */
final class DeletionCheck {
    /** Shares of a phrase's notes that are removed, rounded up to whole notes. */
    static final List<Double> SHARES = List.of(0.05, 0.1, 0.2, 0.4);

    private DeletionCheck() {}

    /** Which notes go first. */
    enum Order {
        /** Those of the highest saliency. */
        HIGHEST,
        /** Drawn by chance. */
        RANDOM,
        /** Those of the lowest saliency. */
        LOWEST
    }

    /**
     * Takes notes away from a genre's phrases and asks again.
     *
     * @param progress is run after each of the {@code SHARES.size() * Order.values().length} questions
     */
    static List<DeletionResult> run(
            GenreClassifier judge, String genre, List<AttributedPhrase> phrases, long seed, Runnable progress) {
        List<DeletionResult> results = new ArrayList<>();
        for (double share : SHARES) {
            results.add(new DeletionResult(
                    share,
                    left(judge, genre, phrases, share, Order.HIGHEST, seed, progress),
                    left(judge, genre, phrases, share, Order.RANDOM, seed, progress),
                    left(judge, genre, phrases, share, Order.LOWEST, seed, progress)));
        }
        return results;
    }

    private static DeletionResult.Left left(
            GenreClassifier judge,
            String genre,
            List<AttributedPhrase> phrases,
            double share,
            Order order,
            long seed,
            Runnable progress) {
        Random random = new Random(seed);
        List<PianoRoll> left = phrases.stream()
                .map(phrase -> without(phrase, share, order, random))
                .toList();
        double gone = IntStream.range(0, left.size())
                .mapToDouble(i -> 1
                        - (double) left.get(i).cellCount()
                                / phrases.get(i).roll().cellCount())
                .average()
                .orElse(Double.NaN);
        DeletionResult.Left result = new DeletionResult.Left(judge.share(PhraseSet.ofRolls(left), genre), gone);
        progress.run();
        return result;
    }

    static PianoRoll without(AttributedPhrase phrase, double share, Order order, Random random) {
        PhraseNotes notes = phrase.notes();
        List<Integer> indices =
                new ArrayList<>(IntStream.range(0, notes.size()).boxed().toList());
        switch (order) {
            case RANDOM -> Collections.shuffle(indices, random);
            case HIGHEST ->
                indices.sort(Comparator.comparingDouble(i -> -phrase.saliency().of(notes.note(i))));
            case LOWEST ->
                indices.sort(Comparator.comparingDouble(i -> phrase.saliency().of(notes.note(i))));
        }
        long[] gone = new long[PianoRoll.PITCHES];
        for (int i : indices.subList(0, (int) Math.ceil(share * notes.size()))) {
            PhraseNote note = notes.note(i);
            gone[note.pitch() - PianoRoll.LOWEST_PITCH] |= -1L >>> (PianoRoll.STEPS - note.length()) << note.onset();
        }
        return phrase.roll().minus(PianoRoll.ofPitches(gone));
    }
}

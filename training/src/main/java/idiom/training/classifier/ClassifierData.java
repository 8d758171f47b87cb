package idiom.training.classifier;

import idiom.training.data.Dataset;
import idiom.training.data.Holdout;
import idiom.training.data.PhraseSet;
import idiom.training.data.Split;
import java.util.ArrayList;
import java.util.List;

/**
 * What a classifier is made of, genre by genre: the papers' rule takes of each the first phrases, as many as the smallest has.
 *
 * @param genres names, in the order of the outputs
 * @param learning phrases to learn from
 * @param choosing those held out of the train part, by which training chooses when to stop
 * @param test the test part, which has no say
 */
public record ClassifierData(
        List<String> genres, List<PhraseSet> learning, List<PhraseSet> choosing, List<PhraseSet> test) {
    public ClassifierData {
        genres = List.copyOf(genres);
        learning = List.copyOf(learning);
        choosing = List.copyOf(choosing);
        test = List.copyOf(test);
    }

    /** Of these genres of a data set. */
    public static ClassifierData of(Dataset dataset, List<String> genres) {
        List<PhraseSet> train = dataset.equal(genres, Split.TRAIN);
        List<PhraseSet> test = dataset.equal(genres, Split.TEST);
        List<PhraseSet> learning = new ArrayList<>();
        List<PhraseSet> choosing = new ArrayList<>();
        for (int i = 0; i < train.size(); i++) {
            Holdout holdout = Holdout.of(train.get(i), test.get(i));
            learning.add(holdout.train());
            choosing.add(holdout.validation());
        }
        return new ClassifierData(genres, learning, choosing, test);
    }
}

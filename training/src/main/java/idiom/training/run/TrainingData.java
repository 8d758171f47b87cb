package idiom.training.run;

import idiom.training.data.Dataset;
import idiom.training.data.GenrePair;
import idiom.training.data.Holdout;
import idiom.training.data.PhraseSet;
import idiom.training.gan.Recipe;
import java.util.List;

/**
 * A data set as a run takes it: two genres, a tenth of each held out.
 *
 * @param dataset the whole of it
 * @param pair the two genres, cut to one size
 * @param a the first genre's train part, divided
 * @param b the second's
 */
public record TrainingData(Dataset dataset, GenrePair pair, Holdout a, Holdout b) {

    /**
     * Of two genres of a data set.
     *
     * @throws idiom.training.data.DataException in one line if there is too little to hold anything out
     */
    public static TrainingData of(Dataset dataset, String a, String b) {
        GenrePair pair = dataset.pair(a, b);
        return new TrainingData(
                dataset, pair, Holdout.of(pair.trainA(), pair.testA()), Holdout.of(pair.trainB(), pair.testB()));
    }

    /** Names of the genres. */
    List<String> genres() {
        return List.of(pair.a(), pair.b());
    }

    /** Real phrases of the further judges; those held out stay out. */
    PhraseSet mixed(Recipe.Variant variant) {
        return switch (variant) {
            case BASE, PARTIAL -> a.train().concat(b.train());
            case FULL -> dataset.mixed().without(a.validation()).without(b.validation());
        };
    }
}

package idiom.training.project;

import idiom.training.data.PhraseSet;
import idiom.training.data.Split;
import idiom.training.run.TrainingData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What is thin about a data set, and what that means: a line each. */
final class DataWarnings {
    /** The papers' pairs with jazz learnt from 11,216 phrases of each genre; a tenth of that is little. */
    static final int FEW_PHRASES = 1000;
    /** A share of so many is known to some 5 points. */
    static final int FEW_TEST_PHRASES = 100;

    static final double LOPSIDED = 3;
    static final double MANY_SHARED = 0.1;

    private DataWarnings() {}

    static List<String> of(TrainingData data) {
        String a = data.pair().a();
        String b = data.pair().b();
        PhraseSet allA = data.dataset().phrases(a, Split.TRAIN);
        PhraseSet allB = data.dataset().phrases(b, Split.TRAIN);
        List<String> warnings = new ArrayList<>();
        int used = data.pair().trainA().size();
        if (used < FEW_PHRASES) {
            warnings.add(format(
                    "only %d phrases of each genre to learn from, where the papers had 11216: expect little; more songs"
                            + " help most",
                    used));
        }
        int test = data.pair().testA().size();
        if (test < FEW_TEST_PHRASES) {
            warnings.add(format(
                    "only %d phrases of each genre to test with: a share measured on them can be off by %.0f points",
                    test, 100 * 2 * Math.sqrt(0.25 / test)));
        }
        double ratio = Math.max(allA.size(), allB.size()) / (double) used;
        if (ratio >= LOPSIDED) {
            warnings.add(format(
                    "%s has %.0f times as many phrases as %s: both genres are cut to %d, the rest of it is not learnt"
                            + " from; more %s would be used at once",
                    allA.size() > allB.size() ? a : b,
                    ratio,
                    allA.size() > allB.size() ? b : a,
                    used,
                    allA.size() > allB.size() ? b : a));
        }
        double shared = Math.max(shared(allA, b), shared(allB, a));
        if (shared >= MANY_SHARED) {
            warnings.add(format(
                    "%.0f %% of the phrases of a genre are in the other one too: are songs in both folders?",
                    100 * shared));
        }
        return warnings;
    }

    private static double shared(PhraseSet phrases, String other) {
        if (!phrases.hasRows() || phrases.size() == 0) {
            return 0;
        }
        long both = IntStream.range(0, phrases.size())
                .filter(i -> phrases.row(i).flags().alsoInGenre().contains(other))
                .count();
        return (double) both / phrases.size();
    }

    private static String format(String pattern, Object... values) {
        return "note: " + String.format(Locale.ROOT, pattern, values);
    }
}

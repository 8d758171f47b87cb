package idiom.training.evaluate;

import idiom.training.data.GenrePair;
import java.util.List;

/**
 * Phrases to measure on.
 *
 * @param name what they are called in tables
 * @param pair measured on are its test parts
 */
public record TestPhrases(String name, GenrePair pair) {

    /** The whole test parts, and what is left of them without their flagged rows, if that is anything of both genres. */
    public static List<TestPhrases> wholeAndClean(GenrePair pair) {
        TestPhrases whole = new TestPhrases("test", pair);
        GenrePair clean =
                pair.withTest(pair.testA().withoutFlagged(), pair.testB().withoutFlagged());
        return clean.testA().size() > 0 && clean.testB().size() > 0
                ? List.of(whole, new TestPhrases("clean", clean))
                : List.of(whole);
    }
}

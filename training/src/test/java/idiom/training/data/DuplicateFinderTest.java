package idiom.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DuplicateFinderTest {
    private static final SplitName JAZZ = new SplitName("jazz", Split.TRAIN);
    private static final SplitName JAZZ_TEST = new SplitName("jazz", Split.TEST);
    private static final SplitName POP = new SplitName("pop", Split.TRAIN);
    private static final SplitName POP_TEST = new SplitName("pop", Split.TEST);

    @Test
    void shouldFindRepeatsLeaksAndSharedPhrases() {
        Map<SplitName, PhraseSet> sets = new LinkedHashMap<>();
        sets.put(JAZZ, Phrases.set(1, 2, 1, 3, 1));
        sets.put(JAZZ_TEST, Phrases.set(3, 4));
        sets.put(POP, Phrases.set(4, 2, 9));
        sets.put(POP_TEST, Phrases.set(2));
        Map<SplitName, List<RowFlags>> flags = DuplicateFinder.find(sets);
        assertThat(flags.get(JAZZ))
                .containsExactly(
                        RowFlags.CLEAN,
                        new RowFlags(RowFlags.NONE, false, "pop/train,pop/test"),
                        new RowFlags(0, false, ""),
                        new RowFlags(RowFlags.NONE, true, ""),
                        new RowFlags(0, false, ""));
        assertThat(flags.get(JAZZ_TEST))
                .containsExactly(
                        new RowFlags(RowFlags.NONE, true, ""), new RowFlags(RowFlags.NONE, false, "pop/train"));
        assertThat(flags.get(POP))
                .containsExactly(
                        new RowFlags(RowFlags.NONE, false, "jazz/test"),
                        new RowFlags(RowFlags.NONE, true, "jazz/train"),
                        RowFlags.CLEAN);
    }

    /** The published tables, found anew. */
    @Test
    void shouldAgreeWithThePublishedTables() {
        Dataset dataset = Dataset.open(SharedData.folder("brunner2018"));
        Map<SplitName, PhraseSet> sets = new LinkedHashMap<>();
        for (String genre : dataset.genres()) {
            for (Split split : Split.values()) {
                sets.put(new SplitName(genre, split), dataset.phrases(genre, split));
            }
        }
        PhraseTables.complete(sets)
                .forEach((name, set) -> assertThat(
                                DatasetImport.differences(sets.get(name).rows(), set.rows()))
                        .as(name.toString())
                        .isEmpty());
    }
}

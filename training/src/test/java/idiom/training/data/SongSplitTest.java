package idiom.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SongSplitTest {
    @Test
    void shouldDivideByWholeSongs() {
        List<SongOutcome.Rendered> songs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            songs.add(song("s" + i, Phrases.range(100 + 10 * i, 110 + 10 * i)));
        }
        SongSplit split = SongSplit.of(songs, 0.25, 3, true);
        assertThat(split.test()).hasSize(5);
        assertThat(split.train()).hasSize(15).doesNotContainAnyElementsOf(split.test());
        assertThat(SongSplit.of(songs, 0.25, 3, true).test()).isEqualTo(split.test());
        assertThat(SongSplit.of(songs, 0.25, 4, true).test()).isNotEqualTo(split.test());
    }

    @Test
    void shouldKeepSongsWithACommonPhraseTogether() {
        // a and c share phrase 3, c and d phrase 5: one group of three; the silent phrase 0 joins nothing.
        List<SongOutcome.Rendered> songs = List.of(
                song("a", Phrases.set(1, 2, 3)),
                song("b", Phrases.set(0, 8, 9)),
                song("c", Phrases.set(3, 4, 5)),
                song("d", Phrases.set(0, 5, 6)));
        SongSplit split = SongSplit.of(songs, 0.4, 1, true);
        assertThat(split.groups().get("a"))
                .isEqualTo(split.groups().get("c"))
                .isEqualTo(split.groups().get("d"))
                .isNotEqualTo(split.groups().get("b"));
        assertThat(split.test()).extracting(SongOutcome.Rendered::name).containsExactly("b");
        assertThat(SongSplit.of(songs, 0.4, 1, false).groups().values()).doesNotHaveDuplicates();
    }

    @Test
    void shouldTestSomethingEvenIfNoSongFits() {
        List<SongOutcome.Rendered> songs = List.of(song("a", Phrases.range(1, 20)), song("b", Phrases.range(30, 40)));
        assertThat(SongSplit.of(songs, 0.01, 1, true).test())
                .extracting(SongOutcome.Rendered::name)
                .containsExactly("b");
        assertThatThrownBy(() -> SongSplit.of(songs.subList(0, 1), 0.1, 1, true))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("at least two songs");
    }

    private static SongOutcome.Rendered song(String name, PhraseSet phrases) {
        return new SongOutcome.Rendered(name, name, phrases);
    }
}

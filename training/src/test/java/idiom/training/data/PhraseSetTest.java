package idiom.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.engine.pianoroll.PianoRoll;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PhraseSetTest {
    @Test
    void shouldAgreeWithThePianoRollOnCells() {
        byte[] packed = new byte[5 * 672];
        new Random(3).nextBytes(packed);
        PhraseSet set = PhraseSet.ofPacked(packed);
        for (int i = 0; i < 5; i++) {
            float[] expected = new float[PianoRoll.CELLS];
            set.roll(i).toCells(expected, 0);
            float[] actual = new float[PianoRoll.CELLS + 2];
            set.toCells(i, actual, 1);
            assertThat(java.util.Arrays.copyOfRange(actual, 1, PianoRoll.CELLS + 1))
                    .isEqualTo(expected);
            assertThat(actual[0]).isZero();
            assertThat(actual[PianoRoll.CELLS + 1]).isZero();
        }
    }

    @Test
    void shouldPutBitZeroAtStepZeroPitch24() {
        byte[] packed = new byte[672];
        packed[0] = (byte) 0x80; // step 0, pitch 24
        packed[10] = 0x08; // bit 84: step 1, pitch 24
        float[] cells = new float[PianoRoll.CELLS];
        PhraseSet.ofPacked(packed).toCells(0, cells, 0);
        assertThat(cells[0]).isEqualTo(1);
        assertThat(cells[84]).isEqualTo(1);
        assertThat(PhraseSet.ofPacked(packed).roll(0).cellCount()).isEqualTo(2);
    }

    @Test
    void shouldCutJoinAndSelect() {
        PhraseSet set = Phrases.set(5, 6, 7);
        assertThat(set.first(2)).isEqualTo(Phrases.set(5, 6));
        assertThat(set.first(9)).isSameAs(set);
        assertThat(set.first(0).size()).isZero();
        assertThat(set.concat(Phrases.set(9))).isEqualTo(Phrases.set(5, 6, 7, 9));
        assertThat(set.select(new int[] {2, 0, 2})).isEqualTo(Phrases.set(7, 5, 7));
        assertThat(set.without(Phrases.set(6, 8))).isEqualTo(Phrases.set(5, 7));
        assertThatThrownBy(() -> set.select(new int[] {3})).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> set.roll(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldNotChangeWhenItsSourceDoes() {
        byte[] packed = new byte[672];
        PhraseSet set = PhraseSet.ofPacked(packed);
        packed[0] = 1;
        set.packed()[1] = 1;
        set.packed(0)[2] = 1;
        assertThat(set.roll(0).isEmpty()).isTrue();
    }

    @Test
    void shouldHashItsBytes() {
        // printf '' | sha256sum; head -c 672 /dev/zero | sha256sum
        assertThat(PhraseSet.ofPacked(new byte[0]).sha256())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Phrases.set(0).sha256())
                .isEqualTo("f792b7f860bb94e55760c0daa727d58d13ba96276a2b52f29a645c8e08e73ec1");
    }

    @Test
    void shouldKeepTheTableThroughSelections() {
        PhraseSet set = PhraseSet.ofPacked(
                Phrases.set(5, 6, 5).packed(),
                List.of(
                        new PhraseRow(0, 10, "", true, RowFlags.CLEAN, "a.mid"),
                        new PhraseRow(1, 11, "", true, new RowFlags(RowFlags.NONE, true, ""), "a.mid"),
                        new PhraseRow(2, 12, "", true, new RowFlags(0, false, ""), "b.mid")));
        assertThat(set.withoutFlagged().size()).isEqualTo(1);
        assertThat(set.select(new int[] {2}).flags(0).duplicateOf()).isZero();
        assertThat(set.first(2).row(1).originalIndex()).isEqualTo(11);
        assertThat(set.concat(set).row(5).song()).isEqualTo("b.mid");
        assertThat(set.concat(Phrases.set(1)).hasRows()).isFalse();
        assertThatThrownBy(() -> Phrases.set(1).row(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> PhraseSet.ofPacked(new byte[672], List.of()))
                .hasMessage("one table row per phrase: rows=0 phrases=1");
    }
}

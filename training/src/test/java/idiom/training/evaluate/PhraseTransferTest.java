package idiom.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.Synthetic;
import idiom.training.data.PhraseSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhraseTransferTest {

    @Test
    void shouldSendEachPhraseThroughInItsPlace() {
        // Five phrases through a generator that takes two at a time: the last batch is short.
        PhraseSet phrases = Synthetic.phrases(5, 60, 72, 1);
        PhraseSet results = PhraseTransfer.through(Generators.swapOctaves(), phrases);

        assertThat(results.size()).isEqualTo(5);
        for (int i = 0; i < 5; i++) {
            assertThat(results.roll(i).steps(15)).isEqualTo(phrases.roll(i).steps(63));
            assertThat(results.roll(i).steps(63)).isZero();
        }
        assertThat(PhraseTransfer.through(Generators.identity(), phrases)).isEqualTo(phrases);
    }

    @Test
    void shouldAddAndRemoveAtRandomExactlyAsMuch() {
        PhraseSet originals = Synthetic.phrases(20, 0, 84, 1);
        PhraseSet transferred = Synthetic.phrases(20, 30, 60, 2);
        PhraseSet control = PhraseTransfer.atRandom(originals, transferred, 3);
        for (int i = 0; i < 20; i++) {
            PianoRoll original = originals.roll(i);
            PianoRoll result = control.roll(i);
            assertThat(result.minus(original).cellCount())
                    .isEqualTo(transferred.roll(i).minus(original).cellCount());
            assertThat(original.minus(result).cellCount())
                    .isEqualTo(original.minus(transferred.roll(i)).cellCount());
        }
        assertThat(control).isNotEqualTo(transferred);
    }

    @Test
    void shouldSpreadWhatItAddsOverTheRoll() {
        // One cell added to silence, 200 times: each octave gets its share, and no cell gets many.
        PhraseSet silence = PhraseSet.ofRolls(java.util.Collections.nCopies(200, PianoRoll.empty()));
        PhraseSet one = PhraseSet.ofRolls(java.util.Collections.nCopies(200, Synthetic.line(0, 1)));
        PhraseSet control = PhraseTransfer.atRandom(silence, one, 9);
        int[] octaves = new int[7];
        for (int i = 0; i < 200; i++) {
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                octaves[pitch / 12] += Long.bitCount(control.roll(i).steps(pitch));
            }
        }
        assertThat(octaves).hasSize(7);
        for (int count : octaves) {
            assertThat(count).isBetween(10, 50);
        }
    }

    @Test
    void shouldCopeWithFullAndEmptyRolls() {
        long[] all = new long[PianoRoll.PITCHES];
        java.util.Arrays.fill(all, -1L);
        PianoRoll full = PianoRoll.ofPitches(all);
        PhraseSet originals = PhraseSet.ofRolls(List.of(full, PianoRoll.empty()));
        PhraseSet transferred = PhraseSet.ofRolls(List.of(PianoRoll.empty(), full));

        assertThat(PhraseTransfer.atRandom(originals, transferred, 1)).isEqualTo(transferred);
    }

    @Test
    void shouldGiveTheSameForTheSameSeed() {
        PhraseSet originals = Synthetic.phrases(3, 0, 84, 1);
        PhraseSet transferred = Synthetic.phrases(3, 0, 84, 2);
        PhraseSet control = PhraseTransfer.atRandom(originals, transferred, 3);

        assertThat(PhraseTransfer.atRandom(originals, transferred, 3)).isEqualTo(control);
        assertThat(PhraseTransfer.atRandom(originals, transferred, 4)).isNotEqualTo(control);
    }
}

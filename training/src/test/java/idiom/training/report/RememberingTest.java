package idiom.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.Synthetic;
import idiom.training.data.PhraseSet;
import idiom.training.evaluate.PhraseTransfer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberingTest {
    /** Moves everything a semitone up, and notes down what it was asked. */
    private static final class Upward implements Generator {
        final List<Integer> asked = new ArrayList<>();
        boolean isClosed;

        @Override
        public int maxBatch() {
            return 4;
        }

        @Override
        public void generate(float[] windows, float[] probabilities, int count) {
            asked.add(count);
            for (int i = 0; i < count * PianoRoll.CELLS; i++) {
                probabilities[i] = i % PianoRoll.PITCHES == 0 ? 0 : windows[i - 1];
            }
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    @Test
    void shouldAskForEachPhraseOnce() {
        PhraseSet phrases = Synthetic.phrases(6, 10, 60, 1);
        PhraseSet twice = phrases.concat(phrases);
        Upward plain = new Upward();
        Upward remembered = new Upward();
        try (Generator remembering = new Remembering(remembered)) {
            assertThat(remembering.maxBatch()).isEqualTo(4);
            assertThat(PhraseTransfer.through(remembering, twice)).isEqualTo(PhraseTransfer.through(plain, twice));
            assertThat(PhraseTransfer.through(remembering, phrases)).isEqualTo(PhraseTransfer.through(plain, phrases));
        }
        assertThat(remembered.asked.stream().mapToInt(count -> count).sum()).isEqualTo(6);
        assertThat(remembered.isClosed).isTrue();
    }
}

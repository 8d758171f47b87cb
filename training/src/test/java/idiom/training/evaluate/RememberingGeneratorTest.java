package idiom.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.Synthetic;
import idiom.training.data.PhraseSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberingGeneratorTest {
    private static final PianoRoll A = Synthetic.line(12, 2);
    private static final PianoRoll B = Synthetic.line(13, 4);
    private static final PianoRoll C = Synthetic.line(60, 6);
    private static final PianoRoll D = Synthetic.line(61, 8);

    private final List<PianoRoll> asked = new ArrayList<>();
    private boolean isClosed;

    /** Octaves 1 and 5 change places. */
    private Generator generator() {
        Generator swap = Generators.swapOctaves();
        return new Generator() {
            @Override
            public int maxBatch() {
                return swap.maxBatch();
            }

            @Override
            public void generate(float[] windows, float[] probabilities, int count) {
                for (int i = 0; i < count; i++) {
                    asked.add(PianoRoll.ofCells(windows, i * PianoRoll.CELLS, 0.5f));
                }
                swap.generate(windows, probabilities, count);
            }

            @Override
            public void close() {
                isClosed = true;
            }
        };
    }

    private static void assertSwapped(Generator generator, PianoRoll... rolls) {
        PhraseSet phrases = PhraseSet.ofRolls(List.of(rolls));
        assertThat(PhraseTransfer.through(generator, phrases).rolls())
                .containsExactlyElementsOf(PhraseTransfer.through(Generators.swapOctaves(), phrases)
                        .rolls());
    }

    @Test
    void shouldAskForEachPhraseOnce() {
        try (Generator remembering = new RememberingGenerator(generator(), 3)) {
            for (int round = 0; round < 3; round++) {
                assertSwapped(remembering, A, B, C);
            }
            assertThat(asked).containsExactly(A, B, C);
        }
        assertThat(isClosed).isTrue();
    }

    /** In one batch with others, before and behind them. */
    @Test
    void shouldAskForThoseItDoesNotKnow() {
        try (Generator remembering = new RememberingGenerator(generator(), 4)) {
            assertSwapped(remembering, A, B);
            assertSwapped(remembering, D, A, B, C, D);
            assertThat(asked).containsExactly(A, B, D, C);
        }
    }

    @Test
    void shouldForgetWhatWasAskedLongestAgo() {
        try (Generator remembering = new RememberingGenerator(generator(), 2)) {
            assertSwapped(remembering, A, B, A, C, A, B);
            assertThat(asked).containsExactly(A, B, C, B);
        }
    }
}

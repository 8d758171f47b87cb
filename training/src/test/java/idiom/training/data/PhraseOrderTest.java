package idiom.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhraseOrderTest {

    @Test
    void shouldDrawEachPhraseOnceAnEpoch() {
        PhraseOrder order = new PhraseOrder(50, 3);
        for (int epoch = 0; epoch < 5; epoch++) {
            assertThat(epoch(order, epoch))
                    .containsExactlyInAnyOrder(IntStream.range(0, 50).toArray());
        }
    }

    @Test
    void shouldDifferByEpochAndBySeed() {
        PhraseOrder order = new PhraseOrder(50, 3);
        assertThat(epoch(order, 1)).isNotEqualTo(epoch(order, 0));
        assertThat(epoch(new PhraseOrder(50, 4), 0)).isNotEqualTo(epoch(order, 0));
        // Neighbouring seeds must not share epochs, shifted.
        assertThat(epoch(new PhraseOrder(50, 4), 0)).isNotEqualTo(epoch(order, 1));
    }

    @Test
    void shouldNotDependOnWhatWasDrawnBefore() {
        PhraseOrder order = new PhraseOrder(7, 3);
        int[] drawn = IntStream.range(0, 30).map(order::row).toArray();
        PhraseOrder jumping = new PhraseOrder(7, 3);
        for (int position = 29; position >= 0; position -= 3) {
            assertThat(jumping.row(position)).isEqualTo(drawn[position]);
        }
    }

    @Test
    void shouldReachFar() {
        assertThat(new PhraseOrder(3, 1).row(16L * 10_000_000 * 1024)).isBetween(0, 2);
        assertThat(new PhraseOrder(1, 1).row(5)).isZero();
    }

    @Test
    void shouldRefuseNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PhraseOrder(0, 1))
                .withMessage("a set of phrases must not be empty: size=0");
    }

    private static int[] epoch(PhraseOrder order, int epoch) {
        return IntStream.range(0, 50).map(i -> order.row(50L * epoch + i)).toArray();
    }
}

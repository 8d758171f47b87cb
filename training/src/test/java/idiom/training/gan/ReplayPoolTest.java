package idiom.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ReplayPoolTest {

    /** Answers from a script; asked for more, or for another kind, it throws. */
    private static final class Script implements RandomGenerator {
        private final Queue<Object> answers;

        Script(Object... answers) {
            this.answers = new ArrayDeque<>(List.of(answers));
        }

        @Override
        public boolean nextBoolean() {
            return (Boolean) answers.remove();
        }

        @Override
        public int nextInt(int bound) {
            assertThat(bound).isEqualTo(2);
            return (Integer) answers.remove();
        }

        @Override
        public long nextLong() {
            throw new AssertionError("nobody asked for a long");
        }
    }

    @Test
    void shouldExchangeHalfOfTheFakesOnceItIsFull() {
        ReplayPool pool = new ReplayPool(2, 2);
        float[] first = {1, 1, 2, 2};
        pool.exchange(first, new Script());
        assertThat(first).containsExactly(1, 1, 2, 2);
        assertThat(pool.contents()).containsExactly(1, 1, 2, 2);

        // 3 takes the place of 2, which is shown; 4 is shown itself and not stored.
        float[] second = {3, 3, 4, 4};
        pool.exchange(second, new Script(true, 1, false));
        assertThat(second).containsExactly(2, 2, 4, 4);
        assertThat(pool.contents()).containsExactly(1, 1, 3, 3);

        // 5 takes the place of 1, and 6 at once that of 5.
        float[] third = {5, 5, 6, 6};
        pool.exchange(third, new Script(true, 0, true, 0));
        assertThat(third).containsExactly(1, 1, 5, 5);
        assertThat(pool.contents()).containsExactly(6, 6, 3, 3);
    }

    @Test
    void shouldFillUpInTheMiddleOfABatch() {
        ReplayPool pool = new ReplayPool(2, 1);
        float[] batch = {1, 2, 3};
        pool.exchange(batch, new Script(true, 0));

        assertThat(batch).containsExactly(1, 2, 1);
        assertThat(pool.contents()).containsExactly(3, 2);
    }

    @Test
    void shouldShowFakesAsTheyAreWithoutCapacity() {
        ReplayPool pool = new ReplayPool(0, 2);
        float[] batch = {1, 2, 3, 4};
        pool.exchange(batch, new Script());

        assertThat(batch).containsExactly(1, 2, 3, 4);
        assertThat(pool.contents()).isEmpty();
    }

    @Test
    void shouldRestoreHalfFilled() {
        ReplayPool pool = new ReplayPool(2, 2);
        pool.restore(new float[] {7, 8});
        float[] batch = {1, 2};
        pool.exchange(batch, new Script());

        assertThat(pool.contents()).containsExactly(7, 8, 1, 2);
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        ReplayPool pool = new ReplayPool(2, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.restore(new float[6]))
                .withMessage("pool does not fit the recipe: values=6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.restore(new float[3]))
                .withMessage("pool does not fit the recipe: values=3");
    }
}

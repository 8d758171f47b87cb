package idiom.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreTest {
    private static int key(int message) {
        return (message & 0x0F) << 7 | message >> 8 & 0x7F;
    }

    @Test
    void shouldPlayMessagesThatDifferAndEndEveryNote() {
        Score score = Score.of(5000, 50, 7);

        assertThat(score.size()).isBetween(5000, 5010);
        Set<Integer> messages = new HashSet<>();
        Set<Integer> down = new HashSet<>();
        long last = 0;
        for (int i = 0; i < score.size(); i++) {
            int message = score.message(i);
            assertThat(messages.add(message)).isTrue();
            assertThat(score.timeNs(i)).isGreaterThanOrEqualTo(last);
            last = score.timeNs(i);
            if (Score.isNoteOn(message)) {
                assertThat(message >> 16).isBetween(1, 127);
                assertThat(down.add(key(message))).as("struck while it is up").isTrue();
            } else if (!Score.isControl(message)) {
                assertThat(down.remove(key(message)))
                        .as("let go while it is down")
                        .isTrue();
            }
            assertThat(message & 0x0F).as("no drums").isNotEqualTo(9);
        }
        assertThat(down).isEmpty();
        // Eight messages a chord, a chord every 50 ms.
        assertThat(last / 1e9).isBetween(25.0, 40.0);
    }

    @Test
    void shouldPlayTheSameForTheSameSeed() {
        Score one = Score.of(200, 20, 1);
        Score same = Score.of(200, 20, 1);
        Score other = Score.of(200, 20, 2);

        assertThat(IntStream.range(0, one.size()).map(one::message))
                .containsExactlyElementsOf(IntStream.range(0, same.size())
                        .map(same::message)
                        .boxed()
                        .toList());
        assertThat(other.message(0)).isNotEqualTo(one.message(0));
    }

    @Test
    void shouldHaveMessagesForTheLongestRun() {
        assertThat(Score.of(Score.MOST + LiveBenchmark.WARM_UP, 50, 3).size()).isGreaterThan(Score.MOST);
    }
}

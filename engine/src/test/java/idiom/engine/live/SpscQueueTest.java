package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SpscQueueTest {

    @Test
    void shouldGiveBackInOrderAndRefuseWhenFull() {
        SpscQueue<String> queue = new SpscQueue<>(2);
        assertThat(queue.poll()).isNull();
        assertThat(queue.offer("a")).isTrue();
        assertThat(queue.offer("b")).isTrue();
        assertThat(queue.offer("c")).isFalse();
        assertThat(queue.poll()).isEqualTo("a");
        assertThat(queue.offer("c")).isTrue();
        assertThat(queue.poll()).isEqualTo("b");
        assertThat(queue.poll()).isEqualTo("c");
        assertThat(queue.poll()).isNull();
    }

    @Test
    @Timeout(60)
    void shouldKeepTheOrderBetweenTwoThreads() throws InterruptedException {
        SpscQueue<Integer> queue = new SpscQueue<>(8);
        int count = 20_000;
        AtomicReference<String> wrong = new AtomicReference<>("");
        Thread consumer = new Thread(() -> {
            for (int expected = 0; expected < count; ) {
                Integer next = queue.poll();
                if (next == null) {
                    Thread.yield();
                } else if (next != expected++) {
                    wrong.set("got " + next);
                }
            }
        });
        consumer.start();
        for (int i = 0; i < count; i++) {
            while (!queue.offer(i)) {
                Thread.yield();
            }
        }
        consumer.join();
        assertThat(wrong.get()).isEmpty();
    }
}

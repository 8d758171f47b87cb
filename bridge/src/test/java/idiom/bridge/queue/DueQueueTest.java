package idiom.bridge.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DueQueueTest {
    private final DueQueue queue = new DueQueue(256);

    private void offer(long due, int data) {
        assertThat(queue.offer(due, new byte[] {(byte) 0xC0, (byte) data}, 0, 2))
                .isTrue();
    }

    private String take() {
        String message = queue.due() + ":" + queue.array()[queue.offset() + 1] + "/" + queue.length();
        queue.remove();
        return message;
    }

    @Test
    void shouldSortByDueTimeAndKeepTheOrderOfOneTime() {
        offer(20, 1);
        offer(10, 2);
        offer(20, 3);
        offer(-5, 4);
        offer(10, 5);
        assertThat(queue.size()).isZero();
        queue.admit();
        assertThat(queue.size()).isEqualTo(5);
        assertThat(List.of(take(), take(), take(), take(), take()))
                .containsExactly("-5:4/2", "10:2/2", "10:5/2", "20:1/2", "20:3/2");
    }

    @Test
    void shouldGiveRoomBackOnlyWhenTheOldestHasLeft() {
        offer(1000, 0);
        for (int i = 1; i < 16; i++) {
            offer(i, i);
        }
        assertThat(queue.offer(0, new byte[] {1}, 0, 1)).isFalse();
        queue.admit();
        take();
        assertThat(queue.offer(0, new byte[] {1}, 0, 1)).as("the oldest waits").isFalse();
        assertThat(queue.clear()).isEqualTo(15);
        for (int i = 0; i < 16; i++) {
            offer(i, i);
        }
    }

    @Test
    void shouldAgreeWithASort() {
        DueQueue large = new DueQueue(1 << 12);
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 300; round++) {
            record Entry(long due, int length, int order) {}
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < random.nextInt(30); i++) {
                Entry entry = new Entry(random.nextInt(20), 1 + random.nextInt(60), i);
                byte[] bytes = new byte[entry.length];
                bytes[0] = (byte) i;
                assertThat(large.offer(entry.due, bytes, 0, entry.length)).isTrue();
                entries.add(entry);
                if (random.nextInt(3) == 0) {
                    large.admit();
                }
            }
            large.admit();
            entries.sort(Comparator.comparingLong(Entry::due));
            for (Entry entry : entries) {
                assertThat(new Entry(large.due(), large.length(), large.array()[large.offset()]))
                        .isEqualTo(entry);
                large.remove();
            }
            assertThat(large.size()).isZero();
        }
    }

    @Test
    @Timeout(60)
    void shouldLoseNothingBetweenTwoThreads() throws InterruptedException {
        DueQueue queue = new DueQueue(1 << 14);
        int total = 20_000;
        Thread producer = new Thread(() -> {
            byte[] bytes = new byte[40];
            for (int i = 0; i < total; i++) {
                // Pairs come in the wrong order.
                while (!queue.offer(i ^ 1, bytes, 0, 1 + i % 40)) {
                    Thread.yield();
                }
            }
        });
        producer.start();
        long sum = 0;
        int count = 0;
        while (count < total) {
            queue.admit();
            while (queue.size() > 0) {
                sum += queue.due();
                assertThat(queue.length()).isEqualTo(1 + (int) (queue.due() ^ 1) % 40);
                queue.remove();
                count++;
            }
            Thread.yield();
        }
        producer.join();
        assertThat(sum).isEqualTo((long) total * (total - 1) / 2);
    }
}

package idiom.bridge.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MidiRingTest {
    private final List<String> received = new ArrayList<>();

    private int drain(MidiRing ring) {
        return ring.drain((time, bytes, offset, length) ->
                received.add(time + Arrays.toString(Arrays.copyOfRange(bytes, offset, offset + length))));
    }

    @Test
    void shouldHandOverMessagesInOrder() {
        MidiRing ring = new MidiRing(64);
        assertThat(ring.offer(-1, new byte[] {9, (byte) 0x90, 60, 64, 9}, 1, 3)).isTrue();
        assertThat(ring.offer(Long.MAX_VALUE, new byte[] {(byte) 0xF8}, 0, 1)).isTrue();
        assertThat(drain(ring)).isEqualTo(2);
        assertThat(received).containsExactly("-1[-112, 60, 64]", Long.MAX_VALUE + "[-8]");
        assertThat(drain(ring)).isZero();
    }

    @Test
    void shouldRefuseWhatItHasNoRoomFor() {
        MidiRing ring = new MidiRing(64);
        byte[] note = {(byte) 0x90, 60, 64};
        for (int i = 0; i < 4; i++) {
            assertThat(ring.offer(i, note, 0, 3)).isTrue();
        }
        assertThat(ring.offer(4, note, 0, 3)).isFalse();
        assertThat(drain(ring)).isEqualTo(4);
        assertThat(ring.offer(5, note, 0, 3)).isTrue();
    }

    @Test
    void shouldFitTheLongestMessageWhereverItHasToBegin() {
        MidiRing ring = new MidiRing(256);
        byte[] longest = new byte[ring.longestMessage()];
        Arrays.fill(longest, (byte) 5);
        for (int i = 0; i < 40; i++) {
            assertThat(ring.offer(i, new byte[] {1}, 0, 1)).isTrue();
            drain(ring);
            assertThat(ring.offer(i, longest, 0, longest.length)).isTrue();
            assertThat(drain(ring)).isEqualTo(1);
            assertThat(received.get(received.size() - 1)).isEqualTo(i + Arrays.toString(longest));
        }
    }

    @Test
    void shouldNameALengthThatCannotBe() {
        assertThatThrownBy(() -> new MidiRing(256).offer(0, new byte[200], 0, 200))
                .hasMessage("length must be in 1..116: length=200");
        assertThatThrownBy(() -> new MidiRing(100))
                .hasMessage("capacity must be a power of two, at least 64: capacity=100");
    }

    @Test
    @Timeout(60)
    void shouldKeepTheOrderBetweenTwoThreads() throws InterruptedException {
        MidiRing ring = new MidiRing(1 << 14);
        int total = 20_000;
        AtomicReference<String> wrong = new AtomicReference<>();
        Thread producer = new Thread(() -> {
            SplittableRandom random = new SplittableRandom(3);
            byte[] bytes = new byte[100];
            for (int i = 0; i < total; i++) {
                int length = 1 + random.nextInt(100);
                Arrays.fill(bytes, 0, length, (byte) i);
                while (!ring.offer(i, bytes, 0, length)) {
                    Thread.yield();
                }
            }
        });
        producer.start();
        SplittableRandom random = new SplittableRandom(3);
        int[] next = {0};
        while (next[0] < total && wrong.get() == null) {
            int drained = ring.drain((time, bytes, offset, length) -> {
                int i = next[0]++;
                int expected = 1 + random.nextInt(100);
                if (time != i
                        || length != expected
                        || bytes[offset] != (byte) i
                        || bytes[offset + length - 1] != (byte) i) {
                    wrong.compareAndSet(null, "message " + i + ": time=" + time + ", length=" + length);
                }
            });
            if (drained == 0) {
                Thread.yield();
            }
        }
        assertThat(wrong.get()).isNull();
        producer.join();
    }
}

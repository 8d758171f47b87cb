package idiom.bridge.javasound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OutThreadTest {
    private record Sent(int number, long ns) {}

    private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());

    private OutThread start(boolean isWindows) {
        OutThread thread = new OutThread(
                (bytes, offset, length) ->
                        sent.add(new Sent(bytes[offset + 1] << 7 | bytes[offset + 2], System.nanoTime())),
                isWindows);
        thread.start();
        return thread;
    }

    private static byte[] message(int number) {
        return new byte[] {(byte) 0x90, (byte) (number >> 7), (byte) (number & 0x7F)};
    }

    private void await(int count) {
        while (sent.size() < count) {
            LockSupport.parkNanos(100_000);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSendInTheOrderOfDueTimesAndNeverEarly(boolean isWindows) {
        OutThread thread = start(isWindows);
        SplittableRandom random = new SplittableRandom(2);
        int total = 1000;
        List<Long> dues = new ArrayList<>();
        for (int i = 0; i < total; i++) {
            // Ahead by 20 to 30 ms, so that later ones overtake; now and then a pause in which the thread goes to
            // sleep.
            long due = System.nanoTime() + 20_000_000 + random.nextInt(10_000_000);
            dues.add(due);
            while (!thread.offer(due, message(i), 0, 3)) {
                Thread.onSpinWait();
            }
            LockSupport.parkNanos(i % 100 == 99 ? 40_000_000 : 50_000);
        }
        await(total);
        thread.close();
        List<Sent> all = List.copyOf(sent);
        assertThat(all.stream().map(Sent::number).distinct()).hasSize(total);
        assertThat(all).allSatisfy(one -> assertThat(one.ns()).isGreaterThanOrEqualTo(dues.get(one.number())));
        long late = all.stream()
                .filter(one -> one.ns() - dues.get(one.number()) > OutThread.TOLERATED_NS)
                .count();
        assertThat(thread.late()).as("counted before they are sent").isLessThanOrEqualTo(late);
        if (late == 0) {
            assertThat(all.stream().map(one -> dues.get(one.number()))).isSorted();
        }
    }

    /** Two threads: what is due at once leaves in the order it was put in, also when the thread just falls asleep. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepTheOrderOfWhatIsDueAtOnce(boolean isWindows) {
        OutThread thread = start(isWindows);
        int total = 16_000;
        SplittableRandom random = new SplittableRandom(3);
        long due = System.nanoTime();
        for (int i = 0; i < total; i++) {
            while (!thread.offer(due, message(i), 0, 3)) {
                Thread.onSpinWait();
            }
            if (random.nextInt(40) == 0) {
                LockSupport.parkNanos(random.nextInt(200_000));
            }
        }
        thread.close();
        assertThat(sent).extracting(Sent::number).hasSize(total).isSorted();
        assertThat(thread.late()).as("all but the first few were late").isGreaterThan(total / 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldWakeForWhatIsDueBeforeTheNext(boolean isWindows) {
        OutThread thread = start(isWindows);
        LockSupport.parkNanos(5_000_000);
        thread.offer(System.nanoTime() + 3_600_000_000_000L, message(1), 0, 3);
        LockSupport.parkNanos(5_000_000);
        thread.offer(System.nanoTime(), message(2), 0, 3);
        await(1);
        assertThat(sent.get(0).number()).isEqualTo(2);
        thread.close();
        assertThat(sent).as("what is not due is lost").hasSize(1);
    }
}

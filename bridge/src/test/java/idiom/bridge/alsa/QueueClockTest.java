package idiom.bridge.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueueClockTest {
    private long nanoTime = 1_000_000_000;
    private long queueAhead = -999_000_000;
    /** How long asking takes, from call to call. */
    private final long[] delays = {900_000, 40_000, 2_000, 700_000};

    private int asked;

    @Test
    void shouldTellTheQueuesTimeByTheQuickestAnswer() {
        QueueClock clock = new QueueClock(() -> nanoTime, this::askQueue);
        assertThat(clock.now()).isEqualTo(nanoTime + queueAhead);
        nanoTime += 5_000;
        assertThat(clock.now()).isEqualTo(nanoTime + queueAhead);
    }

    @Test
    void shouldFollowOnlyWhatIsCertain() {
        QueueClock clock = new QueueClock(() -> nanoTime, this::askQueue);
        queueAhead += 40_000;
        clock.compare();
        assertThat(clock.now()).isEqualTo(nanoTime + queueAhead - 40_000);
        queueAhead += 40_000;
        clock.compare();
        assertThat(clock.now()).isEqualTo(nanoTime + queueAhead);
    }

    /** The queue is read in the middle of the time that asking takes. */
    private long askQueue() {
        long half = delays[asked++ % delays.length] / 2;
        nanoTime += half;
        long result = nanoTime + queueAhead;
        nanoTime += half;
        return result;
    }
}

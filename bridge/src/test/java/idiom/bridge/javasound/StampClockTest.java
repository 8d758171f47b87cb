package idiom.bridge.javasound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StampClockTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long EPOCH = -77 * SECOND;

    private final StampClock clock = new StampClock();

    @Test
    void shouldTakeTheTimeOfArrivalWhereThereIsNoStamp() {
        assertThat(clock.time(-1, 5)).isEqualTo(5);
        assertThat(clock.time(0, 7)).isEqualTo(7);
        assertThat(clock.time(-1, 6)).as("never back").isEqualTo(7);
    }

    @Test
    void shouldDateBackWhatTookLonger() {
        long first = clock.time(1_000, EPOCH + MS);
        long late = clock.time(2_000, EPOCH + 9 * MS);
        assertThat(first).isEqualTo(EPOCH + MS);
        // 8 ms between both arrivals let the origin creep by 2 us.
        assertThat(late).isEqualTo(EPOCH + 2 * MS + (8 * MS >> 12));
    }

    @Test
    void shouldLearnTheShortestWay() {
        assertThat(clock.time(1_000, EPOCH + 5 * MS)).isEqualTo(EPOCH + 5 * MS);
        assertThat(clock.time(10_000, EPOCH + 10 * MS)).isEqualTo(EPOCH + 10 * MS);
        assertThat(clock.time(20_000, EPOCH + 24 * MS)).isEqualTo(EPOCH + 20 * MS + (14 * MS >> 12));
    }

    @Test
    void shouldNotBelieveStampsThatMakeNoSense() {
        clock.time(1_000_000, EPOCH);
        assertThat(clock.time(90_000_000, EPOCH + MS)).as("from the future").isEqualTo(EPOCH + MS);
        assertThat(clock.time(1_000_000, EPOCH + 2 * MS))
                .as("counted from the beginning again")
                .isEqualTo(EPOCH + 2 * MS);
        assertThat(clock.time(1_001_000, EPOCH + 3 * MS)).isEqualTo(EPOCH + 3 * MS);
    }

    /** Milliseconds, as on Windows, of a clock that is 100 ppm slow, and ways that take up to 4 ms. */
    @Test
    void shouldStayWithinTwoMillisecondsForAnHour() {
        SplittableRandom random = new SplittableRandom(5);
        long last = Long.MIN_VALUE;
        long sent = EPOCH;
        long arrived = EPOCH;
        long worst = 0;
        for (int i = 0; sent < EPOCH + 3600 * SECOND; i++) {
            sent += random.nextInt(500) * MS / 2;
            long stampMicros = (long) ((sent - EPOCH) * 0.9999) / MS * 1000;
            arrived = Math.max(arrived, sent + random.nextInt(20) * MS / 5);
            long time = clock.time(stampMicros, arrived);
            assertThat(time).isBetween(last, arrived);
            last = time;
            worst = i < 50 ? 0 : Math.max(worst, Math.abs(time - sent));
        }
        assertThat(worst).isLessThan(2 * MS);
    }
}

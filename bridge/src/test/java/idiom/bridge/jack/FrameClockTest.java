package idiom.bridge.jack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameClockTest {
    private static final long SECOND = 1_000_000_000L;
    private final FrameClock clock = new FrameClock(48_000, 5 * SECOND);

    @Test
    void shouldCountOnWhereTheServersFramesWrapAround() {
        assertThat(clock.period(-512, -512, 5 * SECOND)).isEqualTo(0xFFFF_FE00L);
        assertThat(clock.period(-256, -250, 5 * SECOND)).isEqualTo(0xFFFF_FF00L);
        assertThat(clock.period(0, 0, 5 * SECOND)).isEqualTo(0x1_0000_0000L);
        assertThat(clock.period(256, 256, 5 * SECOND)).isEqualTo(0x1_0000_0100L);
        assertThat(clock.at(6 * SECOND)).isEqualTo(0x1_0000_0100L + 48_000);
    }

    @Test
    void shouldTellFramesBetweenPeriods() {
        clock.period(1000, 1010, 7 * SECOND);
        assertThat(clock.at(7 * SECOND)).isEqualTo(1010);
        assertThat(clock.at(7 * SECOND + SECOND / 1000)).isEqualTo(1058);
    }

    @Test
    void shouldNeverBeBeforeThePeriodThatRuns() {
        clock.period(0, 0, 5 * SECOND);
        // Three periods at once, since the server had to catch up.
        clock.period(256, 10, 5 * SECOND);
        clock.period(512, 20, 5 * SECOND);
        assertThat(clock.at(5 * SECOND)).isEqualTo(512);
    }

    @Test
    void shouldGoOnWithoutAServerAndWithTheNext() {
        clock.period(96_000, 96_000, 6 * SECOND);
        assertThat(clock.at(8 * SECOND)).isEqualTo(192_000);
        clock.restart();
        assertThat(clock.period(0, 0, 9 * SECOND)).isEqualTo(240_000);
        assertThat(clock.period(256, 256, 9 * SECOND)).isEqualTo(240_256);
    }

    @Test
    void shouldNotOverflowInAYear() {
        clock.period(0, 0, 5 * SECOND);
        long year = 365L * 24 * 3600;
        assertThat(clock.at((5 + year) * SECOND)).isEqualTo(year * 48_000);
    }
}

package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.presets.Mode;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LatencyTest {
    private static final long MS = 1_000_000;
    /** Two digits are kept. */
    private static final Offset<Long> HUNDREDTH = within(MS);

    @Test
    void shouldSummariseWhatWasRecorded() {
        Latency latency = new Latency();
        assertThat(latency.summary()).isEqualTo(new Latency.Summary(0, 0, 0, 0));
        for (int i = 1; i <= 100; i++) {
            latency.record(i * MS);
        }

        assertThat(latency.summary().notes()).isEqualTo(100);
        assertThat(latency.summary().p50Ns()).isCloseTo(50 * MS, HUNDREDTH);
        assertThat(latency.summary().p99Ns()).isCloseTo(99 * MS, HUNDREDTH);
        assertThat(latency.summary().maxNs()).isCloseTo(100 * MS, HUNDREDTH);
    }

    @Test
    void shouldTakeEarlyForOnTimeAndAnAgeForAMinute() {
        Latency latency = new Latency();
        latency.record(-5);
        assertThat(latency.summary()).isEqualTo(new Latency.Summary(1, 0, 0, 0));
        latency.record(Long.MAX_VALUE);
        assertThat(latency.summary().maxNs()).isCloseTo(60_000 * MS, within(600 * MS));
    }

    /** The stage's clock has 8000 units a second, of which events need a lead of 10: 1.25 ms. */
    @Test
    void shouldCountFromTheLastMomentWhereTheDelayIsConstant() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.on(60).until(3);
        stage.session.advance(4 * Stage.STEP + 70);

        // Due at 4 steps, handed over 80 units after it had to be.
        assertThat(stage.sent).extracting(Stage.Sent::due).containsExactly(4 * Stage.STEP);
        Latency.Summary summary = stage.session.counters().latency().summary();
        assertThat(summary.notes()).isEqualTo(1);
        assertThat(summary.maxNs()).isCloseTo(10 * MS, within(MS / 10));
    }

    @Test
    void shouldBeNothingWhereEverythingIsHandedOverInTime() {
        Stage stage = new Stage(Mode.PHRASE, 64);
        stage.on(60).until(1).off(60).until(130);

        assertThat(stage.session.counters().latency().summary()).isEqualTo(new Latency.Summary(2, 0, 0, 0));
    }

    @Test
    void shouldCountFromTheKeyInInstant() {
        Stage stage = new Stage(Mode.INSTANT, 1);
        stage.until(1.5).on(60).until(2).off(60).play(0xB0, 1, 1).until(3);

        // A chord is gathered for 16 units, 2 ms; time passes by 7.
        Latency.Summary summary = stage.session.counters().latency().summary();
        assertThat(summary.notes()).isEqualTo(1);
        assertThat(summary.maxNs()).isBetween(2 * MS - MS / 20, 3 * MS);
    }

    @Test
    void shouldCountFromTheDueTimeInTimeline() {
        Stage stage = new Stage(Mode.TIMELINE, 64);
        stage.until(1).on(60);
        stage.session.advance(stage.now() + 8);

        Latency.Summary summary = stage.session.counters().latency().summary();
        assertThat(summary.notes()).isEqualTo(1);
        assertThat(summary.maxNs()).isCloseTo(MS, within(MS / 10));
    }
}

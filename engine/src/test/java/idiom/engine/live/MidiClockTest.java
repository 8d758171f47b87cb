package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.presets.Feel;
import idiom.presets.Mode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MidiClockTest {
    private static final long RATE = 48_000;
    /** 120 quarters a minute: 24 ticks are half a second. */
    private static final double PERIOD = RATE / 48.0;

    @Test
    void shouldKnowTempoAndPositionFromSteadyTicks() {
        MidiClock clock = new MidiClock(RATE);
        clock.start();
        for (int tick = 0; tick <= 60; tick++) {
            clock.tick(Math.round(1000 + tick * PERIOD));
        }

        assertThat(clock.isRunning()).isTrue();
        assertThat(clock.step()).isEqualTo(10);
        assertThat(clock.time()).isEqualTo(1000 + 60_000);
        assertThat(clock.stepsPerSecond()).isCloseTo(8, within(1e-6));
    }

    @Test
    void shouldSeeThroughJitter() {
        SplittableRandom random = new SplittableRandom(1);
        MidiClock clock = new MidiClock(RATE);
        clock.start();
        double worstTime = 0;
        double worstTempo = 0;
        for (int tick = 0; tick < 4800; tick++) {
            // Two milliseconds either way.
            clock.tick(Math.round(tick * PERIOD + random.nextDouble(-96, 96)));
            if (tick > 96) {
                worstTime = Math.max(worstTime, Math.abs(clock.time() - tick * PERIOD));
                worstTempo = Math.max(worstTempo, Math.abs(clock.stepsPerSecond() - 8));
            }
        }

        assertThat(worstTime).isLessThan(70);
        assertThat(worstTempo).isLessThan(0.15);
    }

    @Test
    void shouldFollowAChangeOfTempo() {
        MidiClock clock = new MidiClock(RATE);
        clock.start();
        double time = 0;
        for (int tick = 0; tick < 400; tick++) {
            clock.tick(Math.round(time));
            time += tick < 200 ? PERIOD : PERIOD * 0.8;
        }

        assertThat(clock.stepsPerSecond()).isCloseTo(10, within(0.01));
    }

    @Test
    void shouldStopContinueAndLocate() {
        MidiClock clock = new MidiClock(RATE);
        clock.start();
        long time = 0;
        for (int tick = 0; tick < 13; tick++) {
            clock.tick(time += 1000);
        }
        assertThat(clock.step()).isEqualTo(2);
        clock.stop();
        clock.tick(time += 1000);
        assertThat(clock.isRunning()).isFalse();
        clock.goOn();
        clock.tick(time += 1000);
        assertThat(clock.step()).isEqualTo(13 / 6.0);
        clock.stop();
        clock.position(32);
        clock.goOn();
        clock.tick(time += 1000);
        assertThat(clock.step()).isEqualTo(32);
    }

    @Test
    void shouldStartAnewAfterAGap() {
        MidiClock clock = new MidiClock(RATE);
        clock.tick(0);
        clock.tick(1000);
        assertThat(clock.isSteady()).isTrue();
        clock.tick(100_000);
        assertThat(clock.isSteady()).isFalse();
        clock.tick(100_500);
        assertThat(clock.stepsPerSecond()).isCloseTo(16, within(1e-6));
    }

    /** Ticks of 1000 / 6 units: the tempo the stage has anyway. */
    @Test
    void shouldMoveTheSessionToWhereTheClockIs() {
        Stage stage = new Stage(Mode.FOLLOW, 4, Feel.STRAIGHT, Sync.CLOCK);
        stage.until(0.3).play(0xF2, 32, 0).play(0xFB);
        for (int tick = 0; tick <= 24; tick++) {
            stage.until(1 + tick / 6.0).play(0xF8);
        }

        assertThat(stage.session.stepAt(stage.now())).isCloseTo(36, within(0.01));
        assertThat(stage.sent).isEmpty();
        stage.play(0xFC);
        assertThat(stage.session.stepsPerSecond()).isCloseTo(8, within(0.05));
    }

    /** Many sequencers tick only while they play: the song begins with the first tick, though its tempo is not known yet. */
    @Test
    void shouldKeepNotesOfTheFirstTicks() {
        Stage stage = new Stage(Mode.FOLLOW, 4, Feel.STRAIGHT, Sync.CLOCK);
        stage.until(0.5).play(0xFA);
        for (int tick = 0; tick <= 48; tick++) {
            stage.until(1 + tick / 6.0).play(0xF8);
            if (tick < 3) {
                stage.play(0x90, 60 + tick, 100).play(0x80, 60 + tick, 0);
            }
        }

        assertThat(stage.sent.stream().filter(Stage.Sent::isOn).map(sent -> Message.key(sent.message())))
                .containsExactly(60, 61, 62);
        assertThat(stage.sent.get(0).due()).isCloseTo(5 * Stage.STEP, within(20L));
    }
}

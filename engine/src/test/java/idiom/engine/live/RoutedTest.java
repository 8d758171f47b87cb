package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.live.LiveSettings.Thru;
import idiom.presets.Controls;
import idiom.presets.Mode;
import idiom.presets.Output;
import org.junit.jupiter.api.Test;

/** What a sink hears that passes things by itself, and one that takes back what is not due yet. */
class RoutedTest {
    private static final double SPEED = 8;

    private static Stage stage(Mode mode, int hop) {
        Stage stage = new Stage(
                LiveSettings.of(mode, hop, Sync.INTERNAL).withThru(Thru.ROUTED), Controls.NONE, Output.AS_INPUT);
        stage.answerer.network = Stage::withOctaveBelow;
        return stage;
    }

    /** A note and a pedal at steps 4.5 to 8 of the windows of 64 steps that begin there. */
    private static void play(Stage stage, int... windows) {
        for (int first : windows) {
            stage.until(first + 4.5).play(0xB0, 64, 127).on(60);
            stage.until(first + 8).play(0xB0, 64, 0).off(60);
        }
    }

    /** The song goes on at a step, as of now. */
    private static void locate(Stage stage, double step) {
        stage.session.locate(stage.now(), step, SPEED);
        stage.session.advance(stage.now());
    }

    /** Learns the first window of the song, or the first two; the time is then 64 or 128. */
    private static Stage learnt(int windows) {
        Stage stage = stage(Mode.TIMELINE, 64);
        locate(stage, 0);
        for (int i = 0; i < windows; i++) {
            play(stage, i * 64);
        }
        stage.until(windows * 64);
        stage.routed.clear();
        stage.sent.clear();
        return stage;
    }

    @Test
    void shouldSendNothingOfWhatTheDevicePasses() {
        Stage stage = stage(Mode.TIMELINE, 64);
        locate(stage, 0);
        play(stage, 0);
        stage.play(0xF0, 1, 2, 3, 0xF7).play(0xE0, 0, 70).until(64);

        assertThat(stage.routed).containsExactly("0.0 PASSED");
        assertThat(stage.sent).isEmpty();
        assertThat(stage.session.counters().windows()).isPositive();
    }

    /**
     * The routes change where the windows do, and as early before that as a note may come that is meant for the window; all but
     * notes is the device's throughout.
     */
    @Test
    void shouldSayWhereMemoryPlaysAndWhereItEnds() {
        Stage stage = learnt(1);
        locate(stage, 0);
        play(stage, 64);
        stage.until(127.95);
        assertThat(stage.routed).containsExactly("64.0 PASSED", "64.0 REMEMBERED");
        stage.until(127.99);
        assertThat(stage.routed).containsExactly("64.0 PASSED", "64.0 REMEMBERED", "127.984 PASSED");
        play(stage, 128);
        stage.until(192);

        assertThat(stage.heard()).containsExactly("68.0 on 48", "68.5 on 60", "72.0 off 48", "72.0 off 60");
        assertThat(stage.sent).allMatch(event -> event.isOn() || event.isOff());

        // The second window is known now as well, and the third is not.
        stage.routed.clear();
        stage.sent.clear();
        locate(stage, 32);
        stage.until(192 + 32 + 64);
        assertThat(stage.routed).containsExactly("192.0 PASSED", "192.0 REMEMBERED", "287.984 PASSED");
        assertThat(stage.heard()).containsExactly("228.0 on 48", "228.5 on 60", "232.0 off 48", "232.0 off 60");
    }

    /** Where a route begins the notes of before it have been handed over, and none of after it. */
    @Test
    void shouldKeepRoutesInTheOrderOfTheNotes() {
        Stage stage = learnt(1);
        stage.room = 1;
        locate(stage, 0);
        stage.until(66);
        assertThat(stage.routed).containsExactly("64.0 PASSED");
        stage.room = 1;
        stage.until(70);
        assertThat(stage.routed).containsExactly("64.0 PASSED", "64.0 REMEMBERED");
        assertThat(stage.sent).isEmpty();
        assertThat(stage.session.isSettled(stage.now())).isFalse();
        stage.room = Integer.MAX_VALUE;
        stage.until(74);
        assertThat(stage.heard()).hasSize(4);
        assertThat(stage.session.isSettled(stage.now())).isTrue();
    }

    /** The device did not know better than to pass what is played there: the memory waits for the next window. */
    @Test
    void shouldNotContradictADeviceThatPassesToTheEndOfTheWindow() {
        Stage stage = learnt(2);
        stage.session.locatePassed(stage.now(), 2, SPEED);
        stage.session.advance(stage.now());
        // Position 2 is at time 128.
        play(stage, 126, 190);
        stage.until(254);

        assertThat(stage.routed).containsExactly("128.0 PASSED", "189.984 REMEMBERED", "253.984 PASSED");
        assertThat(stage.heard()).containsExactly("194.0 on 48", "194.5 on 60", "198.0 off 48", "198.0 off 60");
        long[] known = new long[8];
        stage.session.known(known);
        assertThat(known[0]).isEqualTo(0b11);
    }

    @Test
    void shouldLearnWhatTheDevicePasses() {
        Stage stage = stage(Mode.TIMELINE, 64);
        stage.session.locatePassed(stage.now(), 0, SPEED);
        play(stage, 0);
        stage.until(64);
        long[] known = new long[8];
        stage.session.known(known);

        assertThat(known[0]).isEqualTo(1);
        assertThat(stage.sent).isEmpty();
    }

    @Test
    void shouldHaveTheDevicePassWhileBypassedAndWhileTheSongStands() {
        Stage stage = learnt(1);
        locate(stage, 0);
        stage.until(64 + 5.3);
        stage.session.bypass(true);
        stage.until(64 + 9.3);
        stage.session.bypass(false);
        stage.until(64 + 12);
        assertThat(stage.routed).containsExactly("64.0 PASSED", "64.0 REMEMBERED", "70.0 PASSED", "74.0 REMEMBERED");

        stage.session.stand(stage.now());
        stage.session.advance(stage.now());
        stage.until(64 + 14);
        assertThat(stage.routed).hasSize(5).endsWith("76.0 PASSED");
        stage.session.bypass(true);
        stage.session.follow(stage.now(), 0, SPEED);
        stage.session.advance(stage.now());
        stage.until(100);
        assertThat(stage.routed).hasSize(6).endsWith("78.0 PASSED");
    }

    @Test
    void shouldSendEverythingWithTheAnswerInOtherModes() {
        Stage stage = stage(Mode.FOLLOW, 4);
        locate(stage, 0);
        play(stage, 0);
        stage.until(20);

        assertThat(stage.routed).containsExactly("0.0 ANSWERED");
        assertThat(stage.heard()).containsExactly("8.0 on 48", "8.5 on 60", "12.0 off 48", "12.0 off 60");
        assertThat(stage.sent).hasSize(6);
    }

    @Test
    void shouldTellNothingToASinkThatPassesNothing() {
        Stage stage = new Stage(Mode.TIMELINE, 64);
        locate(stage, 0);
        play(stage, 0);
        stage.until(64);

        assertThat(stage.routed).isEmpty();
        assertThat(stage.sent).hasSize(4);
    }

    /** Nothing is left to be ended, and nothing is said about it, where the sink has ended all by itself. */
    @Test
    void shouldEndNothingWhereTheSinkTakesBack() {
        assertThat(jump(false).heard()).containsExactly("5.0 off 60");
        Stage stage = jump(true);
        assertThat(stage.sent).isEmpty();
        assertThat(stage.session.isSilent()).isTrue();
    }

    private static Stage jump(boolean takesBack) {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.takesBack = takesBack;
        stage.until(1).on(60).until(4.985);
        assertThat(stage.heard()).containsExactly("5.0 on 60");
        stage.sent.clear();
        assertThat(stage.takenBack).isZero();
        stage.session.locate(stage.now(), 32, SPEED);
        assertThat(stage.takenBack).isEqualTo(1);
        stage.until(5.5);
        return stage;
    }
}

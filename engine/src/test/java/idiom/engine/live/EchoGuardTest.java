package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Mode;
import org.junit.jupiter.api.Test;

class EchoGuardTest {
    private static final long RATE = 1000;

    private static int on(int pitch, int velocity) {
        return Message.of(Message.NOTE_ON, pitch, velocity);
    }

    private static void addAndHearAgain(EchoGuard guard, long due, int pitch) {
        guard.sent(due, on(pitch, 77));
        guard.sentAdded();
        assertThat(guard.isEcho(due + 5, on(pitch, 77))).isFalse();
    }

    @Test
    void shouldTakeThreeAddedNotesInARowForALoop() {
        EchoGuard guard = new EchoGuard(RATE);
        addAndHearAgain(guard, 100, 60);
        addAndHearAgain(guard, 200, 61);
        assertThat(guard.isLoop()).isFalse();
        guard.sent(300, on(62, 77));
        guard.sentAdded();

        assertThat(guard.isEcho(304, on(62, 77))).isTrue();
        assertThat(guard.isLoop()).isTrue();
        assertThat(guard.isEcho(400, Message.of(Message.NOTE_OFF, 62, 0)))
                .as("off of what was left out")
                .isTrue();
        assertThat(guard.isEcho(401, Message.of(Message.NOTE_OFF, 62, 0))).isFalse();
        // While there is a loop, the player's notes that come back are left out as well, and no others.
        guard.sent(500, on(70, 80));
        assertThat(guard.isEcho(510, on(70, 80))).isTrue();
        assertThat(guard.isEcho(511, on(70, 80))).isFalse();
        assertThat(guard.isEcho(512, on(71, 80))).isFalse();
    }

    @Test
    void shouldForgetALoopThatIsTakenApart() {
        EchoGuard guard = new EchoGuard(RATE);
        addAndHearAgain(guard, 100, 60);
        addAndHearAgain(guard, 200, 61);
        guard.sent(300, on(62, 77));
        guard.sentAdded();
        guard.isEcho(304, on(62, 77));
        guard.sent(400, on(63, 77));
        guard.sentAdded();

        // 51 units later it has not come back.
        assertThat(guard.isEcho(451, on(90, 1))).isFalse();
        assertThat(guard.isLoop()).isFalse();
    }

    /** A clip of four bars that is looped: what the player plays is what came out four bars ago, at the same time. */
    @Test
    void shouldNotTakeAPlayerWhoRepeatsHerselfForALoop() {
        EchoGuard guard = new EchoGuard(RATE);
        for (int i = 0; i < 100; i++) {
            guard.sent(i * 100L, on(60 + i % 5, 80));
            assertThat(guard.isEcho(i * 100L, on(60 + i % 5, 80))).isFalse();
        }
        assertThat(guard.isLoop()).isFalse();
    }

    @Test
    void shouldNotTakeALateOrDifferentNoteForAnEcho() {
        EchoGuard guard = new EchoGuard(RATE);
        for (int i = 0; i < 10; i++) {
            guard.sent(i * 100L, on(60, 77));
            guard.sentAdded();
            assertThat(guard.isEcho(i * 100L + 60, on(60, 77))).isFalse();
            assertThat(guard.isEcho(i * 100L + 61, on(60, 76))).isFalse();
        }
        assertThat(guard.isLoop()).isFalse();
    }

    /** Output connected to input: without the guard every note would come again a hop later, for ever. */
    @Test
    void shouldEndAFeedback() {
        Stage stage = new Stage(Mode.FOLLOW, 4);
        stage.answerer.network = window -> {
            long[] masks = new long[PianoRoll.PITCHES];
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                masks[pitch] = window.steps(pitch);
                if (pitch >= 7) {
                    masks[pitch] |= window.steps(pitch - 7);
                }
            }
            return PianoRoll.ofPitches(masks);
        };
        stage.feedsBack = true;
        for (int i = 0; i < 8; i++) {
            stage.until(i * 8 + 0.5).on(36).until(i * 8 + 2.5).off(36);
        }
        stage.until(200);
        stage.sent.clear();
        stage.until(400);

        assertThat(stage.session.isLoop()).isTrue();
        assertThat(stage.session.counters().echoes()).isPositive();
        assertThat(stage.sent).as("long after the last note").hasSizeLessThan(200);
    }
}

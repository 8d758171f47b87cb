package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.live.LiveSettings.Thru;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Controls;
import idiom.presets.Mode;
import idiom.presets.Output;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The player's own notes go to the output at once, the answer's added ones come later. */
class ThruTest {
    /** A G5 (79) from the second step of each hop of four to its third, and no C4 (60). */
    private static final UnaryOperator<PianoRoll> NETWORK = window -> {
        long[] masks = new long[PianoRoll.PITCHES];
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            masks[pitch] = pitch == 60 - PianoRoll.LOWEST_PITCH ? 0 : window.steps(pitch);
        }
        masks[79 - PianoRoll.LOWEST_PITCH] = NoteLog.mask(61, 63);
        return PianoRoll.ofPitches(masks);
    };

    private static Stage stage(Thru thru) {
        Stage stage = new Stage(
                LiveSettings.of(Mode.FOLLOW, 4, Sync.INTERNAL).withThru(thru), Controls.NONE, Output.AS_INPUT);
        stage.answerer.network = NETWORK;
        return stage;
    }

    @Test
    void shouldSendThePlayersNotesAtOnceAndAddedOnesLater() {
        Stage stage = stage(Thru.AT_ONCE);
        stage.until(0.5)
                .on(60)
                .play(0xB0, 64, 127)
                .play(0xF0, 1, 2, 3, 0xF7)
                .until(2)
                .off(60)
                .until(4);
        stage.answerer.network = window -> window;
        stage.until(12);

        assertThat(stage.heard()).containsExactly("0.507 on 60", "2.007 off 60", "5.0 on 79", "6.0 off 79");
        assertThat(stage.sent.get(1)).isEqualTo(new Stage.Sent(507, Message.of(0xB0, 64, 127), 3));
        assertThat(stage.sent.get(2).length()).isEqualTo(5);
    }

    @Test
    void shouldSendOnlyWhatIsAddedWhereTheDeviceSendsTheRest() {
        Stage stage = stage(Thru.BY_DEVICE);
        stage.until(0.5).on(60).play(0xB0, 64, 127).until(2).off(60).until(4);
        stage.answerer.network = window -> window;
        stage.until(12);

        assertThat(stage.heard()).containsExactly("5.0 on 79", "6.0 off 79");
        assertThat(stage.sent).hasSize(2);
    }

    /** The player strikes the key of an added note: its off waits for the player's, which would otherwise be cut short. */
    @Test
    void shouldNotCutThePlayersNoteWithTheAddedOnesOff() {
        Stage stage = stage(Thru.BY_DEVICE);
        stage.until(0.5).on(60).until(2).off(60).until(4);
        stage.answerer.network = window -> window;
        stage.until(5.5).on(79).until(7.5);
        assertThat(stage.heard()).containsExactly("5.0 on 79");
        stage.off(79).until(12);

        assertThat(stage.heard()).containsExactly("5.0 on 79", "7.507 off 79");
        assertThat(stage.session.isSilent()).isTrue();
    }

    @Test
    void shouldEndWhatTheDeviceHasSentOnPanic() {
        Stage stage = stage(Thru.BY_DEVICE);
        stage.until(0.5).on(62).until(1);
        stage.session.panic(stage.now());
        stage.until(2);

        assertThat(stage.heard()).containsExactly("1.007 off 62");
    }
}

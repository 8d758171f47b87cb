package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.live.Adjustment.Lock;
import idiom.presets.Controls;
import idiom.presets.Decoding;
import idiom.presets.Feel;
import idiom.presets.Mode;
import idiom.presets.Output;
import idiom.presets.PitchRange;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AdjustmentTest {
    private static final int MIX = 20;
    private static final Decoding PRESETS =
            new Decoding(0.4, 0.8, true, false, true, 2, new Feel(0.6, 0.1, 0.9, 7), new PitchRange(40, 90));

    private static Adjustment of(double mix, double threshold, double density, double swing) {
        return new Adjustment(mix, threshold, Lock.AS_PRESET, Lock.AS_PRESET, density, swing);
    }

    @Test
    void shouldLeavePresetsAsTheyAre() {
        assertThat(Adjustment.NONE.of(PRESETS)).isSameAs(PRESETS);
    }

    /** 0.8 * 0.5, 0.4 + 0.25, 2 * 1.5, 0.6 + 0.0625; all else is the preset's. */
    @Test
    void shouldBeRelative() {
        Decoding adjusted = of(0.5, 0.25, 1.5, 0.0625).of(PRESETS);

        assertThat(adjusted.mix()).isEqualTo(0.4);
        assertThat(adjusted.threshold()).isEqualTo(0.65);
        assertThat(adjusted.densityLimit()).isEqualTo(3);
        assertThat(adjusted.feel()).isEqualTo(new Feel(0.6625, 0.1, 0.9, 7));
        assertThat(adjusted.melodyLock()).isTrue();
        assertThat(adjusted.keyLock()).isFalse();
        assertThat(adjusted.keepKey()).isTrue();
        assertThat(adjusted.range()).isEqualTo(new PitchRange(40, 90));
    }

    @Test
    void shouldStayInTheRangesOfAPreset() {
        assertThat(of(1, 0.5, 1, 0).of(Decoding.PLAIN).threshold()).isEqualTo(127 / 128.0);
        assertThat(of(1, -0.5, 1, 0).of(Decoding.PLAIN).threshold()).isEqualTo(1 / 128.0);
        assertThat(of(1, 0, 2, 0).of(Decoding.PLAIN).densityLimit()).isEqualTo(16);
        assertThat(of(1, 0, 0, 0).of(Decoding.PLAIN).densityLimit()).isZero();
        assertThat(of(0, 0, 1, 0).of(Decoding.PLAIN).mix()).isZero();
        assertThat(of(1, 0, 1, 0.25).of(PRESETS).feel().swing()).isEqualTo(0.75);
        assertThat(of(1, 0, 1, -0.25).of(PRESETS).feel().swing()).isEqualTo(0.5);
    }

    @Test
    void shouldHoldOrLetGoWhateverThePresetSays() {
        Decoding free = new Adjustment(1, 0, Lock.OFF, Lock.OFF, 1, 0).of(PRESETS);
        Decoding held = new Adjustment(1, 0, Lock.ON, Lock.ON, 1, 0).of(PRESETS);

        assertThat(free.melodyLock() || free.keyLock()).isFalse();
        assertThat(held.melodyLock() && held.keyLock()).isTrue();
    }

    @Test
    void shouldRefuseWhatIsOutOfRange() {
        refused(1.5, 0, 1, 0, "mix must be from 0.0 to 1.0: mix=1.5");
        refused(Double.NaN, 0, 1, 0, "mix must be from 0.0 to 1.0: mix=NaN");
        refused(1, -0.6, 1, 0, "thresholdShift must be from -0.5 to 0.5: thresholdShift=-0.6");
        refused(1, 0, 2.5, 0, "density must be from 0.0 to 2.0: density=2.5");
        refused(1, 0, 1, 0.3, "swingShift must be from -0.25 to 0.25: swingShift=0.3");
    }

    private static void refused(double mix, double threshold, double density, double swing, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(mix, threshold, density, swing))
                .withMessage(message);
    }

    /** A session asks with the difference from then on, of whichever preset plays; what a knob has done is forgotten. */
    @Test
    void shouldHoldForWhicheverPresetPlays() {
        Controls knob =
                new Controls(OptionalInt.of(MIX), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
        Stage stage = new Stage(LiveSettings.of(Mode.FOLLOW, 4, Sync.INTERNAL), knob, Output.AS_INPUT);
        stage.until(0.5).on(60).play(0xB0, MIX, 0).until(4);
        assertThat(stage.answerer.lastDecoding().mix()).isZero();

        stage.session.adjust(of(0.5, -0.25, 1, 0));
        stage.until(8);
        assertThat(stage.answerer.lastDecoding().mix()).isEqualTo(0.5);
        assertThat(stage.answerer.lastDecoding().threshold()).isEqualTo(0.25);
        stage.play(0xC0, Stage.SECOND_PROGRAM).until(12);
        assertThat(stage.answerer.lastDecoding().threshold()).isEqualTo(0.25);

        // A knob says it absolutely; Reset All Controllers goes back to what was adjusted.
        stage.play(0xB0, MIX, 127).until(16);
        assertThat(stage.answerer.lastDecoding().mix()).isEqualTo(1);
        stage.play(0xB0, Message.RESET, 0).until(20);
        assertThat(stage.answerer.lastDecoding().mix()).isCloseTo(0.5, within(1e-12));
    }
}

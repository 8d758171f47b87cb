package idiom.presets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ControlsTest {
    private static final OptionalInt NONE = OptionalInt.empty();

    private static OptionalInt cc(int number) {
        return OptionalInt.of(number);
    }

    private static Preset parse(String controls) {
        String text = """
                format = 1
                name = "my-jazz"
                program = 6
                source = "pop"
                target = "jazz"
                [model]
                file = "my.onnx"
                sha256 = "%s"
                [controls]
                %s
                """.formatted(Texts.SHA256, controls);
        return PresetReader.parse(text.getBytes(StandardCharsets.UTF_8), "my.toml", Path.of("/models"));
    }

    @Test
    void shouldReadControls() {
        assertThat(parse("mix = 20\nbypass = 0").controls()).isEqualTo(new Controls(cc(20), NONE, cc(0), NONE));
        assertThat(parse("").controls()).isEqualTo(Controls.NONE);
    }

    @Test
    void shouldRefuseWhatIsNoControlOrTakenAlready() {
        assertThatThrownBy(() -> parse("mix = 120"))
                .isInstanceOf(PresetException.class)
                .hasMessage("my.toml:10: controls.mix must be from 0 to 119: controls.mix=120");
        assertThatThrownBy(() -> parse("mix = 7\nbypass = 7"))
                .isInstanceOf(PresetException.class)
                .hasMessage("my.toml:11: controls.bypass must be another control than the ones before:"
                        + " controls.bypass=7");
        assertThatThrownBy(() -> parse("volume = 7"))
                .isInstanceOf(PresetException.class)
                .hasMessageStartingWith("my.toml:10: controls.volume is no key of a preset");
    }

    @Test
    void shouldFillInWhatIsFree() {
        Controls learnt = new Controls(cc(1), NONE, NONE, NONE);
        Controls preset = new Controls(cc(20), cc(1), cc(22), NONE);

        assertThat(learnt.orElse(preset)).isEqualTo(new Controls(cc(1), NONE, cc(22), NONE));
        assertThat(Controls.NONE.orElse(preset)).isEqualTo(preset);
    }
}

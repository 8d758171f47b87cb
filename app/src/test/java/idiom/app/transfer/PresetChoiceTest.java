package idiom.app.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.app.score.PreludeScore;
import idiom.engine.onnx.GenreEstimate;
import idiom.presets.BundledPresets;
import idiom.presets.PresetLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresetChoiceTest {
    @TempDir
    private Path root;

    private PresetLibrary library;

    /** Genres that no bundled preset knows, so that nothing bundled changes the outcome. */
    @BeforeEach
    void writePresets() throws IOException {
        write("polka", "tango", 100);
        write("waltz", "tango", 101);
        library = new PresetLibrary(BundledPresets.shipped(root.resolve("cache")), root);
    }

    private void write(String from, String to, int program) throws IOException {
        Files.writeString(root.resolve(from + ".toml"), """
                format = 1
                name = "%s-to-%s"
                program = %d
                source = "%s"
                target = "%s"
                [model]
                file = "m.onnx"
                sha256 = "%s"
                """.formatted(from, to, program, from, to, "0".repeat(64)));
    }

    @Test
    void shouldTakeTheLikeliestGenre() {
        PresetChoice choice =
                PresetChoice.heard(library, "tango", new GenreEstimate(Map.of("polka", 0.3, "waltz", 0.7)));
        assertThat(choice.entry().name()).isEqualTo("waltz-to-tango");
        assertThat(choice.reason()).isEqualTo("sounds like waltz 70 %, polka 30 %");
    }

    @Test
    void shouldTakeTheNextLikeliestWhenTheMusicAlreadyIsWhatItShallBecome() {
        PresetChoice choice = PresetChoice.heard(
                library, "tango", new GenreEstimate(Map.of("polka", 0.25, "waltz", 0.125, "tango", 0.625)));
        assertThat(choice.entry().name()).isEqualTo("polka-to-tango");
        assertThat(choice.reason()).isEqualTo("sounds like tango 63 %, polka 25 %, waltz 13 %; taken as polka");
    }

    @Test
    void shouldSayWhatThereIsWhenNothingFits() {
        assertThatThrownBy(() -> PresetChoice.heard(library, "tango", new GenreEstimate(Map.of("march", 1.0))))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("there is no preset from march to tango: there are ")
                .hasMessageEndingWith("polka to tango, waltz to tango");
        assertThatThrownBy(() -> PresetChoice.between(library, "auto", "tango", null, PreludeScore.bundled()))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("--from must name a genre, for no genre classifier is bundled: --from ");
    }
}

package idiom.presets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlsFileTest {
    @TempDir
    private Path root;

    private Folders folders;
    private Path file;

    @BeforeEach
    void nameFolders() {
        folders = new Folders(root.resolve("idiom/presets"), root.resolve("cache"));
        file = root.resolve("idiom/controls.toml");
    }

    @Test
    void shouldReadBackWhatWasWritten() throws IOException {
        assertThat(ControlsFile.read(folders)).isEqualTo(Controls.NONE);
        Controls controls =
                new Controls(OptionalInt.of(20), OptionalInt.empty(), OptionalInt.of(0), OptionalInt.of(119));
        ControlsFile.write(controls, folders);

        assertThat(ControlsFile.in(folders)).isEqualTo(file);
        assertThat(ControlsFile.read(folders)).isEqualTo(controls);
        ControlsFile.write(Controls.NONE, folders);
        assertThat(ControlsFile.read(folders)).isEqualTo(Controls.NONE);
    }

    @Test
    void shouldSayWhatIsWrong() throws IOException {
        refused("volume = 7", "volume is no control: mix, threshold, bypass and tap are");
        refused("mix = \"7\"", "mix must be a whole number: mix=7");
        refused("mix = 1234567890123", "controls.mix must be from 0 to 119: controls.mix=128");
        refused("mix = 7\ntap = 7", "controls.tap must be another control than the ones before: controls.tap=7");
        refused("mix = ", "not TOML: ");
        refused("#".repeat(5000), "learnt controls must have at most 4096 bytes");
    }

    private void refused(String text, String what) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThatThrownBy(() -> ControlsFile.read(folders))
                .isInstanceOf(PresetException.class)
                .hasMessageStartingWith(file + ": " + what);
    }
}

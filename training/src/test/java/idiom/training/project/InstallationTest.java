package idiom.training.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import idiom.presets.BundledPresets;
import idiom.presets.Decoding;
import idiom.presets.Hop;
import idiom.presets.Mode;
import idiom.presets.ModelFile;
import idiom.presets.Output;
import idiom.presets.Preset;
import idiom.presets.PresetException;
import idiom.presets.PresetLibrary;
import idiom.presets.PresetReader;
import idiom.presets.PresetWriter;
import idiom.presets.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    @TempDir
    private Path temporary;

    private Installation installation() {
        return new Installation(temporary.resolve("presets"), temporary.resolve("cache"));
    }

    private Preset installed(String name) {
        return new PresetLibrary(BundledPresets.shipped(temporary.resolve("cache")), temporary.resolve("presets"))
                .named(name)
                .preset();
    }

    private Path preset(String folder, String name, int program, String model) throws IOException {
        Path onnx = temporary.resolve(folder).resolve(name + ".onnx");
        Files.createDirectories(onnx.getParent());
        Files.writeString(onnx, model);
        Path file = onnx.resolveSibling(name + ".toml");
        PresetWriter.write(
                new Preset(
                        name,
                        program,
                        "jazz",
                        "bossa",
                        ModelFile.of(onnx),
                        Mode.PHRASE,
                        Hop.WINDOW,
                        Decoding.PLAIN,
                        Output.AS_INPUT,
                        Provenance.UNKNOWN),
                file);
        return file;
    }

    @Test
    void shouldTakeTheLowestFreePrograms() throws IOException {
        assertThat(installation().programs(List.of(), List.of("bossa", "bossa-back")))
                .containsExactly(6, 7);
        assertThat(installation().programs(List.of(20, 9), List.of("bossa", "bossa-back")))
                .containsExactly(20, 9);
        installation().install(preset("other", "tango", 6, "t"), Optional.empty(), false);
        installation().install(preset("other", "bossa-back", 9, "b"), Optional.empty(), false);

        // One that is replaced hands its number on.
        assertThat(installation().programs(List.of(), List.of("bossa", "bossa-back")))
                .containsExactly(7, 9);
    }

    @Test
    void shouldFindAnotherProgramIfItWasTakenMeanwhile() throws IOException {
        Path mine = preset("p", "bossa", 6, "m");
        installation().install(preset("other", "tango", 6, "t"), Optional.empty(), false);

        assertThat(installation().install(mine, Optional.empty(), false)).isEqualTo("installed bossa, program 7");

        assertThat(PresetReader.read(mine).program()).isEqualTo(7);
        assertThat(installed("bossa").program()).isEqualTo(7);
        assertThatExceptionOfType(PresetException.class)
                .isThrownBy(() -> installation().install(mine, Optional.of(0), true))
                .withMessageStartingWith("program must be one that no other preset has: program=0 is jazz-to-classic");
    }

    @Test
    void shouldInstallTheSamePresetOnce() throws IOException {
        Path mine = preset("p", "bossa", 6, "m");
        installation().install(mine, Optional.empty(), false);
        assertThat(installation().install(mine, Optional.empty(), false)).isEqualTo("bossa is installed, program 6");

        ProjectFolder project = new ProjectFolder(temporary.resolve("elsewhere"));
        assertThatExceptionOfType(PresetException.class)
                .isThrownBy(() -> installation().requireFree(project, List.of("bossa"), false))
                .withMessageStartingWith("a preset named bossa is already installed: ");
        installation().requireFree(project, List.of("bossa"), true);

        Path other = preset("p", "bossa", 6, "another model");
        assertThatExceptionOfType(PresetException.class)
                .isThrownBy(() -> installation().install(other, Optional.empty(), false));
        installation().install(other, Optional.empty(), true);
        assertThat(installed("bossa").model().sha256())
                .isEqualTo(PresetReader.read(other).model().sha256());
    }
}

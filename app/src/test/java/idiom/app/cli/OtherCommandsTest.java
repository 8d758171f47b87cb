package idiom.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.app.score.PreludeScore;
import idiom.engine.midi.MidiFile;
import idiom.presets.ModelFile;
import idiom.presets.Preset;
import idiom.presets.PresetReader;
import idiom.presets.PresetWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherCommandsTest {
    @TempDir
    private Path root;

    private Stage stage;

    @BeforeEach
    void setStage() {
        stage = new Stage(root);
    }

    @Test
    void shouldMakeTheDemo() throws IOException {
        stage.withIdentity();
        stage.playOctaves();
        Path folder = root.resolve("out");
        Stage.Run run = stage.run("demo", "--preset", "my-jazz", "--out", folder.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("J. S. Bach: Prelude in C major, BWV 846, as jazz")
                .contains("notes ")
                .contains("key      C major before, C major after")
                .contains("ms each");
        assertThat(folder.resolve("demo.png")).isNotEmptyFile();
        assertThat(folder.resolve("demo.wav")).isNotEmptyFile();
        assertThat(MidiFile.read(folder.resolve("demo.mid")).sameEvents(PreludeScore.bundled()))
                .isFalse();
        assertThat(stage.run("demo", "--preset", "my-jazz", "--out", folder.toString())
                        .exit())
                .as("its own files are replaced")
                .isZero();
    }

    @Test
    void shouldListShowValidateAndInstallPresets() throws IOException {
        Path file = Stage.preset(
                root.resolve("download"), "her-pop", "jazz", "pop", Stage.identity("windows", "probabilities", 84));
        assertThat(stage.run("presets", "validate", file.toString()).out())
                .isEqualTo(file + " is right: her-pop, program 64, jazz to pop" + System.lineSeparator());
        Stage.Run installed = stage.run("presets", "install", file.toString());
        assertThat(installed.err()).isEmpty();
        assertThat(installed.out()).startsWith("installed her-pop: idiom transfer SONG.mid --preset her-pop");
        assertThat(stage.run("presets", "list").out())
                .contains("     64  her-pop               jazz      pop       yours");
        assertThat(stage.run("presets", "show", "her-pop").out())
                .contains("name = \"her-pop\"")
                .contains("recipe = \"made up\"");
        Stage.Run again = stage.run("presets", "install", file.toString());
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("is already installed").contains("--force replaces it");
        assertThat(stage.run("presets", "install", file.toString(), "--force").exit())
                .isZero();
    }

    @Test
    void shouldRefuseAModelOfTheWrongShape() throws IOException {
        Path file = Stage.preset(
                root.resolve("download"), "small", "jazz", "pop", Stage.identity("windows", "probabilities", 42));
        Stage.Run run = stage.run("presets", "validate", file.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).startsWith("idiom: " + file + ": model.file: ").contains("84");
        assertThat(stage.run("presets", "install", file.toString()).exit()).isEqualTo(1);
        assertThat(stage.folders.presets()).doesNotExist();
    }

    @Test
    void shouldRefuseASmallerModelOfTheWrongShape() throws IOException {
        Path folder = root.resolve("download");
        Path file = Stage.preset(folder, "her-pop", "jazz", "pop", Stage.identity("windows", "probabilities", 84));
        Path small = Files.write(folder.resolve("small.onnx"), Stage.identity("windows", "probabilities", 42));
        Preset preset = PresetReader.read(file);
        PresetWriter.write(preset.withModels(preset.model(), Optional.of(ModelFile.of(small))), file);
        Stage.Run run = stage.run("presets", "validate", file.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).startsWith("idiom: " + file + ": instant.file: ").contains("84");
    }

    @Test
    void shouldReportABrokenPresetAndKeepTheOthers() throws IOException {
        stage.withIdentity();
        Files.writeString(stage.folders.presets().resolve("bad.toml"), "format = 1\nnmae = \"x\"\n");
        Stage.Run run = stage.run("presets", "list");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("my-jazz");
        assertThat(run.err())
                .contains("broken: " + stage.folders.presets().resolve("bad.toml")
                        + ":2: nmae is no key of a preset: did you mean name?");
    }

    @Test
    void shouldSayWhatWorksAndWhatDoesNot() throws IOException {
        stage.withIdentity();
        Stage.Run well = stage.run("doctor");
        assertThat(well.out())
                .contains("ok       Java")
                .contains("ok       ONNX Runtime    CPU")
                .contains("ok       preset          my-jazz is right and runs")
                .contains("ok       presets folder")
                .contains("ok       sound")
                .contains("ok       pictures")
                .containsPattern("(ok     |limited)  MIDI jack       \\S")
                .containsPattern("(ok     |limited)  MIDI alsa       \\S")
                .containsPattern("(ok     |limited)  MIDI javasound  \\S")
                .containsPattern("(ok     |limited)  MIDI plugin     \\S")
                .contains("ok       MIDI loopback   no ports of others, and makes its own");
        assertThat(well.exit()).isZero();

        Files.writeString(stage.folders.presets().resolve("my-jazz.onnx"), "damaged");
        Stage.Run ill = stage.run("doctor");
        assertThat(ill.out()).contains("BROKEN   preset          my-jazz: model.sha256 must be the hash of");
        assertThat(ill.exit()).isEqualTo(1);
    }

    @Test
    void shouldMeasure() throws IOException {
        stage.withIdentity();
        Stage.Run run = stage.run("bench", "--preset", "my-jazz", "--windows", "20", "--songs", "2");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("my-jazz.onnx: p50 ")
                .contains("of a bare ONNX Runtime call")
                .contains("transfer   song of 35 bars: p50 ");
        Stage.Run json = stage.run("bench", "--preset", "my-jazz", "--windows", "20", "--songs", "2", "--json");
        assertThat(json.out())
                .startsWith("{\"preset\":\"my-jazz\",\"provider\":\"CPU\"")
                .contains("\"ratioToBare\":");
        assertThat(stage.run("bench", "--songs", "0").exit()).isEqualTo(2);
    }

    @Test
    void shouldPrintAndWriteManualPages() throws IOException {
        Stage.Run page = stage.run("man", "transfer");
        assertThat(page.out())
                .startsWith(".TH IDIOM\\-TRANSFER 1\n.SH NAME\nidiom\\-transfer \\- Plays MIDI files in another genre.")
                .contains(".SH SYNOPSIS\nidiom transfer")
                .contains(".B \\-\\-to GENRE")
                .doesNotContain("${");
        Path folder = root.resolve("man1");
        assertThat(stage.run("man", "--out", folder.toString()).exit()).isZero();
        assertThat(folder.resolve("idiom.1")).isNotEmptyFile();
        assertThat(folder.resolve("idiom-presets-install.1")).isNotEmptyFile();
        assertThat(stage.run("man", "nonsense").exit()).isEqualTo(2);
    }

    @Test
    void shouldHelpAndTellItsVersionAndCompleteCommands() {
        Stage.Run help = stage.run("--help");
        assertThat(help.exit()).isZero();
        assertThat(help.out())
                .contains("Plays what you play, in another genre.")
                .contains("transfer")
                .contains("demo");
        assertThat(stage.run("transfer", "--help").out())
                .contains("--melody-lock")
                .contains("Your top line stays")
                .doesNotContain("${");
        assertThat(stage.run("--version").out()).startsWith("Idiom ");
        assertThat(stage.run().out()).contains("Commands:");
        assertThat(stage.run("presets").exit()).isEqualTo(2);
        assertThat(stage.run("generate-completion").out()).contains("complete -F");
    }
}

package idiom.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.midi.MidiFile;
import idiom.engine.midi.NoteTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferCommandTest {
    @TempDir
    private Path root;

    private Stage stage;
    private Path in;
    private String out;

    @BeforeEach
    void setStage() throws IOException {
        stage = new Stage(root).withIdentity();
        in = stage.prelude("in.mid");
        out = root.resolve("out.mid").toString();
    }

    /** End to end through ONNX Runtime: a generator that returns its input gives back the file, event for event. */
    @Test
    void shouldGiveBackTheFileWhenTheGeneratorGivesBackItsInput() throws IOException {
        Stage.Run run = stage.run("transfer", in.toString(), "--preset", "my-jazz", "-o", out);
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(Path.of(out)).hasSameBinaryContentAs(in);
        assertThat(run.out())
                .contains("preset   my-jazz")
                .contains("notes    549 kept, 0 shortened or lengthened, 0 removed, 0 added")
                .contains("key      C major before, C major after");
    }

    @Test
    void shouldChangeNotesAndSayWhichAndDrawAndRender() throws IOException {
        stage.playOctaves();
        Path png = root.resolve("sub/out.png");
        Path wav = root.resolve("sub/out.wav");
        Stage.Run run = stage.run(
                "transfer",
                in.toString(),
                "--preset",
                "my-jazz",
                "-o",
                out,
                "--report",
                "--picture",
                png.toString(),
                "--wav",
                wav.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("content  change ").contains("melody   F1 ");
        assertThat(png).isNotEmptyFile();
        // 35 bars at 72 quarters a minute are 116.67 s, and two of tail.
        assertThat(Files.size(wav)).isBetween(118L * 44100 * 4, 119L * 44100 * 4);
        MidiFile after = MidiFile.read(Path.of(out));
        int highest = NoteTable.of(after).notes().stream()
                .mapToInt(note -> note.pitch())
                .max()
                .orElseThrow();
        // The highest note of the prelude is A5, 81.
        assertThat(highest).isEqualTo(93);
    }

    @Test
    void shouldLeaveEverythingAtMixZero() {
        stage.playOctaves();
        Stage.Run run = stage.run("transfer", in.toString(), "--preset", "my-jazz", "--mix", "0", "-o", out);
        assertThat(run.exit()).isZero();
        assertThat(Path.of(out)).hasSameBinaryContentAs(in);
    }

    @Test
    void shouldWriteOneJsonObjectAndNothingElse() {
        Stage.Run run = stage.run("transfer", in.toString(), "--preset", "my-jazz", "-o", out, "--json");
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.out())
                .startsWith("{\"in\":\"" + in + "\",\"out\":\"" + out + "\",\"preset\":\"my-jazz\"")
                .contains("\"kept\":549,\"changed\":0,\"removed\":0,\"added\":0")
                .contains("\"contentChange\":0.0")
                .contains("\"keyBefore\":\"C major\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            transfer                              | idiom: Missing required options and parameters: '--out=OUT', 'IN'
            transfer IN -o OUT                    | idiom: say where it shall go: --to jazz, --to classic, --to pop, or --preset NAME
            transfer IN -o OUT --to jazz --mix 2  | idiom: --mix must be from 0 to 1: --mix=2
            transfer IN -o OUT --to jazz --swing 1 | idiom: --swing must be from 0.5 to 0.75: --swing=1
            transfer IN -o OUT --to jazz --threads 0 | idiom: --threads must be from 1 to 256: --threads=0
            transfer IN -o OUT --to jazz --mix loud | idiom: Invalid value for option '--mix': 'loud' is not a double
            transfer IN -o OUT --to jazz --hopp bar | idiom: Unknown options: '--hopp', 'bar'
            transfre                              | idiom: Unmatched argument at index 0: 'transfre'
            """)
    void shouldEndWithTwoWhenAskedWrongly(String command, String message) {
        String[] arguments =
                command.replace("IN", in.toString()).replace("OUT", out).split(" ");
        Stage.Run run = stage.run(arguments);
        assertThat(run.err()).startsWith(message);
        assertThat(run.err()).contains("--help'.").doesNotContain("\tat ");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(Path.of(out)).doesNotExist();
    }

    @Test
    void shouldEndWithOneAndOneLineWhenSomethingFails() throws IOException {
        Path broken = Files.writeString(root.resolve("broken.mid"), "no music");
        Stage.Run run = stage.run("transfer", broken.toString(), "--preset", "my-jazz", "-o", out);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).startsWith("idiom: " + broken + ": ").doesNotContain("\tat ");

        Stage.Run missing = stage.run("transfer", root + "/none.mid", "--preset", "my-jazz", "-o", out);
        assertThat(missing.exit()).isEqualTo(1);
        assertThat(missing.err()).isEqualTo("idiom: there is no file " + root + "/none.mid" + System.lineSeparator());

        Stage.Run verbose = stage.run("-v", "transfer", broken.toString(), "--preset", "my-jazz", "-o", out);
        assertThat(verbose.err()).contains("\tat ");
    }

    @Test
    void shouldSayWhatThereIsWhenAPresetIsMissing() {
        Stage.Run run = stage.run("transfer", in.toString(), "--preset", "my-jaz", "-o", out);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err().strip()).isEqualTo("idiom: there is no preset named my-jaz: did you mean my-jazz?");
        Stage.Run polka = stage.run("transfer", in.toString(), "--from", "classic", "--to", "polka", "-o", out);
        assertThat(polka.err()).startsWith("idiom: there is no preset to polka: --to must be one of ");
    }

    @Test
    void shouldNotOverwriteUnaskedAndNeverItsSource() throws IOException {
        Files.writeString(Path.of(out), "precious");
        Stage.Run run = stage.run("transfer", in.toString(), "--preset", "my-jazz", "-o", out);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err().strip()).isEqualTo("idiom: " + out + " is already there; --force replaces it");
        assertThat(Path.of(out)).hasContent("precious");

        assertThat(stage.run("transfer", in.toString(), "--preset", "my-jazz", "-o", out, "--force")
                        .exit())
                .isZero();
        assertThat(Path.of(out)).hasSameBinaryContentAs(in);

        Stage.Run source = stage.run("transfer", in.toString(), "--preset", "my-jazz", "-o", in.toString(), "--force");
        assertThat(source.exit()).isEqualTo(1);
        assertThat(source.err().strip()).isEqualTo("idiom: a file must not be written over its source: " + in);
    }

    @Test
    void shouldDoAFolderAndReportWhatFailed() throws IOException {
        stage.prelude("songs/a.mid");
        stage.prelude("songs/deep/b.MID");
        Files.writeString(root.resolve("songs/broken.mid"), "no music");
        Files.writeString(root.resolve("songs/readme.txt"), "not a song");
        Path target = root.resolve("songs/out");
        String[] command = {
            "transfer",
            root.resolve("songs").toString(),
            "--preset",
            "my-jazz",
            "-o",
            target.toString(),
            "--threads",
            "2"
        };
        Stage.Run run = stage.run(command);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).startsWith("2 files done, 1 failed, in ");
        assertThat(run.err()).contains("3 of 3 files").contains("failed: " + root.resolve("songs/broken.mid") + ": ");
        assertThat(target.resolve("a.mid")).hasSameBinaryContentAs(in);
        assertThat(target.resolve("deep/b.MID")).hasSameBinaryContentAs(in);

        // What lies in the target is not a source, and nothing is replaced unasked.
        Stage.Run again = stage.run(command);
        assertThat(again.out()).startsWith("0 files done, 3 failed, in ");
        assertThat(again.err()).contains("is already there; --force replaces it");
    }

    @Test
    void shouldEndWithTwoOnAFolderWithoutMusic() throws IOException {
        Path empty = Files.createDirectory(root.resolve("empty"));
        Stage.Run run = stage.run("transfer", empty.toString(), "--preset", "my-jazz", "-o", out);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("idiom: there is no MIDI file (.mid, .midi, .kar, .rmi) in " + empty);
    }
}

package idiom.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import idiom.engine.midi.MetaMessage;
import idiom.engine.midi.MidiFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RecordCommandTest {
    @TempDir
    private Path root;

    private Stage stage;
    private Path target;

    @BeforeEach
    void setStage() throws IOException {
        stage = new Stage(root).withIdentity();
        stage.playOctaves();
        target = root.resolve("take.mid");
    }

    private Stage.Run record(Path file, String... more) {
        List<String> all =
                new ArrayList<>(List.of("record", "--preset", "my-jazz", "--backend", "loopback", file.toString()));
        all.addAll(List.of(more));
        return stage.run(all.toArray(String[]::new));
    }

    private Stage.Run recordAndQuit(String... more) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("q\n".getBytes(StandardCharsets.US_ASCII)));
        try {
            return record(target, more);
        } finally {
            System.setIn(before);
        }
    }

    private static List<String> names(MidiFile file) {
        return file.tracks().stream()
                .map(track -> ((MetaMessage) track.events().get(0).message()).text())
                .toList();
    }

    private List<String> filesThere() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void shouldWriteAFileWhenTheSessionEnds() throws IOException {
        Stage.Run run = recordAndQuit();

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("loopback: to Jazz").contains("recorded 0 messages in, 0 out: " + target);
        MidiFile file = MidiFile.read(target);
        assertThat(names(file)).containsExactly("Idiom", "in", "out");
        assertThat(file.tracks().get(0).events())
                .anyMatch(event -> event.message() instanceof MetaMessage meta
                        && meta.type() == MetaMessage.MARKER
                        && meta.text().equals("preset my-jazz"));
        assertThat(filesThere()).containsExactly("take.mid");
    }

    @Test
    void shouldReplaceAFileOnlyIfToldTo() throws IOException {
        Files.writeString(target, "mine");

        Stage.Run refused = record(target);

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("idiom: " + target + " is already there; --force replaces it\n");
        assertThat(target).hasContent("mine");
        assertThat(recordAndQuit("--force").exit()).isZero();
        assertThat(names(MidiFile.read(target))).hasSize(3);
        assertThat(filesThere()).containsExactly("take.mid");
    }

    @Test
    void shouldSayBeforeTheSessionStartsWhereItCannotRecord() throws IOException {
        assertThat(record(root.resolve("none/take.mid")).err())
                .isEqualTo("idiom: there is no folder " + root.resolve("none") + " to record to\n");
        assertThat(record(root).err())
                .isEqualTo("idiom: " + root + " is a folder; a recording needs a file: " + root.resolve("take.mid")
                        + "\n");
        Stage.Run nowhere = record(target, "--in", "Keystation");
        assertThat(nowhere.exit()).isEqualTo(1);
        assertThat(nowhere.err()).contains("loopback has no ports to connect to");
        assertThat(filesThere()).isEmpty();
    }

    @Test
    void shouldSayWhatIsWrongWithTheWish() {
        assertThat(stage.run("record", "--to", "jazz").exit()).isEqualTo(2);
        Stage.Run nothing = stage.run("record", target.toString());
        assertThat(nothing.exit()).isEqualTo(2);
        assertThat(nothing.err()).startsWith("idiom: say where it shall go: --to jazz");
    }

    @Test
    void shouldHaveNothingToRecover() throws IOException {
        Stage.Run run = stage.run("record", "--recover", target.toString());

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("nothing was left of a recording of that name: " + target + "\n");
        Path journal = Files.writeString(root.resolve("take.mid.journal"), "not a journal at all");
        Stage.Run broken = stage.run("record", "--recover", target.toString());
        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.err())
                .isEqualTo("idiom: " + journal + " is no journal of a recording: it must begin with IDIOMJ01\n");
        assertThat(journal).exists();
    }

    /** A program of its own, ended politely: as with Ctrl-C, the file is there when it has gone. */
    @Test
    void shouldWriteTheFileWhenTheProgramIsEnded() throws Exception {
        assumeTrue(
                ProcessHandle.current().supportsNormalTermination(),
                "needs device: a system that can end a program politely");
        Path err = root.resolve("err.txt");
        Path journal = root.resolve("take.mid.journal");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "idiom.app.Idiom",
                "record",
                "--preset",
                "my-jazz",
                "--backend",
                "loopback",
                "--plain",
                target.toString());
        builder.environment()
                .putAll(Map.of("XDG_CONFIG_HOME", root.resolve("config").toString()));
        builder.environment()
                .putAll(Map.of("XDG_CACHE_HOME", root.resolve("cache").toString()));
        Stage.preset(
                root.resolve("config/idiom/presets"),
                "my-jazz",
                "classic",
                "jazz",
                Stage.identity("windows", "probabilities", 84));
        Process process =
                builder.redirectErrorStream(true).redirectOutput(err.toFile()).start();
        try {
            while (process.isAlive() && !(Files.exists(journal) && Files.size(journal) > 100)) {
                LockSupport.parkNanos(20_000_000);
            }
            // Somebody else may not record under that name meanwhile.
            assertThat(record(target).err())
                    .isEqualTo("idiom: " + journal
                            + " is being written to: another session is being recorded under that name\n");
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(err)).contains("recorded 0 messages in, 0 out: " + target);
        assertThat(names(MidiFile.read(target))).containsExactly("Idiom", "in", "out");
        assertThat(journal).doesNotExist();
    }
}

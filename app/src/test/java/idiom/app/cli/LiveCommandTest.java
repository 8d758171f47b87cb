package idiom.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.presets.Controls;
import idiom.presets.ControlsFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LiveCommandTest {
    @TempDir
    private Path root;

    private Stage stage;

    @BeforeEach
    void setStage() throws IOException {
        stage = new Stage(root).withIdentity();
        stage.playOctaves();
    }

    private Stage.Run live(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "live";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return stage.run(all);
    }

    @Test
    void shouldSayWhatIsWrongWithTheWish() {
        assertThat(live().exit()).isEqualTo(2);
        assertThat(live().err()).startsWith("idiom: say where it shall go: --to jazz");
        assertThat(live("--to", "jazz", "--all").exit()).isEqualTo(2);
        assertThat(live("--to", "jazz", "--bpm", "5").err())
                .startsWith("idiom: --bpm must be from 20 to 400: --bpm=5.0");
        assertThat(live("--to", "jazz", "--mode", "waltz").exit()).isEqualTo(2);
        assertThat(live("--to", "jazz", "--sync", "moon").exit()).isEqualTo(2);
    }

    @Test
    void shouldSayWhatThereIsNot() {
        Stage.Run backend = live("--to", "jazz", "--backend", "telepathy");
        assertThat(backend.exit()).isEqualTo(1);
        assertThat(backend.err())
                .startsWith(
                        "idiom: there is no back-end of that name: telepathy; there are jack, alsa, coremidi, javasound,"
                                + " plugin, loopback");
        Stage.Run plugin = live("--to", "jazz", "--backend", "plugin", "--in", "Ardour");
        assertThat(plugin.exit()).isEqualTo(1);
        assertThat(plugin.err()).startsWith("idiom: plugins are answered by 'idiom engine'");
        Stage.Run genre = live("--to", "polka", "--backend", "loopback");
        assertThat(genre.exit()).isEqualTo(1);
        assertThat(genre.err()).contains("there is no preset to polka: --to must be one of ");
        Stage.Run port = live("--to", "jazz", "--backend", "loopback", "--in", "Keystation");
        assertThat(port.exit()).isEqualTo(1);
        assertThat(port.err()).contains("loopback has no ports to connect to");
    }

    @Test
    void shouldShowAndForgetLearntControls() throws IOException {
        ControlsFile.write(
                new Controls(OptionalInt.of(20), OptionalInt.empty(), OptionalInt.of(22), OptionalInt.empty()),
                stage.folders);
        assertThat(stage.run("learn", "--show").out().lines())
                .containsExactly(
                        "mix: CC 20", "threshold: as the preset says", "bypass: CC 22", "tap: as the preset says");
        assertThat(stage.run("learn", "--forget", "mix").exit()).isZero();
        assertThat(ControlsFile.read(stage.folders).mix()).isEmpty();
        assertThat(ControlsFile.read(stage.folders).bypass()).hasValue(22);
        assertThat(stage.run("learn", "--patience", "0").exit()).isEqualTo(2);
        assertThat(stage.run("learn", "volume").exit()).isEqualTo(2);
        Stage.Run nobody = stage.run("learn", "mix", "--backend", "loopback", "--patience", "1");
        assertThat(nobody.exit()).isEqualTo(1);
        assertThat(nobody.err()).contains("nothing was moved for 1 s: is the controller connected?");
    }

    @Test
    void shouldPlayUntilToldToQuit() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("!\nq\n".getBytes(StandardCharsets.US_ASCII)));
        try {
            Stage.Run run = live("--preset", "my-jazz", "--backend", "loopback", "--json", "--mode", "follow");

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.err()).contains("to Jazz");
            assertThat(run.out())
                    .startsWith("{\"event\":\"ports-open\",\"ms\":")
                    .contains("\n{\"event\":\"ready\",\"ms\":")
                    .contains("\n{\"device\":\"to Jazz\",\"bar\":1,")
                    .contains(",\"latency_p50_ms\":0.000,\"latency_p99_ms\":0.000,\"latency_max_ms\":0.000,")
                    .contains("\"preset\":\"my-jazz\"");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void shouldNameEverySystemOfPorts() {
        Stage.Run run = stage.run("ports");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("jack", "alsa", "coremidi", "javasound:", "plugin:", "loopback: no ports of others");
    }
}

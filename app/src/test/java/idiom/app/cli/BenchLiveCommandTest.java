package idiom.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over the loopback. No assertion is about how long anything takes. */
@Timeout(120)
class BenchLiveCommandTest {
    @TempDir
    private Path root;

    private Stage stage;

    @BeforeEach
    void setStage() throws IOException {
        stage = new Stage(root).withIdentity();
    }

    private Stage.Run bench(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "bench";
        all[1] = "live";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return stage.run(all);
    }

    @Test
    void shouldGetEverythingBackFromTheIdentity() throws IOException {
        Path csv = root.resolve("times.csv");
        Stage.Run run = bench(
                "--backend",
                "loopback",
                "--preset",
                "my-jazz",
                "--identity",
                "--hop",
                "step",
                "--bpm",
                "400",
                "--messages",
                "40",
                "--gap",
                "5",
                "--load",
                "1",
                "--json",
                "--out",
                csv.toString());

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("{\"ports\":\"loopback: idiom bench ")
                .contains("\"mode\":\"follow\",\"hop\":1,\"network\":\"identity\",\"bpm\":400.0,\"seed\":1,"
                        + "\"busyProcesses\":1,\"thru\":false,\"realtime\":false,\"delayMs\":37.5,\"leadMs\":0.0,")
                .contains("\"lost\":0,\"doubled\":0,")
                .contains("\"changed\":0,\"added\":0,\"dropped\":0,\"playedLate\":0,\"missedPeriods\":0,\"windows\":")
                .contains("\"exactShare\":")
                .contains("\"punctualShare\":")
                .contains("\"intervals\":{\"sentToSeen\":{\"count\":")
                .contains("\"seenToReceived\":{")
                .contains("\"sentToReceived\":{")
                .contains("\"handedOverEarly\":{")
                .contains("\"allocatedBytes\":{\"inference\":")
                .doesNotContain("\"comparison\"");
        int sent = Integer.parseInt(run.out().replaceAll("(?s).*\"messages\":\\{\"sent\":(\\d+),.*", "$1"));
        assertThat(sent).isBetween(540, 550);
        assertThat(run.out()).contains("\"sent\":" + sent + ",\"seen\":" + sent + ",\"received\":" + sent + ",");
        assertThat(Files.readAllLines(csv))
                .hasSize(sent + 1)
                .startsWith("status,data1,data2,sent,stamp,seen,handed,due,received")
                .allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(9));
        assertThat(bench("--messages", "40", "--out", csv.toString()).err())
                .startsWith("idiom: " + csv + " is there already; --force overwrites it");
    }

    @Test
    void shouldCompareTheNetworkWithBareCalls() {
        Stage.Run run = bench(
                "--backend",
                "loopback",
                "--preset",
                "my-jazz",
                "--mode",
                "instant",
                "--messages",
                "10",
                "--gap",
                "5",
                "--windows",
                "2");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("loopback: idiom bench ")
                .contains("instant, my-jazz, 120.0 bpm, seed 1, 0 busy processes, no realtime")
                .contains("lost 0, doubled 0,")
                .contains("key to answer")
                .containsPattern("network in the session \\d+\\.\\d{3} ms, bare \\d+\\.\\d{3} ms, ratio \\d+\\.\\d{3}"
                        + " \\(p50 of 2 windows\\)")
                .doesNotContain("exact ");
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThat(bench("--messages", "0").err())
                .startsWith("idiom: --messages must be from 1 to 50000: --messages=0");
        assertThat(bench("--gap", "0.5").err()).startsWith("idiom: --gap must be from 1 to 10000: --gap=0.5");
        assertThat(bench("--bpm", "500").err()).startsWith("idiom: --bpm must be from 20 to 400: --bpm=500");
        assertThat(bench("--load", "-1").err()).startsWith("idiom: --load must be from 0 to 256: --load=-1");
        assertThat(bench("--windows", "-1").err())
                .startsWith("idiom: --windows must be from 0 to 100000: --windows=-1");
        assertThat(bench("--mode", "waltz").exit()).isEqualTo(2);
        assertThat(bench("--messages", "0").exit()).isEqualTo(2);
        assertThat(bench("--backend", "telepathy").err())
                .startsWith("idiom: there is no back-end of that name: telepathy");
        assertThat(bench("--preset", "nobody").exit()).isEqualTo(1);
    }
}

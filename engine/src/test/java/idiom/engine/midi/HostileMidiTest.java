package idiom.engine.midi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileMidiTest {
    @Test
    void shouldReadOrRefuseEveryMutation() throws IOException, InterruptedException {
        int count = Integer.getInteger("idiom.mutations", 3000);

        HostileMidi.Outcome outcome = HostileMidi.run(HostileMidi.originals(10), 2, count);

        assertThat(outcome.read() + outcome.refused()).isEqualTo(count);
        // Both ends are really reached.
        assertThat(outcome.read()).isGreaterThan(count / 10);
        assertThat(outcome.refused()).isGreaterThan(count / 10);
    }

    @Test
    void shouldReadOrRefuseTheLargestFilesIn256MegabytesOfHeap(@TempDir Path folder)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeMidi.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        // The million-and-first event: 22 bytes of headers, 4 of the first note, 999,999 events of 3 bytes. The track
        // too many: 14 bytes of header, 65,535 tracks of 12.
        assertThat(output.lines())
                .containsExactly(
                        "one packet: 2 events, 0 notes",
                        "texts: 1000000 events, 0 notes",
                        "notes: 1000000 events, 500000 notes",
                        "too many notes: track 1 at byte 0x2dc6d7: the file has more than 1000000 events, the most that"
                                + " are read",
                        "tracks: 65535 events, 0 notes",
                        "too many tracks: file at byte 0xc0002: the file has more than 65535 tracks",
                        "too large: the file has more than 67108864 bytes, the most that are read");
        assertThat(process.exitValue()).isZero();
    }
}

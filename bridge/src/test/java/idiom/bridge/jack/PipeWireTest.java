package idiom.bridge.jack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PipeWire in JACK's place, as {@code pw-jack} arranges it, without a session, a bus and a sound card. */
@Timeout(180)
class PipeWireTest {
    @TempDir
    Path runtime;

    @Test
    void shouldPassEveryMessageOnceInOrderAndInItsFrame() throws Exception {
        Assumptions.assumeTrue(
                JackServer.isInstalled("pipewire") && JackServer.isInstalled("pw-jack"),
                "needs PipeWire: apt install pipewire pipewire-jack");
        Process pipewire = here("pipewire").start();
        try {
            JackServer.await("PipeWire answers", () -> Files.exists(runtime.resolve("pipewire-0")));
            File output = runtime.resolve("music.txt").toFile();
            Process music = here(
                            "pw-jack",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            PipeWireMusic.class.getName())
                    .redirectOutput(output)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!music.waitFor(150, TimeUnit.SECONDS)) {
                music.destroyForcibly();
            }
            List<String> passes = Files.readAllLines(output.toPath()).stream()
                    .filter(line -> line.startsWith("music:"))
                    .toList();
            // Also where some were lost, those that arrived are right.
            assertThat(passes).isNotEmpty().allMatch(line -> line.contains("ordered=true exact=true"));
            assertThat(passes.get(passes.size() - 1)).contains("complete=true").endsWith("failures=0");
        } finally {
            pipewire.destroy();
            pipewire.waitFor();
        }
    }

    private ProcessBuilder here(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(false)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("XDG_RUNTIME_DIR", runtime.toString());
        builder.environment().put("PIPEWIRE_RUNTIME_DIR", runtime.toString());
        builder.environment().put("PIPEWIRE_QUANTUM", "2048/48000");
        return builder;
    }
}

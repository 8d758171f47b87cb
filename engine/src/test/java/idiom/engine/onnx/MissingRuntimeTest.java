package idiom.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.generator.GeneratorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process has one ONNX Runtime, so a broken one needs a process of its own. */
class MissingRuntimeTest {
    @TempDir
    Path empty;

    @Test
    void shouldSayInOneLineThatTheNativeLibraryIsMissing() throws IOException, InterruptedException {
        assertThat(loadTwice("-Donnxruntime.native.path=" + empty, "-Djava.io.tmpdir=/nonexistent"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("ONNX Runtime must load on this system: os=" + System.getProperty("os.name")));
    }

    @Test
    void shouldStartOnAThreadWithLittleStack() throws IOException, InterruptedException {
        assertThat(loadTwice("-Xss512k")).containsExactly("loaded", "loaded");
    }

    /** What a process started with these options prints,. */
    private static List<String> loadTwice(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LoadTwice.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output.lines().toList();
    }

    /** Prints what two attempts end with. */
    static final class LoadTwice {
        private LoadTwice() {}

        public static void main(String[] args) {
            for (int i = 0; i < 2; i++) {
                try {
                    OnnxRuntimeGenerator.load("test", TestModels.identity(), InferenceOptions.defaults())
                            .close();
                    System.out.println("loaded");
                } catch (GeneratorException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }
}

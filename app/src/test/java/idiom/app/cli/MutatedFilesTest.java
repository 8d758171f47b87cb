package idiom.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.app.score.PreludeScore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutatedFilesTest {
    private static final int FILES = 300;

    @TempDir
    private Path root;

    /** Whatever a damaged file says, a transfer ends soon, in an output or in one line. */
    @Test
    void shouldEndInAFileOrOneLine() throws IOException {
        Stage stage = new Stage(root).withIdentity();
        stage.playOctaves();
        byte[] prelude = PreludeScore.bundled().toBytes();
        Random random = new Random(846);
        int done = 0;
        Path in = root.resolve("in.mid");
        Path out = root.resolve("out.mid");
        for (int i = 0; i < FILES; i++) {
            Files.write(in, mutated(prelude, random));
            long startNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Stage.Run run =
                    stage.run("transfer", in.toString(), "--preset", "my-jazz", "-o", out.toString(), "--force");
            // Of the processor, not of the clock: other work on the machine must not fail a test.
            assertThat(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - startNs)
                    .isLessThan(5_000_000_000L);
            if (run.exit() == 0) {
                done++;
                assertThat(run.err()).isEmpty();
            } else {
                assertThat(run.exit()).isEqualTo(1);
                assertThat(run.err()).startsWith("idiom: ");
                assertThat(run.err().lines()).as(run.err()).hasSize(1);
            }
        }
        assertThat(done).isBetween(FILES / 20, FILES - FILES / 20);
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
            int at = random.nextInt(random.nextBoolean() ? 64 : bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xFF);
                case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = random.nextInt(Math.min(200, bytes.length - Math.max(at, from)));
                    System.arraycopy(bytes.clone(), from, bytes, at, length);
                }
            }
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
}

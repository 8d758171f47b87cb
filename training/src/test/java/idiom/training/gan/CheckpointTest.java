package idiom.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    @TempDir
    private Path folder;

    private Path file;
    private byte[] whole;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("state.ck");
        Checkpoint.Writer out = new Checkpoint.Writer();
        out.put("step", 7);
        out.put("other", Long.MIN_VALUE);
        out.put("weights", new float[] {1.5f, -0f, Float.NaN, Float.MIN_VALUE});
        out.put("none", new float[0]);
        out.write(file);
        whole = Files.readAllBytes(file);
    }

    @Test
    void shouldComeBackBitForBit() throws IOException {
        Checkpoint read = Checkpoint.read(file);

        assertThat(read.number("step")).isEqualTo(7);
        assertThat(read.number("other")).isEqualTo(Long.MIN_VALUE);
        assertThat(read.get("weights")).isEqualTo(new float[] {1.5f, -0f, Float.NaN, Float.MIN_VALUE});
        assertThat(read.get("none")).isEmpty();
        assertThat(read.numbersStarting("o")).containsExactly("other");
    }

    @Test
    void shouldSayWhatIsNotThere() throws IOException {
        Checkpoint read = Checkpoint.read(file);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read.get("step"))
                .withMessage("checkpoint lacks step: was it made with another recipe?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read.number("weights"))
                .withMessage("checkpoint lacks weights: was it made with another recipe?");
    }

    @Test
    void shouldRefuseEveryTruncation() throws IOException {
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), "cut short");
        }
    }

    @Test
    void shouldRefuseAFlippedBitInEveryByte() throws IOException {
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= (byte) (1 << i % 8);
            assertRefused(changed, "");
        }
    }

    @Test
    void shouldRefuseOtherFiles() throws IOException {
        assertRefused(
                "# a text of more than eight bytes\n".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "not a checkpoint of idiom-train");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 28, 1 << 20})
    void shouldNotBelieveAClaimBeyondTheFile(int length) throws IOException {
        Path claim = folder.resolve("claim.ck");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(claim))) {
            out.writeLong(0x4944494F4D434B31L);
            out.writeInt(0);
            out.writeInt(1);
            out.writeUTF("weights");
            out.writeInt(length);
        }
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Checkpoint.read(claim))
                .withMessage(claim + ": checkpoint is damaged: length=" + length);
    }

    @Test
    void shouldKeepTheOldFileWhenWritingFails() throws IOException {
        Checkpoint.Writer out = new Checkpoint.Writer();
        out.put("x".repeat(70_000), 1);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> out.write(file));
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private void assertRefused(byte[] content, String reason) throws IOException {
        Path broken = folder.resolve("broken.ck");
        Files.write(broken, content);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Checkpoint.read(broken))
                .withMessageStartingWith(broken + ": ")
                .withMessageContaining(reason)
                .withMessageNotContaining("\n");
    }
}

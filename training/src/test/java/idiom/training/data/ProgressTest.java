package idiom.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void shouldSayHowLongTheRestTakes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long[] nowNs = {0};
        Progress progress = new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), () -> nowNs[0], "jazz", 4);
        for (long atNs : new long[] {100_000_000L, 2_000_000_000L, 2_100_000_000L, 4_000_000_000L}) {
            nowNs[0] = atNs;
            progress.step();
        }
        // 2 of 4 after 2 s: 2 s left. The first and the third come too soon after the last line.
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("jazz 2/4, 2 s left", "jazz 4/4, 4.0 s");
    }
}

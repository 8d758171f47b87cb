package idiom.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StolenTimeTest {
    @TempDir
    private Path folder;

    @Test
    void shouldSayTheShareSinceTheBeginning() throws Exception {
        Path counts = folder.resolve("stat");
        Files.writeString(counts, "cpu  100 20 30 400 5 0 6 10 7 8\ncpu0 1 2 3 4 5 6 7 8 9 10\n");
        StolenTime stolen = StolenTime.since(counts);
        // 100 more in all, 8 of them stolen; what guests had is in the first two.
        Files.writeString(counts, "cpu  150 20 40 430 5 0 8 18 99 99\ncpu0 1 2 3 4 5 6 7 8 9 10\n");

        assertThat(stolen.share()).hasValue(0.08);
    }

    @Test
    void shouldNotKnowWhereNobodyCounts() throws Exception {
        assertThat(StolenTime.since(folder.resolve("none")).share()).isEmpty();

        Path counts = Files.writeString(folder.resolve("stat"), "cpu  1 2 3 4\n");
        assertThat(StolenTime.since(counts).share()).isEmpty();
        Files.writeString(counts, "cpu  a b c d e f g h\n");
        assertThat(StolenTime.since(counts).share()).isEmpty();
    }
}

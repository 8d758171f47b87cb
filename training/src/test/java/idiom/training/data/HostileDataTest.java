package idiom.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileDataTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadOrRefuseEveryMutation() throws IOException, InterruptedException {
        int count = Integer.getInteger("idiom.mutations", 2000);

        HostileData.Outcome outcome = HostileData.run(folder, 2, count);

        assertThat(outcome.read() + outcome.refused()).isEqualTo(count);
        // The manifest knows the phrases' hashes: what is still read was broken in a table's texts or in a key nobody
        // reads.
        assertThat(outcome.read()).isGreaterThan(count / 100);
        assertThat(outcome.refused()).isGreaterThan(count / 2);
    }
}

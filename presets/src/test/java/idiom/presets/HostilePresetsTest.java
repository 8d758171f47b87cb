package idiom.presets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class HostilePresetsTest {
    @Test
    void shouldReadOrRefuseEveryMutation() throws IOException, InterruptedException {
        int count = Integer.getInteger("idiom.mutations", 3000);

        HostilePresets.Outcome outcome = HostilePresets.run(2, count);

        assertThat(outcome.read() + outcome.refused()).isEqualTo(count);
        // Some changes fall into comments and free texts; most do not.
        assertThat(outcome.read()).isGreaterThan(count / 50);
        assertThat(outcome.refused()).isGreaterThan(count / 10);
    }
}

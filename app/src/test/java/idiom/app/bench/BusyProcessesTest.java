package idiom.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BusyProcessesTest {
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs sh")
    void shouldRunUntilClosed() throws Exception {
        BusyProcesses busy = BusyProcesses.start(2);
        try {
            assertThat(busy.running()).isEqualTo(2);
        } finally {
            busy.close();
        }
        assertThat(busy.running()).isZero();
        try (BusyProcesses none = BusyProcesses.start(0)) {
            assertThat(none.running()).isZero();
        }
    }
}

package idiom.bridge.queue;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.live.TransportState;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TransportCellTest {
    private final TransportCell cell = new TransportCell();
    private final TransportState state = new TransportState();

    @Test
    void shouldBeUnknownUntilSaidAndAfterClearing() {
        state.set(true, 1, 1, 1);
        cell.read(state);
        assertThat(state.isKnown()).isFalse();
        cell.set(true, 48_000, 16.5, 8);
        cell.read(state);
        assertThat(state.isKnown()).isTrue();
        assertThat(state.isRolling()).isTrue();
        assertThat(state.time()).isEqualTo(48_000);
        assertThat(state.step()).isEqualTo(16.5);
        assertThat(state.stepsPerSecond()).isEqualTo(8);
        cell.clear();
        cell.read(state);
        assertThat(state.isKnown()).isFalse();
    }

    @Test
    @Timeout(60)
    void shouldNeverShowHalfAStatement() throws InterruptedException {
        AtomicBoolean ends = new AtomicBoolean();
        cell.set(false, 0, 0, 0);
        Thread writer = new Thread(() -> {
            for (int i = 0; !ends.get(); i++) {
                cell.set((i & 1) != 0, i, i * 2.0, i * 3.0);
            }
        });
        writer.start();
        try {
            for (int i = 0; i < 500_000; i++) {
                cell.read(state);
                long time = state.time();
                if (state.step() != time * 2.0
                        || state.stepsPerSecond() != time * 3.0
                        || state.isRolling() != ((time & 1) != 0)) {
                    throw new AssertionError("half a statement at " + time);
                }
            }
        } finally {
            ends.set(true);
            writer.join();
        }
    }
}

package idiom.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.app.live.ControlLearner.Control;
import idiom.bridge.BackendException;
import idiom.bridge.DeviceSpec;
import idiom.bridge.loopback.LoopbackBackend;
import idiom.bridge.loopback.LoopbackDevice;
import idiom.presets.Controls;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ControlLearnerTest {
    private static void move(LoopbackDevice device, int status, int number, int value) {
        device.play(device.now(), (byte) status, (byte) number, (byte) value);
    }

    private static OptionalInt listen(Set<Integer> taken, int seconds, int[]... moves)
            throws BackendException, InterruptedException {
        try (LoopbackBackend backend = new LoopbackBackend()) {
            LoopbackDevice device = backend.open(new DeviceSpec("Idiom learn", null, null));
            // Moved before anybody asked.
            move(device, 0xB0, 90, 1);
            move(device, 0xB0, 90, 2);
            Thread player = new Thread(() -> {
                try {
                    Thread.sleep(200);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                for (int[] message : moves) {
                    move(device, message[0], message[1], message[2]);
                }
            });
            player.start();
            OptionalInt found = ControlLearner.listen(device, taken, seconds);
            player.join();
            return found;
        }
    }

    @Test
    void shouldFindTheFirstThatIsMovedTwiceAndIsFree() throws Exception {
        assertThat(listen(
                        Set.of(7),
                        20,
                        new int[] {0x90, 33, 33},
                        new int[] {0xB0, 120, 0},
                        new int[] {0xB0, 120, 0},
                        new int[] {0xB0, 1, 5},
                        new int[] {0xB0, 7, 5},
                        new int[] {0xB3, 7, 6},
                        new int[] {0xB3, 21, 6},
                        new int[] {0xB3, 21, 7},
                        new int[] {0xB0, 1, 6}))
                .hasValue(21);
    }

    @Test
    void shouldGiveUpWhenNothingIsMoved() throws Exception {
        assertThat(listen(Set.of(), 1, new int[] {0xB0, 21, 6})).isEmpty();
    }

    @Test
    void shouldKeepAccountOfWhatIsTaken() {
        Controls one = ControlLearner.with(Controls.NONE, Control.BYPASS, OptionalInt.of(5));
        Controls two = ControlLearner.with(one, Control.MIX, OptionalInt.of(6));

        assertThat(ControlLearner.taken(two, Control.MIX)).containsExactly(5);
        assertThat(ControlLearner.without(two, List.of(Control.BYPASS)).bypass())
                .isEmpty();
        assertThat(ControlLearner.without(two, List.of(Control.values()))).isEqualTo(Controls.NONE);
    }
}

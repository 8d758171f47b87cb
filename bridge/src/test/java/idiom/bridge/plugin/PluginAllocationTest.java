package idiom.bridge.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import idiom.engine.live.MidiHandler;
import idiom.engine.live.Route;
import idiom.engine.live.TransportState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Once warm, the session's thread allocates nothing for a block on its way in and out. */
class PluginAllocationTest {
    private static final int ROUNDS = 20;
    private static final int BLOCKS = 100;

    @TempDir
    private Path folder;

    @Test
    void shouldAllocateNothingOnceWarm() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        PluginStandIn plugin = PluginStandIn.in(folder, 1);
        PluginDevice device = plugin.device();
        double[] heard = new double[2];
        device.onParameter((frame, parameter, value) -> {
            heard[0] += value;
            return true;
        });
        MidiHandler echo = (time, bytes, offset, length) -> {
            heard[1]++;
            device.send(time + 2048, bytes, offset, length);
        };
        TransportState where = new TransportState();
        long[] known = new long[8];
        long[] own = new long[2];
        long least = Long.MAX_VALUE;
        long frame = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long allocated = 0;
            for (int i = 0; i < BLOCKS; i++) {
                if (i % 10 == 0) {
                    plugin.jumps(frame, 0, i);
                } else {
                    plugin.rolls(frame);
                }
                plugin.midi(frame, 0x90, 60, 80).parameter(frame + 1, 3, 0.5).midi(frame + 2, 0x80, 60, 0);
                frame += 480;
                plugin.end(frame);
                long before = threads.getCurrentThreadAllocatedBytes();
                device.transport(where);
                device.receive(echo);
                device.route(frame, Route.REMEMBERED);
                device.settle(frame + 2 * device.leadTime());
                device.show(3, 0.5, 0, 0);
                device.showOwn(known, own, own);
                if (i % 20 == 0) {
                    device.takeBack();
                }
                device.receive(echo);
                allocated += threads.getCurrentThreadAllocatedBytes() - before;
                plugin.answers();
            }
            least = Math.min(least, allocated);
        }

        assertThat(heard).containsExactly(ROUNDS * BLOCKS * 0.5, ROUNDS * BLOCKS * 2);
        assertThat(least).as("bytes of %d blocks", BLOCKS).isZero();
    }
}

package idiom.bridge.jack;

import static idiom.bridge.jack.JackServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import idiom.bridge.DeviceSpec;
import idiom.engine.live.MidiHandler;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Once warm, neither libjack's thread nor the session's allocates anything for a message on its way in and out. */
@ExtendWith(JackRunning.class)
@Timeout(120)
class JackAllocationTest {
    private static final int ROUNDS = 8;
    private static final int MESSAGES = 200;

    @Test
    void shouldAllocateNothingOnceWarm() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (JackBackend backend = new JackBackend();
                JackPeer player = new JackPeer("player");
                JackPeer peer = new JackPeer("peer");
                JackDevice device = backend.open(new DeviceSpec("to Jazz", "player:out", "peer:in"))) {
            long process = threadNamed("jack-process to Jazz");
            long leastProcess = Long.MAX_VALUE;
            long leastSession = Long.MAX_VALUE;
            int heard = 0;
            MidiHandler echo = (time, bytes, offset, length) -> device.send(time + 2048, bytes, offset, length);
            for (int round = 0; round < ROUNDS; round++) {
                int left = MESSAGES;
                long processBefore = threads.getThreadAllocatedBytes(process);
                long start = player.start() + 4800;
                for (int i = 0; i < MESSAGES; i++) {
                    player.play(start + i * 50L, (byte) 0x90, (byte) (i % 100), (byte) 64);
                }
                long session = 0;
                while (left > 0) {
                    Thread.sleep(1);
                    long before = threads.getCurrentThreadAllocatedBytes();
                    left -= device.receive(echo);
                    session += threads.getCurrentThreadAllocatedBytes() - before;
                }
                heard += MESSAGES;
                int expected = heard;
                await("all is heard", () -> peer.heard.size() >= expected);
                leastSession = Math.min(leastSession, session);
                leastProcess = Math.min(leastProcess, threads.getThreadAllocatedBytes(process) - processBefore);
            }

            assertThat(leastProcess).as("bytes of libjack's thread").isZero();
            assertThat(leastSession).as("bytes of the session's thread").isZero();
            assertThat(device.jackCounts().failures()).isZero();
        }
    }

    private static long threadNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getId();
    }
}

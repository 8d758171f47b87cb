package idiom.bridge.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import idiom.bridge.DeviceSpec;
import idiom.engine.live.MidiHandler;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class LoopbackAllocationTest {
    @Test
    void shouldAllocateNothingOnceWarm() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (LoopbackBackend backend = new LoopbackBackend()) {
            LoopbackDevice device = backend.open(new DeviceSpec("to Jazz", null, null));
            byte[] note = {(byte) 0x90, 60, 64};
            MidiHandler echo = device::send;
            MidiHandler nobody = (time, bytes, offset, length) -> {};
            long least = Long.MAX_VALUE;
            int collected = 0;
            for (int round = 0; round < 10; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 1000; i++) {
                    device.play(device.now(), note, 0, note.length);
                    device.receive(echo);
                    collected += device.collect(nobody);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }

            assertThat(collected).isEqualTo(10_000);
            assertThat(least).as("bytes of 1000 messages").isZero();
        }
    }
}

package idiom.benchmarks;

import idiom.bridge.BackendException;
import idiom.bridge.DeviceSpec;
import idiom.bridge.loopback.LoopbackBackend;
import idiom.bridge.loopback.LoopbackDevice;
import idiom.engine.live.MidiHandler;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One message in and out again through a device without a system: midi-in and midi-out of the session's thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LoopbackBenchmark {
    private final byte[] note = {(byte) 0x90, 60, 64};
    private final LoopbackDevice device;
    private final MidiHandler back;
    private final MidiHandler nobody = (at, bytes, offset, length) -> {};
    private long time;

    public LoopbackBenchmark() {
        try {
            device = new LoopbackBackend(this::time, 1_000_000_000L).open(new DeviceSpec("benchmark", null, null));
        } catch (BackendException e) {
            throw new IllegalStateException(e);
        }
        back = device::send;
    }

    private long time() {
        return time;
    }

    @Benchmark
    public int echo() {
        time++;
        device.play(time, note, 0, note.length);
        device.receive(back);
        return device.collect(nobody);
    }
}

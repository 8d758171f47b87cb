package idiom.bridge.loopback;

import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** No system at all: devices whose other ends the calling program holds, on a clock of its choice. */
public final class LoopbackBackend implements Backend {
    private final LongSupplier clock;
    private final long clockRate;
    private final List<LoopbackDevice> devices = new ArrayList<>();

    /** On the JVM's clock, in nanoseconds. */
    public LoopbackBackend() {
        this(System::nanoTime, 1_000_000_000L);
    }

    /**
     * On a clock of the caller's.
     *
     * @param clock never goes backwards; must neither block nor allocate; asked from several threads
     * @param clockRate its units in a second
     */
    public LoopbackBackend(LongSupplier clock, long clockRate) {
        if (clockRate < 1) {
            throw new IllegalArgumentException("clockRate must be > 0: clockRate=" + clockRate);
        }
        this.clock = clock;
        this.clockRate = clockRate;
    }

    @Override
    public String name() {
        return "loopback";
    }

    @Override
    public Optional<String> problem() {
        return Optional.empty();
    }

    /** Others cannot connect to what is in this process. */
    @Override
    public boolean canBeDefault() {
        return false;
    }

    /** None: what could be connected is in the caller's hands. */
    @Override
    public List<Port> ports() {
        return List.of();
    }

    @Override
    public LoopbackDevice open(DeviceSpec spec) throws BackendException {
        String wanted = spec.from() != null ? spec.from() : spec.to();
        if (wanted != null) {
            throw new BackendException("loopback has no ports to connect to; leave the port away: port=" + wanted);
        }
        LoopbackDevice device = new LoopbackDevice(spec.name(), clock, clockRate);
        devices.add(device);
        return device;
    }

    @Override
    public void close() {
        devices.forEach(LoopbackDevice::close);
        devices.clear();
    }
}

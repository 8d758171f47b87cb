package idiom.bridge.javasound;

import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ports of javax.sound.midi: hardware, and loopbacks that somebody else made. One thread of its own, "javasound-watch", looks
 * after all devices; methods may come from any thread but those of javax.sound.midi.
 *
 * <p>The JDK looks for ports anew when it is asked and their number has changed; so a port that is pulled and plugged in again
 * between two looks is not noticed, and stays dumb until it is pulled for longer. On macOS it does not see what was plugged in
 * after the start.
 */
public final class JavaSoundBackend implements Backend {
    static final String NAME = "javasound";
    private static final Logger LOG = LoggerFactory.getLogger(JavaSoundBackend.class);

    /**
     * How things are done.
     *
     * @param leases who has which device open
     * @param reads whether a device's receivers have read a message when they return
     * @param bendsWrong whether a device tells pitch bend as a signed number cut to 14 bits, as the JDK does on Linux
     * @param isWindows whether sleep is rounded to milliseconds
     */
    record Ways(Leases leases, Predicate<MidiDevice> reads, Predicate<MidiDevice> bendsWrong, boolean isWindows) {}

    private final Ways ways;
    private final long intervalNs;
    private final List<JavaSoundDevice> devices = new ArrayList<>();
    private @Nullable Thread watch;
    private volatile boolean isClosed;

    /** Looks for what came and went twice a second. */
    public JavaSoundBackend() {
        this(TimeUnit.MILLISECONDS.toNanos(500), MidiPort::isTheJdks);
    }

    /**
     * [test]
     *
     * @param intervalNs how often to look for what came and went
     * @param reads whether a device's receivers have read a message when they return
     */
    JavaSoundBackend(long intervalNs, Predicate<MidiDevice> reads) {
        this.intervalNs = intervalNs;
        String system = System.getProperty("os.name", "");
        ways = new Ways(
                new Leases(),
                reads,
                device -> system.equals("Linux") && MidiPort.isTheJdks(device),
                system.startsWith("Windows"));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> problem() {
        try {
            MidiSystem.getMidiDeviceInfo();
            return Optional.empty();
        } catch (LinkageError | RuntimeException e) {
            return Optional.of("javax.sound.midi does not work in this Java: " + e);
        }
    }

    @Override
    public boolean makesPorts() {
        return false;
    }

    @Override
    public List<Port> ports() throws BackendException {
        return all().stream().map(MidiPort::port).toList();
    }

    private List<MidiPort> all() throws BackendException {
        Optional<String> problem = problem();
        if (problem.isPresent()) {
            throw new BackendException(problem.get());
        }
        return MidiPort.all();
    }

    @Override
    public synchronized JavaSoundDevice open(DeviceSpec spec) throws BackendException {
        if (isClosed) {
            throw new BackendException("javax.sound.midi: closed already: name=" + spec.name());
        }
        List<MidiPort> ports = all();
        JavaSoundDevice device = new JavaSoundDevice(this, spec, PortNames.of(spec, ports), ways);
        device.open(ports);
        devices.add(device);
        if (watch == null) {
            Thread thread = new Thread(this::watch, "javasound-watch");
            thread.setDaemon(true);
            thread.start();
            watch = thread;
        }
        return device;
    }

    private void watch() {
        while (!isClosed) {
            LockSupport.parkNanos(intervalNs);
            tend();
        }
    }

    /** Looks after everything once. */
    private synchronized void tend() {
        if (isClosed || devices.isEmpty()) {
            return;
        }
        try {
            MidiDevice.Info[] now = MidiSystem.getMidiDeviceInfo();
            devices.forEach(device -> device.tend(now));
        } catch (RuntimeException e) {
            LOG.debug("javax.sound.midi: {}", e.toString());
        }
    }

    synchronized void close(JavaSoundDevice device) {
        if (devices.remove(device)) {
            device.leaveForGood();
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        devices.forEach(JavaSoundDevice::leaveForGood);
        devices.clear();
        LockSupport.unpark(watch);
    }
}

package idiom.bridge.coremidi;

import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * CoreMIDI, the ports of macOS: those of other programs and of hardware, and virtual ones of our own. A thread of its own,
 * "coremidi-control", looks after connections when CoreMIDI says that something has changed, and once a second in any case.
 */
public final class CoreMidiBackend implements Backend {
    static final String NAME = "coremidi";
    private static final String CLIENT = "Idiom";
    private static final long SOON_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Frameworks.Loader loader;
    private final long intervalNs;
    private final List<CoreMidiDevice> devices = new ArrayList<>();
    private final Runnable wake = this::wake;
    private @Nullable Frameworks frameworks;
    private int client;
    private volatile @Nullable Thread control;
    private volatile boolean isClosed;

    /** On macOS's own frameworks. */
    public CoreMidiBackend() {
        this(Frameworks::apple, TimeUnit.SECONDS.toNanos(1));
    }

    /** @param intervalNs how often to look for partners that nobody announced */
    CoreMidiBackend(Frameworks.Loader loader, long intervalNs) {
        this.loader = loader;
        this.intervalNs = intervalNs;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public synchronized Optional<String> problem() {
        try {
            start();
            return Optional.empty();
        } catch (BackendException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public synchronized List<Port> ports() throws BackendException {
        Frameworks loaded = start();
        List<Port> result = new ArrayList<>();
        for (Port.Direction direction : Port.Direction.values()) {
            Endpoint.list(loaded.properties(), direction, this::isOurs)
                    .forEach(endpoint -> result.add(endpoint.port()));
        }
        return List.copyOf(result);
    }

    @Override
    public synchronized CoreMidiDevice open(DeviceSpec spec) throws BackendException {
        Frameworks loaded = start();
        CoreMidiDevice device = new CoreMidiDevice(loaded, client, spec, this::isOurs, this::close);
        devices.add(device);
        if (control == null) {
            Thread thread = new Thread(this::control, "coremidi-control");
            thread.setDaemon(true);
            control = thread;
            loaded.notifications().add(wake);
            thread.start();
        }
        return device;
    }

    /** Becomes a client, if it isn't yet. */
    private Frameworks start() throws BackendException {
        if (isClosed) {
            throw new BackendException("CoreMIDI: closed already");
        }
        Frameworks loaded = frameworks;
        if (loaded == null) {
            loaded = loader.load();
            client = loaded.notifications().createClient(CLIENT);
            frameworks = loaded;
        }
        return loaded;
    }

    private boolean isOurs(int endpoint) {
        return devices.stream().anyMatch(device -> device.owns(endpoint));
    }

    /** [coremidi-notify] */
    private void wake() {
        LockSupport.unpark(control);
    }

    private void control() {
        boolean isSoon = false;
        while (!isClosed) {
            LockSupport.parkNanos(isSoon ? SOON_NS : intervalNs);
            isSoon = tend();
        }
    }

    private synchronized boolean tend() {
        boolean isSoon = false;
        for (CoreMidiDevice device : devices) {
            isSoon |= device.tend();
        }
        return isSoon;
    }

    private synchronized void close(CoreMidiDevice device) {
        if (devices.remove(device)) {
            device.release();
        }
    }

    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        devices.forEach(CoreMidiDevice::release);
        devices.clear();
        Frameworks loaded = frameworks;
        if (loaded != null) {
            loaded.notifications().remove(wake);
            MidiServices.MIDIClientDispose(client);
        }
        wake();
    }
}

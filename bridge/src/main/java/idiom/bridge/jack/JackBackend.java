package idiom.bridge.jack;

import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jaudiolibs.jnajack.lowlevel.JackLibrary;
import org.jspecify.annotations.Nullable;

/**
 * JACK, or PipeWire in its place. Uses the server that {@code JACK_DEFAULT_SERVER} names, never starts one, and waits for one
 * that went away. One thread of its own, "jack-control", looks after all devices; methods may come from any thread but libjack's.
 */
public final class JackBackend implements Backend {
    static final String NAME = "jack";
    private static final String LISTING = "idiom-ports";
    private static final long GRACE_MS = 20;

    private final long intervalNs;
    private final List<JackDevice> devices = new ArrayList<>();
    private volatile @Nullable Thread control;
    private volatile boolean isClosed;

    /** Looks for lost servers and partners once a second. */
    public JackBackend() {
        this(TimeUnit.SECONDS.toNanos(1));
    }

    /** @param intervalNs how often to look for lost servers and partners */
    JackBackend(long intervalNs) {
        this.intervalNs = intervalNs;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public synchronized Optional<String> problem() {
        leaveGoneServer();
        if (anyClient() != null) {
            return Optional.empty();
        }
        try {
            NativeClient.open(Libjack.load(), LISTING).close();
            return Optional.empty();
        } catch (BackendException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public synchronized List<Port> ports() throws BackendException {
        leaveGoneServer();
        NativeClient client = anyClient();
        if (client != null) {
            return ports(client);
        }
        try (NativeClient opened = NativeClient.open(Libjack.load(), LISTING)) {
            return ports(opened);
        }
    }

    private List<Port> ports(NativeClient client) {
        List<Port> ports = new ArrayList<>(client.ports(NativeClient.IS_OUTPUT));
        ports.addAll(client.ports(NativeClient.IS_INPUT));
        ports.removeIf(port -> isOurs(port.name()));
        return List.copyOf(ports);
    }

    private boolean isOurs(String port) {
        return devices.stream()
                .map(JackDevice::client)
                .anyMatch(client -> client != null && port.startsWith(client.name() + ":"));
    }

    private @Nullable NativeClient anyClient() {
        for (JackDevice device : devices) {
            NativeClient client = device.client();
            if (client != null && !device.isServerGone()) {
                return client;
            }
        }
        return null;
    }

    @Override
    public synchronized JackDevice open(DeviceSpec spec) throws BackendException {
        if (isClosed) {
            throw new BackendException("JACK: closed already: name=" + spec.name());
        }
        leaveGoneServer();
        NativeClient client = NativeClient.open(Libjack.load(), spec.name());
        JackDevice device;
        try {
            device = new JackDevice(this, spec, client, this::wake);
        } catch (BackendException e) {
            client.close();
            throw e;
        }
        devices.add(device);
        if (control == null) {
            Thread thread = new Thread(this::control, "jack-control");
            thread.setDaemon(true);
            thread.start();
            control = thread;
        }
        return device;
    }

    /** The one port of {@code direction} that {@code part} means: of that name, else the first that has it in its name. */
    @Nullable
    String find(NativeClient client, Port.Direction direction, @Nullable String part) throws BackendException {
        if (part == null) {
            return null;
        }
        List<String> names = ports(client).stream()
                .filter(port -> port.direction() == direction)
                .map(Port::name)
                .filter(name -> !name.startsWith(client.name() + ":"))
                .collect(Collectors.toList());
        if (names.contains(part)) {
            return part;
        }
        String lower = part.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains(lower))
                .findFirst()
                .orElseThrow(() -> new BackendException(
                        "JACK has no MIDI " + direction.name().toLowerCase(Locale.ROOT)
                                + " port with that in its name: port=" + part + "; there are: "
                                + (names.isEmpty() ? "none" : String.join(", ", names))));
    }

    /** [libjack's thread] */
    private void wake() {
        LockSupport.unpark(control);
    }

    private void control() {
        while (!isClosed) {
            LockSupport.parkNanos(intervalNs);
            tend();
        }
    }

    /** Looks after everything once. */
    synchronized void tend() {
        if (isClosed) {
            return;
        }
        leaveGoneServer();
        for (JackDevice device : devices) {
            if (device.isWithoutClient()) {
                rejoin(device);
            } else {
                device.tend();
            }
        }
    }

    /**
     * libjack keeps what it shares with a server for as long as the process has any client of it, and frees clients of a server
     * that has gone when a new one is opened, whoever holds them. So all have to leave before any is opened.
     */
    private void leaveGoneServer() {
        if (devices.stream().noneMatch(JackDevice::isServerGone)) {
            return;
        }
        try {
            for (JackDevice device : devices) {
                device.awaitShutdown();
            }
            // For the process threads to come back from their last period, and for what the JVM does after the join.
            Thread.sleep(GRACE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        devices.forEach(JackDevice::leave);
    }

    private static void rejoin(JackDevice device) {
        try {
            JackLibrary jack = Libjack.load();
            device.rejoin(jack);
        } catch (BackendException e) {
            throw new IllegalStateException("libjack was there before", e);
        }
    }

    synchronized void close(JackDevice device) {
        leaveGoneServer();
        if (devices.remove(device)) {
            device.leaveForGood();
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        leaveGoneServer();
        devices.forEach(JackDevice::leaveForGood);
        devices.clear();
        wake();
    }
}

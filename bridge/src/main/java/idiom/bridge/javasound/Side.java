package idiom.bridge.javasound;

import idiom.bridge.BackendException;
import idiom.bridge.Port;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One side of a device: the port it listens to, or the one it plays to, which may go and come back. All but {@link #port} is
 * for one thread at a time: whoever opens the device, then the one that looks after it, then whoever closes it.
 *
 * @param <P> kind of port
 */
final class Side<P extends OpenPort> {
    private static final Logger LOG = LoggerFactory.getLogger(Side.class);
    /** How long closing waits for a driver. */
    private static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(1);

    /** Opens ports of one kind. */
    interface Opener<P> {
        P open(MidiDevice device) throws MidiUnavailableException;
    }

    private final String device;
    private final String wanted;
    private final Port.Direction direction;
    private final Opener<P> opener;
    private volatile @Nullable P port;
    private MidiDevice.@Nullable Info info;
    private String name = "";
    private @Nullable Thread releasing;

    /**
     * Not open yet.
     *
     * @param device name of the device, for the log
     * @param wanted name of the port, or part of it
     */
    Side(String device, String wanted, Port.Direction direction, Opener<P> opener) {
        this.device = device;
        this.wanted = wanted;
        this.direction = direction;
        this.opener = opener;
    }

    /** The port, if it is there. [any] */
    @Nullable
    P port() {
        return port;
    }

    /** Name of the port as it was found last. [any, once the device is open] */
    String name() {
        return name;
    }

    /** Whether it plays. [any] */
    boolean isOpen() {
        P current = port;
        return current != null && !current.hasFailed();
    }

    /** Finds and opens the port, or says in one line why not. [control] */
    void open(List<MidiPort> ports) throws BackendException {
        MidiPort found = choose(ports);
        if (found == null) {
            throw new BackendException("javax.sound.midi: no port to "
                    + (direction == Port.Direction.INPUT ? "listen" : "play") + " to has \"" + wanted
                    + "\" in its name: there are " + MidiPort.names(ports, direction));
        }
        try {
            open(found);
        } catch (MidiUnavailableException e) {
            throw new BackendException(
                    "javax.sound.midi: \"" + found.name() + "\" does not open (" + e.getMessage()
                            + "): another program may have it, so close it there",
                    e);
        }
    }

    private void open(MidiPort found) throws BackendException, MidiUnavailableException {
        port = opener.open(found.device());
        info = found.info();
        name = found.name();
    }

    /** The port of the same name as before if it is there, else the one of the wanted name, else the first with it in it. */
    private @Nullable MidiPort choose(List<MidiPort> ports) {
        for (String whole : List.of(name, wanted.strip())) {
            List<MidiPort> same = MidiPort.matching(ports, direction, whole::equalsIgnoreCase);
            if (!same.isEmpty()) {
                return same.get(0);
            }
        }
        List<MidiPort> similar = MidiPort.matching(ports, direction, candidate -> PortNames.matches(candidate, wanted));
        return similar.isEmpty() ? null : similar.get(0);
    }

    /**
     * Looks whether the port is still there; lets go of it if not. It is looked for from the next time on, so that everybody
     * sees that it was lost. [watch]
     *
     * @return whether it was let go
     */
    boolean letGoIfLost(MidiDevice.Info[] now) {
        P current = port;
        MidiDevice.Info known = info;
        if (current == null || known == null || (MidiPort.isListed(known, now) && !current.hasFailed())) {
            return false;
        }
        LOG.warn("{}: \"{}\" has gone; waiting for it", device, name);
        release(current);
        return true;
    }

    /** Opens it again if it is back; returns whether it did. [watch] */
    boolean reopenIfBack() {
        Thread before = releasing;
        if (port != null || (before != null && before.isAlive())) {
            return false;
        }
        MidiPort found = choose(MidiPort.all());
        if (found == null) {
            return false;
        }
        try {
            open(found);
        } catch (BackendException | MidiUnavailableException e) {
            LOG.debug("{}: \"{}\": {}", device, found.name(), e.getMessage());
            return false;
        }
        LOG.info("{}: \"{}\" is back", device, name);
        return true;
    }

    /** Lets go of it for good. [control] */
    void close() {
        P current = port;
        if (current != null) {
            release(current);
        }
        Thread thread = releasing;
        if (thread != null) {
            joinFor(thread, PATIENCE_MS);
        }
    }

    /** On a thread of its own: a driver may hang over a device that has gone, and others want to be looked after. */
    private void release(P current) {
        port = null;
        current.retire();
        Thread thread = new Thread(
                () -> {
                    try {
                        current.release();
                    } catch (RuntimeException e) {
                        LOG.debug("{}: \"{}\": {}", device, name, e.toString());
                    }
                },
                "javasound-close");
        thread.setDaemon(true);
        thread.start();
        releasing = thread;
    }

    /** Waits for a thread to end, not for ever and whoever interrupts. */
    static void joinFor(Thread thread, long patienceMs) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        boolean interrupted = false;
        for (long left = patienceMs; thread.isAlive() && left > 0; ) {
            try {
                thread.join(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package idiom.bridge.javasound;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiUnavailableException;

/**
 * Counts who uses a device of javax.sound.midi, of which there is one in a process: opened for the first, closed after the
 * last. [control]
 */
final class Leases {
    private static final class Lease {
        int users;
    }

    private final Map<MidiDevice, Lease> leases = Collections.synchronizedMap(new WeakHashMap<>());

    /** Opens it, if it isn't open. */
    void acquire(MidiDevice device) throws MidiUnavailableException {
        Lease lease = lease(device);
        synchronized (lease) {
            if (lease.users == 0 || !device.isOpen()) {
                device.open();
            }
            lease.users++;
        }
    }

    /** Closes it, if nobody else has it. */
    void release(MidiDevice device) {
        Lease lease = lease(device);
        synchronized (lease) {
            if (--lease.users == 0) {
                device.close();
            }
        }
    }

    private Lease lease(MidiDevice device) {
        return leases.computeIfAbsent(device, key -> new Lease());
    }
}

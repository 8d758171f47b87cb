package idiom.bridge.coremidi;

import idiom.bridge.BackendException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;
import java.util.zip.CRC32;

/** What CoreMIDI has of one device: a virtual source, a virtual destination, and a port each for listening and playing. [control] */
final class NativePorts implements AutoCloseable {
    private static final int ID_TRIES = 16;

    private final String name;
    private final Deque<Runnable> disposals = new ArrayDeque<>();
    private final int source;
    private final int destination;
    private final int inPort;
    private final int outPort;

    /**
     * Makes all of them, or none.
     *
     * @param destinationNumber by which the read proc knows what came to the virtual destination
     * @param portNumber by which it knows what came from a source that was connected
     */
    NativePorts(Frameworks frameworks, int client, String name, int destinationNumber, int portNumber)
            throws BackendException {
        this.name = name;
        MidiServices.ReadProc proc = frameworks.readProcs().proc();
        long uniqueId = frameworks.properties().uniqueId();
        try {
            source = create(
                    "virtual source",
                    MidiServices::MIDIEndpointDispose,
                    (text, out) -> MidiServices.MIDISourceCreate(client, text, out));
            destination = create(
                    "virtual destination",
                    MidiServices::MIDIEndpointDispose,
                    (text, out) -> MidiServices.MIDIDestinationCreate(client, text, proc, destinationNumber, out));
            inPort = create(
                    "input port",
                    MidiServices::MIDIPortDispose,
                    (text, out) -> MidiServices.MIDIInputPortCreate(client, text, proc, portNumber, out));
            outPort = create(
                    "output port",
                    MidiServices::MIDIPortDispose,
                    (text, out) -> MidiServices.MIDIOutputPortCreate(client, text, out));
        } catch (BackendException | RuntimeException e) {
            close();
            throw e;
        }
        identify(source, "source", uniqueId);
        identify(destination, "destination", uniqueId);
    }

    private interface Creation {
        int create(long name, int[] out);
    }

    private int create(String what, IntConsumer dispose, Creation creation) throws BackendException {
        int[] out = new int[1];
        Status.check(
                CoreFoundation.with(name, text -> creation.create(text, out)), "can't make the " + what + " " + name);
        disposals.push(() -> dispose.accept(out[0]));
        return out[0];
    }

    /**
     * Gives an endpoint the ID it had the last time, by which other programs remember it. If somebody has that, a second
     * device of this name for one, the next that is free; if there is none, it keeps what CoreMIDI gave it.
     */
    private void identify(int endpoint, String role, long property) {
        int first = stableId(name, role);
        for (int i = 0; i < ID_TRIES; i++) {
            int id = first + i;
            if (id != 0 && MidiServices.MIDIObjectSetIntegerProperty(endpoint, property, id) != Status.ID_NOT_UNIQUE) {
                return;
            }
        }
    }

    /** The same number for the same name, on every computer. */
    static int stableId(String name, String role) {
        CRC32 crc = new CRC32();
        crc.update(("Idiom " + role + " " + name).getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    int source() {
        return source;
    }

    int destination() {
        return destination;
    }

    int inPort() {
        return inPort;
    }

    int outPort() {
        return outPort;
    }

    /** Disposes of all of them, the last made first. */
    @Override
    public void close() {
        disposals.forEach(Runnable::run);
        disposals.clear();
    }
}

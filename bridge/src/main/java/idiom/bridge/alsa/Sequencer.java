package idiom.bridge.alsa;

import static java.nio.ByteOrder.nativeOrder;

import idiom.bridge.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A client of the sequencer: the handle of libasound, and what takes more than one call. */
final class Sequencer implements AutoCloseable {
    /** How often in a second the queue looks what is due; the kernel's limit is 6250. */
    private static final int QUEUE_HERTZ = 4000;
    /** The most that the kernel keeps for a client in either direction, in events; longer data takes several. */
    private static final int POOL_EVENTS = 2000;

    private static final Path TIMERS = Path.of("/proc/asound/timers");
    /** Of the timer that counts nanoseconds, in the kernel's list. */
    private static final String FINE_TIMER = "G" + Asound.TIMER_GLOBAL_HRTIMER + ":";

    private final long handle;
    // Fields, so that the memory lives as long as the client: an address alone keeps nothing from being collected.
    private final UnsafeBuffer clientInfo = memory(Asound.snd_seq_client_info_sizeof());
    private final UnsafeBuffer portInfo = memory(Asound.snd_seq_port_info_sizeof());
    private final UnsafeBuffer timer = memory(Asound.snd_seq_queue_timer_sizeof());
    private final UnsafeBuffer timerId = memory(Asound.snd_timer_id_sizeof());
    private final UnsafeBuffer queueStatus = memory(Asound.snd_seq_queue_status_sizeof());
    private final UnsafeBuffer realTime = new UnsafeBuffer(0, 0);

    private Sequencer(long handle) {
        this.handle = handle;
    }

    /** Becomes a client. */
    static Sequencer open(String name) throws BackendException {
        UnsafeBuffer address = memory(Long.BYTES);
        int opened = Asound.snd_seq_open(address.addressOffset(), "default", Asound.OPEN_DUPLEX, Asound.NONBLOCK);
        check(opened, "can't open the sequencer");
        Sequencer result = new Sequencer(address.getLong(0, nativeOrder()));
        try {
            check(Asound.snd_seq_set_client_name(result.handle, name), "can't take the name " + name);
            return result;
        } catch (BackendException e) {
            result.close();
            throw e;
        }
    }

    /** Zeroed memory outside the heap, at an address of 16. */
    static UnsafeBuffer memory(long bytes) {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(Math.toIntExact(bytes), 16));
    }

    static void check(int result, String what) throws BackendException {
        if (result < 0) {
            throw new BackendException("ALSA: " + what + ": " + Asound.snd_strerror(result));
        }
    }

    long handle() {
        return handle;
    }

    int client() {
        return Asound.snd_seq_client_id(handle);
    }

    /** Makes room for long SysEx and for many notes at once. */
    void enlargePools() throws BackendException {
        check(Asound.snd_seq_set_client_pool_input(handle, POOL_EVENTS), "can't have room for input");
        check(Asound.snd_seq_set_client_pool_output(handle, POOL_EVENTS), "can't have room for output");
        check(
                Asound.snd_seq_set_input_buffer_size(handle, 2L * POOL_EVENTS * SeqEvent.SIZE),
                "can't have a buffer for input");
    }

    /** Makes a port that music goes to and comes from; what comes in is stamped with the queue's time. */
    int createPort(String name, int queue) throws BackendException {
        long address = portInfo(
                name,
                Asound.CAN_READ
                        | Asound.CAN_SUBSCRIBE_READ
                        | Asound.CAN_WRITE
                        | Asound.CAN_SUBSCRIBE_WRITE
                        | Asound.CAN_DUPLEX);
        Asound.snd_seq_port_info_set_type(
                address, Asound.TYPE_MIDI_GENERIC | Asound.TYPE_SOFTWARE | Asound.TYPE_PORT | Asound.TYPE_APPLICATION);
        Asound.snd_seq_port_info_set_timestamping(address, 1);
        Asound.snd_seq_port_info_set_timestamp_real(address, 1);
        Asound.snd_seq_port_info_set_timestamp_queue(address, queue);
        return create(address, name);
    }

    /** Makes a port that nobody sees, to be told there who comes and goes. */
    int createAnnouncePort() throws BackendException {
        int port = create(portInfo("announce", Asound.CAN_WRITE | Asound.NO_EXPORT), "announce");
        check(
                Asound.snd_seq_connect_from(handle, port, Asound.SYSTEM_CLIENT, Asound.SYSTEM_ANNOUNCE),
                "can't listen to announcements");
        return port;
    }

    private long portInfo(String name, int capability) {
        portInfo.setMemory(0, portInfo.capacity(), (byte) 0);
        long address = portInfo.addressOffset();
        Asound.snd_seq_port_info_set_name(address, name);
        Asound.snd_seq_port_info_set_capability(address, capability);
        Asound.snd_seq_port_info_set_midi_channels(address, 16);
        return address;
    }

    private int create(long info, String name) throws BackendException {
        check(Asound.snd_seq_create_port(handle, info), "can't make the port " + name);
        return Asound.snd_seq_port_info_get_port(info);
    }

    /** Starts a queue on the finest timer there is; its clock runs from 0. */
    int startQueue() throws BackendException {
        int queue = Asound.snd_seq_alloc_queue(handle);
        check(queue, "no queue is free");
        long id = timerId.addressOffset();
        Asound.snd_timer_id_set_class(id, Asound.TIMER_CLASS_GLOBAL);
        Asound.snd_timer_id_set_sclass(id, 0);
        Asound.snd_timer_id_set_card(id, -1);
        Asound.snd_timer_id_set_device(id, Asound.TIMER_GLOBAL_HRTIMER);
        Asound.snd_timer_id_set_subdevice(id, 0);
        check(Asound.snd_seq_get_queue_timer(handle, queue, timer.addressOffset()), "the queue has no timer");
        Asound.snd_seq_queue_timer_set_id(timer.addressOffset(), id);
        Asound.snd_seq_queue_timer_set_resolution(timer.addressOffset(), QUEUE_HERTZ);
        // Where the kernel has no such timer, the queue keeps the one that it had.
        Asound.snd_seq_set_queue_timer(handle, queue, timer.addressOffset());
        check(Asound.snd_seq_control_queue(handle, queue, SeqEvent.START, 0, 0), "the queue does not start");
        check(Asound.snd_seq_drain_output(handle), "the queue does not start");
        return queue;
    }

    /** How far apart the queue's looks are, in nanoseconds, if it has the timer that was asked for. */
    static long queuePeriodNs() {
        return 1_000_000_000L / QUEUE_HERTZ;
    }

    /** Whether the kernel has the timer that was asked for. Starting a queue may have loaded it. */
    static boolean hasFineTimer() {
        try {
            return Files.readAllLines(TIMERS).stream().anyMatch(line -> line.startsWith(FINE_TIMER));
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks for a queue's time, in nanoseconds since it started. For one thread at a time. */
    long queueTime(int queue) {
        Asound.snd_seq_get_queue_status(handle, queue, queueStatus.addressOffset());
        realTime.wrap(Asound.snd_seq_queue_status_get_real_time(queueStatus.addressOffset()), 2 * Integer.BYTES);
        return time(realTime, 0);
    }

    /** Reads a {@code snd_seq_real_time_t}, in nanoseconds. */
    static long time(DirectBuffer buffer, int offset) {
        long seconds = Integer.toUnsignedLong(buffer.getInt(offset, nativeOrder()));
        return seconds * 1_000_000_000L + buffer.getInt(offset + Integer.BYTES, nativeOrder());
    }

    /**
     * All ports that can be connected to, in the order of their numbers.
     *
     * @param leftOut clients whose ports are not told
     */
    List<SeqPort> ports(IntPredicate leftOut) {
        List<SeqPort> result = new ArrayList<>();
        long info = clientInfo.addressOffset();
        Asound.snd_seq_client_info_set_client(info, -1);
        while (Asound.snd_seq_query_next_client(handle, info) >= 0) {
            int number = Asound.snd_seq_client_info_get_client(info);
            if (number != Asound.SYSTEM_CLIENT && number != client() && !leftOut.test(number)) {
                addPorts(number, result);
            }
        }
        return SeqPort.withUniqueNames(result);
    }

    private void addPorts(int client, List<SeqPort> result) {
        String clientName = Asound.snd_seq_client_info_get_name(clientInfo.addressOffset());
        int card = Asound.snd_seq_client_info_get_card(clientInfo.addressOffset());
        long info = portInfo.addressOffset();
        Asound.snd_seq_port_info_set_client(info, client);
        Asound.snd_seq_port_info_set_port(info, -1);
        while (Asound.snd_seq_query_next_port(handle, info) >= 0) {
            int can = Asound.snd_seq_port_info_get_capability(info);
            boolean readable = has(can, Asound.CAN_READ | Asound.CAN_SUBSCRIBE_READ);
            boolean writable = has(can, Asound.CAN_WRITE | Asound.CAN_SUBSCRIBE_WRITE);
            if ((readable || writable) && !has(can, Asound.NO_EXPORT)) {
                result.add(new SeqPort(
                        client,
                        Asound.snd_seq_port_info_get_port(info),
                        SeqPort.nameOf(clientName, Asound.snd_seq_port_info_get_name(info)),
                        readable,
                        writable,
                        SeqPort.kindOf(Asound.snd_seq_port_info_get_type(info), card)));
            }
        }
    }

    private static boolean has(int capability, int bits) {
        return (capability & bits) == bits;
    }

    @Override
    public void close() {
        Asound.snd_seq_close(handle);
    }
}

package idiom.bridge.alsa;

import static java.nio.ByteOrder.nativeOrder;

import idiom.bridge.BackendException;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import idiom.bridge.queue.InputRing;
import idiom.engine.live.Joining;
import idiom.engine.live.MidiHandler;
import idiom.engine.live.TransportState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of the sequencer with one port of the same name, for both directions, and a queue for time. A thread of its own
 * reads what comes in, and who comes and goes; what goes out is written by the session's thread straight into the kernel,
 * which keeps it until it is due.
 */
final class AlsaDevice implements Device {
    private static final Logger LOG = LoggerFactory.getLogger(AlsaDevice.class);

    /** Several looks of the queue, and time to get into the kernel. */
    private static final long LEAD_TIME_NS = 1_000_000;

    private static final long COARSE_LEAD_TIME_NS = 8_000_000;
    /** Without the fine timer: that of kernels with 250 ticks a second, the usual ones. */
    private static final long COARSE_PERIOD_NS = 4_000_000;
    /** How long closing may have to wait for the thread that reads. */
    private static final int WAIT_MS = 100;
    /** How often clocks are compared and partners sought that didn't announce themselves. */
    private static final long LOOK_EVERY_NS = 1_000_000_000;

    private final String name;
    private final Sequencer sequencer;
    private final int client;
    private final int queue;
    private final int port;
    private final int announcePort;
    private final boolean hasFineTimer;
    private final IntPredicate ours;
    private final QueueClock clock;
    private final List<Partner> partners = new ArrayList<>();

    private final InputRing ring = new InputRing();
    private final MidiHandler toRing = this::offer;
    private final EventDecoder decoder = new EventDecoder();
    private final UnsafeBuffer eventAddress = Sequencer.memory(Long.BYTES);
    private final UnsafeBuffer incoming = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer descriptors = Sequencer.memory(Poll.SIZE);
    private long lastTime;
    private int lastError;

    private final EventEncoder encoder = new EventEncoder();
    private final UnsafeBuffer outgoing = Sequencer.memory(SeqEvent.SIZE);

    // One writer each: the thread that reads has the first and the last, the session has the other.
    private final AtomicLong droppedIn = new AtomicLong();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong reconnects = new AtomicLong();

    private final Thread thread;
    private volatile State state = State.OPEN;
    private volatile boolean closing;
    /** Whether the session is in the library now, which must not be closed under it. */
    private volatile boolean sending;

    /**
     * Opens it and makes its connections.
     *
     * @param ours which clients are this process's own, never to be connected to
     */
    static AlsaDevice open(DeviceSpec spec, IntPredicate ours) throws BackendException {
        Sequencer sequencer = Sequencer.open(spec.name());
        try {
            AlsaDevice device = new AlsaDevice(spec, sequencer, ours);
            device.connectAll();
            device.thread.start();
            return device;
        } catch (BackendException | RuntimeException e) {
            sequencer.close();
            throw e;
        }
    }

    private AlsaDevice(DeviceSpec spec, Sequencer sequencer, IntPredicate ours) throws BackendException {
        this.name = spec.name();
        this.sequencer = sequencer;
        this.ours = ours;
        client = sequencer.client();
        sequencer.enlargePools();
        queue = sequencer.startQueue();
        hasFineTimer = Sequencer.hasFineTimer();
        clock = new QueueClock(System::nanoTime, () -> sequencer.queueTime(queue));
        port = sequencer.createPort(spec.name(), queue);
        announcePort = sequencer.createAnnouncePort();
        if (spec.from() != null) {
            partners.add(new Partner(spec.from(), Port.Direction.INPUT));
        }
        if (spec.to() != null) {
            partners.add(new Partner(spec.to(), Port.Direction.OUTPUT));
        }
        outgoing.putByte(SeqEvent.QUEUE, (byte) queue);
        outgoing.putByte(SeqEvent.SOURCE_PORT, (byte) port);
        outgoing.putByte(SeqEvent.DESTINATION_CLIENT, (byte) Asound.ADDRESS_SUBSCRIBERS);
        outgoing.putByte(SeqEvent.DESTINATION_PORT, (byte) Asound.ADDRESS_UNKNOWN);
        thread = new Thread(this::run, "idiom-alsa-in");
        thread.setDaemon(true);
    }

    /** Number of the client, by which others know it. */
    int client() {
        return client;
    }

    @Override
    public String description() {
        return "ALSA: " + name + ", client " + client + ", port " + port
                + (hasFineTimer ? ", high-resolution timer" : ", system timer (4 ms; modprobe snd-hrtimer for better)");
    }

    @Override
    public long clockRate() {
        return 1_000_000_000L;
    }

    @Override
    public long now() {
        return clock.now();
    }

    @Override
    public long leadTime() {
        return hasFineTimer ? LEAD_TIME_NS : COARSE_LEAD_TIME_NS;
    }

    @Override
    public int receive(MidiHandler handler) {
        return ring.drain(handler);
    }

    @Override
    public void transport(TransportState transport) {
        transport.clear();
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public Counts counts() {
        return new Counts(droppedIn.get(), late.get(), reconnects.get());
    }

    /**
     * {@inheritDoc}
     *
     * <p>What is no MIDI message, is longer than 32 KiB, or comes after closing is taken and goes nowhere.
     */
    @Override
    public boolean send(long due, byte[] bytes, int offset, int length) {
        sending = true;
        try {
            return closing || !encoder.encode(outgoing, bytes, offset, length) || write(Math.max(due, 0));
        } finally {
            sending = false;
        }
    }

    private boolean write(long due) {
        outgoing.putInt(SeqEvent.SECONDS, (int) (due / 1_000_000_000L), nativeOrder());
        outgoing.putInt(SeqEvent.NANOSECONDS, (int) (due % 1_000_000_000L), nativeOrder());
        if (Asound.snd_seq_event_output_direct(sequencer.handle(), outgoing.addressOffset()) == -Asound.EAGAIN) {
            return false;
        }
        if (due + periodNs() < clock.now()) {
            late.lazySet(late.get() + 1);
        }
        return true;
    }

    private long periodNs() {
        return hasFineTimer ? Sequencer.queuePeriodNs() : COARSE_PERIOD_NS;
    }

    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        while (sending) {
            Thread.onSpinWait();
        }
        Joining.await(thread);
        // The queue looks what is due once a period: what was due before this call gets its chance.
        LockSupport.parkNanos(2 * periodNs());
        sequencer.close();
        state = State.CLOSED;
    }

    /** Finds and connects all partners. [control, before the thread starts] */
    private void connectAll() throws BackendException {
        List<SeqPort> ports = sequencer.ports(ours);
        for (Partner partner : partners) {
            SeqPort there =
                    partner.choose(ports).orElseThrow(() -> new BackendException("ALSA: " + partner.missing(ports)));
            Sequencer.check(connect(partner, there), "can't connect " + name + " with " + there.name());
            partner.found(there);
        }
    }

    private int connect(Partner partner, SeqPort to) {
        return partner.direction() == Port.Direction.INPUT
                ? Asound.snd_seq_connect_from(sequencer.handle(), port, to.client(), to.port())
                : Asound.snd_seq_connect_to(sequencer.handle(), port, to.client(), to.port());
    }

    private void run() {
        Asound.snd_seq_poll_descriptors(sequencer.handle(), descriptors.addressOffset(), 1, Poll.IN);
        long looked = System.nanoTime();
        while (!closing) {
            Poll.poll(descriptors.addressOffset(), 1, WAIT_MS);
            readAll();
            if (System.nanoTime() - looked > LOOK_EVERY_NS) {
                clock.compare();
                seekPartners();
                looked = System.nanoTime();
            }
        }
    }

    /** Takes all events that are there. */
    private void readAll() {
        while (!closing) {
            int result = Asound.snd_seq_event_input(sequencer.handle(), eventAddress.addressOffset());
            if (result >= 0) {
                incoming.wrap(eventAddress.getLong(0, nativeOrder()), SeqEvent.SIZE);
                take();
            } else if (result == -Asound.ENOSPC) {
                // The kernel's room was full. What was lost may have told that a partner has gone.
                dropped(1);
                checkPartners();
            } else if (result == -Asound.EAGAIN) {
                return;
            } else {
                failed(result);
                return;
            }
        }
    }

    private void failed(int error) {
        if (error != lastError) {
            lastError = error;
            LOG.error("ALSA: {}: can't read: {}", name, Asound.snd_strerror(error));
        }
        LockSupport.parkNanos(WAIT_MS * 1_000_000L);
    }

    private void take() {
        if ((incoming.getByte(SeqEvent.DESTINATION_PORT) & 0xFF) == announcePort) {
            if (incoming.getByte(SeqEvent.SOURCE_CLIENT) == Asound.SYSTEM_CLIENT) {
                announced();
            }
        } else if ((incoming.getByte(SeqEvent.SOURCE_CLIENT) & 0xFF) != client) {
            // Its own output, connected with its own input, goes no further.
            dropped(decoder.decode(incoming, time(), toRing));
        }
    }

    /** The stamp of the event, never before the one before. */
    private long time() {
        boolean stamped = (incoming.getByte(SeqEvent.FLAGS) & SeqEvent.STAMPED_IN_REAL_TIME) != 0
                && (incoming.getByte(SeqEvent.QUEUE) & 0xFF) == queue;
        lastTime = Math.max(lastTime, stamped ? Sequencer.time(incoming, SeqEvent.SECONDS) : clock.now());
        return lastTime;
    }

    private void offer(long time, byte[] bytes, int offset, int length) {
        if (!ring.offer(time, bytes, offset, length)) {
            dropped(1);
        }
    }

    private void dropped(int count) {
        if (count > 0) {
            droppedIn.lazySet(droppedIn.get() + count);
        }
    }

    private void announced() {
        int otherClient = incoming.getByte(SeqEvent.CLIENT) & 0xFF;
        int otherPort = incoming.getByte(SeqEvent.PORT) & 0xFF;
        switch (incoming.getByte(SeqEvent.TYPE) & 0xFF) {
            case SeqEvent.CLIENT_EXIT -> left(otherClient, -1);
            case SeqEvent.PORT_EXIT -> left(otherClient, otherPort);
            case SeqEvent.PORT_START, SeqEvent.PORT_CHANGE -> seekPartners();
            default -> {}
        }
    }

    private void left(int otherClient, int otherPort) {
        for (Partner partner : partners) {
            if (partner.left(otherClient, otherPort)) {
                lost(partner);
            }
        }
    }

    private void checkPartners() {
        if (partners.isEmpty()) {
            return;
        }
        List<SeqPort> ports = sequencer.ports(ours);
        for (Partner partner : partners) {
            if (partner.leftUnseen(ports)) {
                lost(partner);
            }
        }
    }

    private void lost(Partner partner) {
        state = State.LOST;
        LOG.warn("ALSA: {}: \"{}\" has gone; waiting for it", name, partner.wanted());
    }

    /** Connects what is missing, if it is there. */
    private void seekPartners() {
        if (state != State.LOST) {
            return;
        }
        List<SeqPort> ports = sequencer.ports(ours);
        boolean complete = true;
        for (Partner partner : partners) {
            complete &= partner.isFound()
                    || partner.choose(ports)
                            .filter(there -> reconnect(partner, there))
                            .isPresent();
        }
        if (complete) {
            state = State.OPEN;
        }
    }

    private boolean reconnect(Partner partner, SeqPort there) {
        if (connect(partner, there) < 0) {
            return false;
        }
        partner.found(there);
        reconnects.lazySet(reconnects.get() + 1);
        LOG.info("ALSA: {}: connected with {} again", name, there.name());
        return true;
    }
}

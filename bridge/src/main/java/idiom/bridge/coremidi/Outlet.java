package idiom.bridge.coremidi;

import idiom.bridge.queue.Counter;
import idiom.bridge.queue.DueQueue;
import idiom.bridge.queue.MidiRing;
import idiom.engine.live.Joining;
import idiom.engine.live.MidiHandler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What goes out. To a destination that the device is connected to it is sent at once: CoreMIDI keeps it until it is due. What
 * leaves through the virtual source gets to its readers as soon as it is handed over, and not all of them heed its stamp; so a
 * thread, "coremidi-out", keeps it until shortly before it is due, and hands it over with its exact stamp.
 */
final class Outlet implements AutoCloseable {
    /** How long before its time a message is handed to the virtual source's readers. */
    static final long AHEAD_NS = 2_000_000;

    private static final int BYTES = 1 << 18;
    /** A message that is handed over later than this after it was due is late; what is due at once never is in time. */
    private static final long TOLERANCE_NS = 1_000_000;

    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final HostClock clock;
    private final long aheadTicks;
    private final long toleranceTicks;
    private final int source;
    private final int port;
    private final MidiRing ring = new MidiRing(BYTES);
    private final DueQueue waiting = new DueQueue(BYTES);
    private final PacketWriter toSource;
    private final PacketWriter toDestination;
    private final MidiHandler distributor = this::distribute;
    private final Thread thread = new Thread(this::run, "coremidi-out");

    private final Counter late = new Counter();
    private final Counter refused = new Counter();
    private long nowTicks;
    /** {@link #destination} as it was when this round began. */
    private int playingTo;

    private volatile int lastError;
    private volatile long lastScheduled;
    private volatile int destination;
    private volatile boolean isClosing;

    /**
     * Starts the thread.
     *
     * @param source the virtual one
     * @param port an output port
     */
    Outlet(HostClock clock, PacketLayout layout, int source, int port) {
        this.clock = clock;
        this.source = source;
        this.port = port;
        aheadTicks = clock.toTicks(AHEAD_NS);
        toleranceTicks = clock.toTicks(TOLERANCE_NS);
        toSource = new PacketWriter(layout);
        toDestination = new PacketWriter(layout);
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes a message if there is room; returns whether there was. [session] */
    boolean offer(long due, byte[] bytes, int offset, int length) {
        if (!ring.offer(due, bytes, offset, length)) {
            return false;
        }
        LockSupport.unpark(thread);
        return true;
    }

    /** Whom to play to besides the virtual source's readers; 0 for nobody. [control] */
    void playTo(int endpoint) {
        destination = endpoint;
    }

    /** Messages that were handed over after they were due. [any] */
    long late() {
        return late.get();
    }

    /** Calls that CoreMIDI refused. [any] */
    long refused() {
        return refused.get();
    }

    /** What CoreMIDI last said when it refused a call; 0 if it never did. [any] */
    int lastError() {
        return lastError;
    }

    private void run() {
        while (!isClosing) {
            LockSupport.parkNanos(clock.toNanoseconds(work()));
        }
        work();
    }

    /** Hands over what has to be now; returns how long nothing has to be, in ticks. */
    private long work() {
        nowTicks = clock.now();
        playingTo = destination;
        ring.drain(distributor);
        flushDestination();
        waiting.admit();
        while (waiting.size() > 0 && waiting.due() - aheadTicks <= nowTicks) {
            handOver(waiting.due(), waiting.array(), waiting.offset(), waiting.length());
            waiting.remove();
        }
        flushSource();
        return waiting.size() > 0 ? Math.max(0, waiting.due() - aheadTicks - clock.now()) : clock.toTicks(IDLE_NS);
    }

    private void distribute(long due, byte[] bytes, int offset, int length) {
        if (playingTo != 0) {
            long stamp = Math.max(due, nowTicks);
            if (!toDestination.add(stamp, bytes, offset, length)) {
                flushDestination();
                toDestination.add(stamp, bytes, offset, length);
            }
            lastScheduled = Math.max(lastScheduled, stamp);
        }
        if (!waiting.offer(due, bytes, offset, length)) {
            // Better ahead of time, with its stamp, than not at all.
            handOver(due, bytes, offset, length);
        }
    }

    private void handOver(long due, byte[] bytes, int offset, int length) {
        if (nowTicks - due > toleranceTicks) {
            late.add(1);
        }
        // Programs pass over what is stamped with a time long past.
        long stamp = Math.max(due, nowTicks);
        if (!toSource.add(stamp, bytes, offset, length)) {
            flushSource();
            toSource.add(stamp, bytes, offset, length);
        }
    }

    private void flushSource() {
        if (!toSource.isEmpty()) {
            note(MidiServices.MIDIReceived(source, toSource.address()));
            toSource.clear();
        }
    }

    private void flushDestination() {
        if (!toDestination.isEmpty()) {
            note(MidiServices.MIDISend(port, playingTo, toDestination.address()));
            toDestination.clear();
        }
    }

    private void note(int status) {
        if (status != Status.OK) {
            lastError = status;
            refused.add(1);
        }
    }

    /** Ends the thread. What is not due yet is lost, also what CoreMIDI has already. [control] */
    @Override
    public void close() {
        isClosing = true;
        LockSupport.unpark(thread);
        Joining.await(thread);
        int last = destination;
        if (last != 0 && lastScheduled > clock.now()) {
            MidiServices.MIDIFlushOutput(last);
        }
    }
}

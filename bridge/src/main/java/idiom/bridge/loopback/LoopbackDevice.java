package idiom.bridge.loopback;

import idiom.bridge.Device;
import idiom.bridge.queue.Counter;
import idiom.bridge.queue.DueQueue;
import idiom.bridge.queue.MidiRing;
import idiom.bridge.queue.TransportCell;
import idiom.engine.live.MidiHandler;
import idiom.engine.live.TransportState;
import java.util.function.LongSupplier;

/**
 * A device of which this program holds both ends. One thread, the session's, has the methods of {@link Device}; one other
 * (or the same), the partner, has {@link #play}, {@link #collect}, {@link #transportIs}, {@link #lose} and {@link #find}.
 *
 * <p>As with a real system, a message waits until its time has come and only then can be collected, one that is sent after
 * its time leaves at once and is counted, and what is in flight when the system is lost is gone.
 */
public final class LoopbackDevice implements Device {
    private static final int IN_BYTES = 1 << 16;
    private static final int OUT_BYTES = 1 << 18;

    private final String name;
    private final LongSupplier clock;
    private final long clockRate;
    private final MidiRing in = new MidiRing(IN_BYTES);
    private final DueQueue out = new DueQueue(OUT_BYTES);
    private final TransportCell transport = new TransportCell();
    private final Counter droppedIn = new Counter();
    private final Counter late = new Counter();
    private final Counter reconnects = new Counter();
    private volatile State state = State.OPEN;

    LoopbackDevice(String name, LongSupplier clock, long clockRate) {
        this.name = name;
        this.clock = clock;
        this.clockRate = clockRate;
    }

    /**
     * Plays a message to the device. Dropped and counted if the device is not open, or there is no room. [partner]
     *
     * @param time on the device's clock, not before that of the message before
     */
    public void play(long time, byte[] bytes, int offset, int length) {
        if (state != State.OPEN || length > in.longestMessage() || !in.offer(time, bytes, offset, length)) {
            droppedIn.add(1);
        }
    }

    /** The same with the whole of {@code message}. [partner] */
    public void play(long time, byte... message) {
        play(time, message, 0, message.length);
    }

    /**
     * Hands over what the device has sent and is due by now, with the times at which it left: the due time, or if that had
     * passed when it was sent, the time of sending. [partner]
     *
     * @return how many messages
     */
    public int collect(MidiHandler handler) {
        out.admit();
        long now = clock.getAsLong();
        int count = 0;
        while (out.size() > 0 && out.due() <= now) {
            handler.onMidi(out.due(), out.array(), out.offset(), out.length());
            out.remove();
            count++;
        }
        return count;
    }

    /** States where the music is. [partner] */
    public void transportIs(boolean rolling, long time, double step, double stepsPerSecond) {
        transport.set(rolling, time, step, stepsPerSecond);
    }

    /** States that nobody knows where the music is. [partner] */
    public void transportIsUnknown() {
        transport.clear();
    }

    /** Makes the system go away; what is in flight is dropped. [partner] */
    public void lose() {
        if (state == State.OPEN) {
            state = State.LOST;
            transport.clear();
            out.clear();
        }
    }

    /** Makes the system come back. [partner] */
    public void find() {
        if (state == State.LOST) {
            out.clear();
            reconnects.add(1);
            state = State.OPEN;
        }
    }

    @Override
    public String description() {
        return "loopback: " + name;
    }

    @Override
    public long clockRate() {
        return clockRate;
    }

    @Override
    public long now() {
        return clock.getAsLong();
    }

    /** None: a message that is sent by its time is on time. */
    @Override
    public long leadTime() {
        return 0;
    }

    @Override
    public int receive(MidiHandler handler) {
        return in.drain(handler);
    }

    /** Takes any message the ring has room for; while the device is not open, messages vanish. */
    @Override
    public boolean send(long due, byte[] bytes, int offset, int length) {
        if (state != State.OPEN || length > out.longestMessage()) {
            return true;
        }
        long now = clock.getAsLong();
        if (!out.offer(Math.max(due, now), bytes, offset, length)) {
            return false;
        }
        if (due < now) {
            late.add(1);
        }
        return true;
    }

    @Override
    public void transport(TransportState where) {
        transport.read(where);
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public Counts counts() {
        return new Counts(droppedIn.get(), late.get(), reconnects.get());
    }

    @Override
    public void close() {
        state = State.CLOSED;
    }
}

package idiom.app.bench;

import idiom.bridge.Device;
import idiom.bridge.ForwardingDevice;
import idiom.bridge.jack.JackDevice;
import idiom.engine.live.MidiHandler;

/** A device whose session is watched: notes down when the session's thread sees each message and when it hands one over. */
final class WatchedDevice extends ForwardingDevice {
    private final MessageLog seen;
    private final MessageLog handed;
    private final MidiHandler noting = this::see;
    private volatile MidiHandler session = (time, bytes, offset, length) -> {};
    private volatile boolean isWatching = true;

    /** Both logs belong to the session's thread until it has ended. */
    WatchedDevice(Device device, int capacity) {
        super(device);
        this.seen = new MessageLog(capacity);
        this.handed = new MessageLog(capacity);
    }

    /** What came in: when the session saw it, and the time the port gave it. */
    MessageLog seen() {
        return seen;
    }

    /** What went out: when the session handed it over, and when it was due. */
    MessageLog handed() {
        return handed;
    }

    /** Periods that JACK's server or its clients missed; 0 elsewhere. [any] */
    long missedPeriods() {
        return device instanceof JackDevice jack ? jack.jackCounts().xruns() : 0;
    }

    /** From now on nothing is noted down. [any] */
    void lookAway() {
        isWatching = false;
    }

    private void see(long time, byte[] bytes, int offset, int length) {
        if (isWatching) {
            seen.add(device.now(), time, bytes, offset, length);
        }
        session.onMidi(time, bytes, offset, length);
    }

    @Override
    public int receive(MidiHandler handler) {
        session = handler;
        return device.receive(noting);
    }

    @Override
    public boolean send(long due, byte[] bytes, int offset, int length) {
        long now = device.now();
        boolean sent = device.send(due, bytes, offset, length);
        if (sent && isWatching) {
            handed.add(now, due, bytes, offset, length);
        }
        return sent;
    }
}

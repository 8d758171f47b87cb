package idiom.app.record;

import idiom.bridge.Device;
import idiom.bridge.ForwardingDevice;
import idiom.bridge.queue.Counter;
import idiom.bridge.queue.MidiRing;
import idiom.engine.live.LiveSession;
import idiom.engine.live.MidiHandler;
import idiom.engine.live.TransportState;
import org.jspecify.annotations.Nullable;

/**
 * A device that another one stands behind, and that notes down all that passes, into a ring: what came in with its time, what
 * was handed over with its due time, and, as often as it is polled, where the song is and which preset plays. Neither locks nor
 * allocates on the session's thread. What finds no room in the ring is missing from the recording, and is counted; the music
 * itself passes all the same.
 */
final class Tap extends ForwardingDevice {
    /** A song this many steps from where it was expected is on a new line: half a tick of the file. */
    private static final double OFF_LINE_STEPS = 1.0 / 1024;

    private static final double SAME_TEMPO = 1e-9;

    private final MidiRing ring;
    private final byte[] entry;
    private final Counter lost = new Counter();
    private final MidiHandler tapped = this::takeIn;
    private final TransportState transport = new TransportState();
    private MidiHandler target = (time, bytes, offset, length) -> {};
    private @Nullable LiveSession session;
    private boolean hasLine;
    private long lineTime;
    private double lineStep;
    private double lineSpeed;
    private int preset = -1;
    private long lateWindows;

    /** A tap on a device, with a ring of that many bytes, a power of two. */
    Tap(Device device, int ringBytes) {
        super(device);
        this.ring = new MidiRing(ringBytes);
        this.entry = new byte[ring.longestMessage()];
    }

    /** The session that plays on the device, about to begin. [control], before it has a thread */
    void follow(LiveSession playing) {
        session = playing;
        entry[0] = Entry.PLAYED;
        put(device.now(), 1);
        lookAtPreset(playing, device.now());
    }

    /** Hands over what has been noted down, oldest first; returns how much that was. [record] */
    int drain(MidiHandler writer) {
        return ring.drain(writer);
    }

    /** How many messages found no room in the ring. [any] */
    long lost() {
        return lost.get();
    }

    @Override
    public int receive(MidiHandler handler) {
        // A transport is known as of the start of a period; what happened since then already belongs to its new line.
        look(transport.isKnown() && transport.isRolling() ? transport.time() : device.now());
        target = handler;
        return device.receive(tapped);
    }

    private void takeIn(long time, byte[] bytes, int offset, int length) {
        note(Entry.HEARD, time, bytes, offset, length);
        if (device.passesThru()) {
            // It has left as it came, in the same moment, without a word to anybody.
            note(Entry.SENT, time, bytes, offset, length);
        }
        target.onMidi(time, bytes, offset, length);
        look(time);
    }

    @Override
    public boolean send(long due, byte[] bytes, int offset, int length) {
        boolean hasRoom = device.send(due, bytes, offset, length);
        if (hasRoom) {
            note(Entry.SENT, due, bytes, offset, length);
        }
        return hasRoom;
    }

    private void note(int kind, long time, byte[] bytes, int offset, int length) {
        if (length >= entry.length) {
            lost.add(1);
            return;
        }
        entry[0] = (byte) kind;
        System.arraycopy(bytes, offset, entry, 1, length);
        if (!put(time, length + 1)) {
            lost.add(1);
        }
    }

    private boolean put(long time, int length) {
        return ring.offer(time, entry, 0, length);
    }

    /** Notes down where the song is, which preset plays and what was late, if that is new. What finds no room is tried again. */
    private void look(long time) {
        LiveSession playing = session;
        if (playing == null) {
            return;
        }
        double step = playing.stepAt(time);
        double speed = playing.stepsPerSecond();
        if (!hasLine || isOffLine(time, step, speed)) {
            Entry.putMoved(entry, step, speed);
            if (put(time, Entry.MOVED_BYTES)) {
                hasLine = true;
                lineTime = time;
                lineStep = step;
                lineSpeed = speed;
            }
        }
        lookAtPreset(playing, time);
        long late = playing.counters().lateWindows();
        if (late != lateWindows) {
            entry[0] = Entry.LATE;
            lateWindows = put(time, 1) ? late : lateWindows;
        }
    }

    private void lookAtPreset(LiveSession playing, long time) {
        int index = playing.preset();
        if (index != preset) {
            entry[0] = Entry.PRESET;
            entry[1] = (byte) index;
            preset = put(time, 2) ? index : preset;
        }
    }

    private boolean isOffLine(long time, double step, double speed) {
        double expected = lineStep + (time - lineTime) * (lineSpeed / device.clockRate());
        return Math.abs(step - expected) > OFF_LINE_STEPS || Math.abs(speed - lineSpeed) > SAME_TEMPO * speed;
    }

    @Override
    public void transport(TransportState state) {
        device.transport(state);
        if (state.isKnown()) {
            transport.set(state.isRolling(), state.time(), state.step(), state.stepsPerSecond());
        } else {
            transport.clear();
        }
    }
}

package idiom.bridge.coremidi;

import idiom.bridge.queue.Counter;
import idiom.bridge.queue.DueQueue;
import idiom.engine.live.MidiHandler;

/**
 * What comes in through one port or virtual destination, until the session takes it. Messages come with stamps; some programs
 * hand theirs over ahead of time, so each waits here until its time has come.
 */
final class Inlet {
    private static final int BYTES = 1 << 18;

    private final PacketReader reader;
    private final DueQueue queue = new DueQueue(BYTES);
    private final MidiHandler toQueue = this::offer;
    private final Counter dropped = new Counter();
    private final Counter failures = new Counter();

    Inlet(PacketLayout layout, HostClock clock) {
        reader = new PacketReader(layout, clock);
    }

    /** Takes a list of packets. [CoreMIDI's own thread] */
    void take(long packetList) {
        try {
            int lost = reader.read(packetList, toQueue);
            if (lost > 0) {
                dropped.add(lost);
            }
        } catch (RuntimeException | Error e) {
            // Nothing may be thrown into CoreMIDI, and logging is not for its thread.
            failures.add(1);
        }
    }

    private void offer(long time, byte[] bytes, int offset, int length) {
        if (!queue.offer(time, bytes, offset, length)) {
            dropped.add(1);
        }
    }

    /** Messages in order of their times: sorts in what has come since the last time. [session] */
    DueQueue messages() {
        queue.admit();
        return queue;
    }

    /** Messages that were lost: no room, or not whole. [any] */
    long dropped() {
        return dropped.get();
    }

    /** Calls that ended in an exception: a bug. [any] */
    long failures() {
        return failures.get();
    }
}

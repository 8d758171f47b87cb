package idiom.bridge.queue;

import idiom.engine.live.MidiHandler;

/**
 * Messages with their times, from the one thread that reads a system's port to the session's; holds some 65,000 short ones.
 * When it is nearly full, only what ends notes gets in. Allocates nothing after it was made.
 */
public final class InputRing {
    private static final int CAPACITY = 1 << 20;
    private static final int RESERVE = CAPACITY / 8;

    private final MidiRing ring = new MidiRing(CAPACITY);

    /** Empty. */
    public InputRing() {}

    /** How long a message may be, in bytes. */
    public int longestMessage() {
        return ring.longestMessage();
    }

    /** Puts a message in, copied, if there is room. [midi-in] */
    public boolean offer(long time, byte[] bytes, int offset, int length) {
        return (ring.room() >= RESERVE || endsNotes(bytes, offset)) && ring.offer(time, bytes, offset, length);
    }

    /** Hands over all that is there; returns how many. [session] */
    public int drain(MidiHandler handler) {
        return ring.drain(handler);
    }

    /** Note off in both forms, pedals and modes. */
    private static boolean endsNotes(byte[] bytes, int offset) {
        int kind = bytes[offset] & 0xF0;
        return kind == 0x80
                || (kind == 0x90 && bytes[offset + 2] == 0)
                || (kind == 0xB0 && (bytes[offset + 1] == 64 || bytes[offset + 1] >= 120));
    }
}

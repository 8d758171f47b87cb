package idiom.bridge.alsa;

import com.sun.jna.Native;

/** Waits for a file of the system to have something to read. */
final class Poll {
    /** {@code POLLIN}. */
    static final short IN = 1;

    /** Bytes of one {@code struct pollfd}. */
    static final int SIZE = 8;

    static {
        Native.register(Poll.class, "c");
    }

    private Poll() {}

    /** {@code poll(2)}; the number of descriptors is an {@code unsigned long}. */
    static native int poll(long descriptors, long count, int timeoutMs);
}

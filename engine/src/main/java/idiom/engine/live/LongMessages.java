package idiom.engine.live;

/** Room for messages longer than three bytes while they wait; all of it is made in advance. [session] */
final class LongMessages {
    /** Longest message kept, in bytes: what ALSA's and CoreMIDI's ports take; a bank of 32 DX7 voices has 4104. */
    static final int LONGEST = 32_768;

    private static final int SLOTS = 64;

    private final byte[][] bytes = new byte[SLOTS][LONGEST];
    private final int[] lengths = new int[SLOTS];
    private final int[] free = new int[SLOTS];
    private int freeCount = SLOTS;

    LongMessages() {
        for (int i = 0; i < SLOTS; i++) {
            free[i] = i;
        }
    }

    /** Keeps a message; returns its slot, or -1 if it is too long or all slots are taken. */
    int keep(byte[] source, int offset, int length) {
        if (length > LONGEST || freeCount == 0) {
            return -1;
        }
        int slot = free[--freeCount];
        System.arraycopy(source, offset, bytes[slot], 0, length);
        lengths[slot] = length;
        return slot;
    }

    byte[] bytes(int slot) {
        return bytes[slot];
    }

    int length(int slot) {
        return lengths[slot];
    }

    void release(int slot) {
        free[freeCount++] = slot;
    }
}

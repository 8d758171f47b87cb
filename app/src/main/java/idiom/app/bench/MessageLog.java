package idiom.app.bench;

/** Short messages with two times each, in the order in which one thread notes them down; allocates nothing while it does. */
final class MessageLog {
    private final long[] ats;
    private final long[] stamps;
    private final int[] messages;
    private int size;
    private int missed;

    MessageLog(int capacity) {
        this.ats = new long[capacity];
        this.stamps = new long[capacity];
        this.messages = new int[capacity];
    }

    /**
     * Notes a message down, unless it is longer than three bytes; counts it only if there is no room.
     *
     * @param at when it passed by
     * @param stamp the time it carries
     */
    void add(long at, long stamp, byte[] bytes, int offset, int length) {
        if (length > 3) {
            return;
        }
        if (size == messages.length) {
            missed++;
            return;
        }
        int message = 0;
        for (int i = 0; i < length; i++) {
            message |= (bytes[offset + i] & 0xFF) << (8 * i);
        }
        ats[size] = at;
        stamps[size] = stamp;
        messages[size] = message;
        size++;
    }

    int size() {
        return size;
    }

    /** How many there was no room for. */
    int missed() {
        return missed;
    }

    long at(int index) {
        return ats[index];
    }

    long stamp(int index) {
        return stamps[index];
    }

    int message(int index) {
        return messages[index];
    }
}

package idiom.bridge.plugin;

/**
 * Reads records from a ring that another process writes, and believes nothing it finds there. One thread; neither waits nor
 * allocates.
 */
final class RecordReader {
    /** What {@link #next} found. */
    enum Look {
        /** Nothing. */
        EMPTY,
        /** A record. */
        RECORD,
        /** What can't be a record: the other side is not what it seems, and nothing more is read. */
        BROKEN
    }

    private final SharedMemory memory;
    private final int begin;
    private final int size;
    private final int headAt;
    private final int tailAt;
    private final byte[] payload = new byte[Layout.LONGEST_MESSAGE];
    private long head;
    private int kind;
    private int length;
    private long frame;
    private long end;

    /**
     * Begins at a position, in bytes since the ring was made; the rest as in {@link RecordWriter}.
     *
     * @param headAt where is said how far it has read
     * @param tailAt where its writer says how far it may read
     */
    RecordReader(SharedMemory memory, int begin, int size, int headAt, int tailAt, long head) {
        this.memory = memory;
        this.begin = begin;
        this.size = size;
        this.headAt = headAt;
        this.tailAt = tailAt;
        this.head = head;
        memory.store(headAt, head);
    }

    /** Looks at the next record, which stays until it is {@linkplain #take taken}. */
    Look next() {
        long tail = memory.load(tailAt);
        if (tail - head < 0 || tail - head > size || (tail & Layout.ALIGNMENT - 1) != 0) {
            return Look.BROKEN;
        }
        while (head != tail) {
            int at = (int) (head & (size - 1));
            int bytes = memory.getInt(begin + at);
            kind = memory.getShort(begin + at + 4);
            length = memory.getShort(begin + at + 6);
            if (bytes < Layout.ALIGNMENT
                    || (bytes & Layout.ALIGNMENT - 1) != 0
                    || bytes > tail - head
                    || bytes > size - at) {
                return Look.BROKEN;
            }
            if (kind != Layout.FILLER) {
                return look(begin + at, bytes);
            }
            head += bytes;
            memory.store(headAt, head);
        }
        return Look.EMPTY;
    }

    private Look look(int at, int bytes) {
        if (bytes != Layout.recordBytes(length)) {
            return Look.BROKEN;
        }
        frame = memory.getLong(at + 8);
        end = head + bytes;
        // Longer ones are of a kind that is not known here, and are not looked into.
        memory.get(at + Layout.RECORD_HEADER, payload, Math.min(length, payload.length));
        return Look.RECORD;
    }

    /** Takes the record out that was looked at. */
    void take() {
        head = end;
        memory.store(headAt, head);
    }

    int kind() {
        return kind;
    }

    long frame() {
        return frame;
    }

    /** Length of the payload in bytes. */
    int length() {
        return length;
    }

    /** The payload, from 0 on, until the next look. */
    byte[] payload() {
        return payload;
    }

    /** A number in the payload. */
    int payloadInt(int at) {
        return (payload[at] & 0xFF)
                | (payload[at + 1] & 0xFF) << 8
                | (payload[at + 2] & 0xFF) << 16
                | (payload[at + 3] & 0xFF) << 24;
    }

    /** A number in the payload. */
    double payloadDouble(int at) {
        return Double.longBitsToDouble(Integer.toUnsignedLong(payloadInt(at)) | (long) payloadInt(at + 4) << 32);
    }
}

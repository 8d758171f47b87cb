package idiom.bridge.plugin;

/** Writes records into a ring that another process reads. One thread; neither waits nor allocates. */
final class RecordWriter {
    private final SharedMemory memory;
    private final int begin;
    private final int size;
    private final int headAt;
    private final int tailAt;
    private long tail;

    /**
     * Goes on where the ring ends.
     *
     * @param begin where the ring lies in the memory
     * @param size of the ring, a power of two
     * @param headAt where its reader says how far it has read
     * @param tailAt where is said how far it may read
     */
    RecordWriter(SharedMemory memory, int begin, int size, int headAt, int tailAt) {
        this.memory = memory;
        this.begin = begin;
        this.size = size;
        this.headAt = headAt;
        this.tailAt = tailAt;
        this.tail = memory.load(tailAt) & -Layout.ALIGNMENT;
    }

    /** Writes a message that is due at a frame; false if there is no room. */
    boolean midi(long frame, byte[] bytes, int offset, int length) {
        return write(Layout.MIDI, frame, bytes, offset, length);
    }

    /** Writes that all is void that was written before and is not due yet; false if there is no room. */
    boolean restart(int jumps) {
        return number(Layout.RESTART, 0, jumps);
    }

    /** Writes what the plugin passes by itself from a frame on; false if there is no room. */
    boolean route(long frame, int route) {
        return number(Layout.ROUTE, frame, route);
    }

    /** Writes how a passage begins, for one of the plugin's places; false if there is no room. */
    boolean overture(int place, Overture overture) {
        int length = Layout.OVERTURE_HEADER + Layout.OVERTURE_MESSAGE * overture.count();
        int at = claim(Layout.recordBytes(length));
        if (at < 0) {
            return false;
        }
        head(at, Layout.OVERTURE, 0, length);
        int to = at + Layout.RECORD_HEADER;
        memory.putInt(to, place);
        memory.putInt(to + 4, overture.serial());
        memory.putDouble(to + 8, overture.step());
        for (int i = 0; i < overture.count(); i++) {
            to += Layout.OVERTURE_MESSAGE;
            memory.putDouble(to, overture.step(i));
            memory.putInt(to + 8, overture.message(i));
            memory.putInt(to + 12, 0);
        }
        publish(Layout.recordBytes(length));
        return true;
    }

    private boolean number(int kind, long frame, int value) {
        int at = claim(Layout.recordBytes(Layout.NUMBER_BYTES));
        if (at < 0) {
            return false;
        }
        head(at, kind, frame, Layout.NUMBER_BYTES);
        memory.putInt(at + Layout.RECORD_HEADER, value);
        memory.putInt(at + Layout.RECORD_HEADER + 4, 0);
        publish(Layout.recordBytes(Layout.NUMBER_BYTES));
        return true;
    }

    private boolean write(int kind, long frame, byte[] bytes, int offset, int length) {
        int at = claim(Layout.recordBytes(length));
        if (at < 0) {
            return false;
        }
        head(at, kind, frame, length);
        memory.put(at + Layout.RECORD_HEADER, bytes, offset, length);
        publish(Layout.recordBytes(length));
        return true;
    }

    private void head(int at, int kind, long frame, int length) {
        memory.putInt(at, Layout.recordBytes(length));
        memory.putShort(at + 4, kind);
        memory.putShort(at + 6, length);
        memory.putLong(at + 8, frame);
    }

    /** Where a record of that size can be written, past a filler if it does not fit before the end; -1 without room. */
    private int claim(int bytes) {
        int at = (int) (tail & (size - 1));
        int left = size - at;
        int filler = left < bytes ? left : 0;
        long used = tail - memory.load(headAt);
        // A head that is ahead of the tail is no reader's.
        if (used < 0 || used + filler + bytes > size) {
            return -1;
        }
        if (filler > 0) {
            memory.putInt(begin + at, filler);
            memory.putShort(begin + at + 4, Layout.FILLER);
            memory.putShort(begin + at + 6, 0);
            tail += filler;
            at = 0;
        }
        return begin + at;
    }

    private void publish(int bytes) {
        tail += bytes;
        memory.store(tailAt, tail);
    }
}

package idiom.app.record;

/** A message that passed a device. */
final class Passed implements Entry {
    /** Which way a message went. */
    enum Way {
        /** It was played to the device. */
        IN,
        /** The session handed it over. */
        OUT
    }

    private final long time;
    private final Way way;
    private final byte[] bytes;

    /**
     * A message, whose bytes nobody else may keep.
     *
     * @param time when it came in, or was due to leave
     */
    Passed(long time, Way way, byte[] bytes) {
        this.time = time;
        this.way = way;
        this.bytes = bytes;
    }

    @Override
    public long time() {
        return time;
    }

    Way way() {
        return way;
    }

    /** How long the message is. */
    int length() {
        return bytes.length;
    }

    /** One of its bytes, 0 to 255. */
    int at(int index) {
        return bytes[index] & 0xFF;
    }

    /** A copy of its bytes from an index on. */
    byte[] from(int index) {
        byte[] copy = new byte[bytes.length - index];
        System.arraycopy(bytes, index, copy, 0, copy.length);
        return copy;
    }
}

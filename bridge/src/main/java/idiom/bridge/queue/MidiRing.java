package idiom.bridge.queue;

import idiom.engine.live.MidiHandler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Ring of MIDI messages, each with a time, from one thread to one other. Neither side locks, allocates or waits.
 *
 * <p>A record is 8 bytes of time, 4 bytes of length, the message, and filling to the next 16: a message of three bytes takes
 * one record of 16. Records are never split at the end of the array; a filler record skips what is left of it. Of heap bytes
 * and {@link VarHandle}s alone, since Agrona's rings reach for {@code sun.misc.Unsafe}, about which newer JVMs complain.
 */
public final class MidiRing {
    static final int ALIGNMENT = 16;
    private static final int LENGTH_AT = 8;
    private static final int MESSAGE_AT = 12;
    private static final int DONE = 0x4000_0000;
    private static final int FILLER = 0x2000_0000;
    private static final int SIZE = 0x1FFF_FFFF;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(MidiRing.class, "head", long.class);
            TAIL = lookup.findVarHandle(MidiRing.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final byte[] bytes;
    private final int mask;
    /** Where the consumer reads, in bytes since the beginning; written by the consumer. */
    private long head;
    /** Where the producer writes, in bytes since the beginning; written by the producer. */
    private long tail;
    /** The producer's last look at {@link #head}. */
    private long headSeen;

    /** A ring of that many bytes, a power of two, at least 64. */
    public MidiRing(int capacity) {
        if (capacity < 4 * ALIGNMENT || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity must be a power of two, at least 64: capacity=" + capacity);
        }
        bytes = new byte[capacity];
        mask = capacity - 1;
    }

    /** How long a message may be, in bytes: one that fits even if it has to begin at the start of the array. */
    public int longestMessage() {
        return bytes.length / 2 - MESSAGE_AT;
    }

    /**
     * Puts a message in, copied. [producer]
     *
     * @return whether there was room
     */
    public boolean offer(long time, byte[] source, int offset, int length) {
        if (length < 1 || length > longestMessage()) {
            throw new IllegalArgumentException(
                    "length must be in 1.." + longestMessage() + ": length=" + length); // a bug of the caller's
        }
        int size = sizeOf(length);
        int at = (int) tail & mask;
        int left = bytes.length - at;
        int filler = left < size ? left : 0;
        if (!hasRoom(filler + size)) {
            return false;
        }
        if (filler > 0) {
            INTS.set(bytes, at + LENGTH_AT, FILLER | filler);
            at = 0;
        }
        LONGS.set(bytes, at, time);
        INTS.set(bytes, at + LENGTH_AT, length);
        System.arraycopy(source, offset, bytes, at + MESSAGE_AT, length);
        TAIL.setRelease(this, tail + filler + size);
        return true;
    }

    private boolean hasRoom(int size) {
        if (tail + size - headSeen <= bytes.length) {
            return true;
        }
        headSeen = (long) HEAD.getAcquire(this);
        return tail + size - headSeen <= bytes.length;
    }

    /** How many bytes of it are free. [producer] */
    int room() {
        headSeen = (long) HEAD.getAcquire(this);
        return bytes.length - (int) (tail - headSeen);
    }

    /** Hands over all messages that are in it, in the order they were put in; returns how many. [consumer] */
    public int drain(MidiHandler handler) {
        long end = end();
        int count = 0;
        for (long position = skipFiller(head, end); position < end; position = skipFiller(position, end)) {
            handler.onMidi(time(position), bytes, offset(position), length(position));
            position = next(position);
            HEAD.setRelease(this, position);
            count++;
        }
        return count;
    }

    /** Where the records end that can be read now. [consumer] */
    long end() {
        return (long) TAIL.getAcquire(this);
    }

    /** The first position from {@code position} on that holds a message, or {@code end}. [consumer] */
    long skipFiller(long position, long end) {
        return position < end && (field(position) & FILLER) != 0 ? next(position) : position;
    }

    long next(long position) {
        int field = field(position);
        return position + ((field & FILLER) != 0 ? field & SIZE : sizeOf(field & SIZE));
    }

    long time(long position) {
        return (long) LONGS.get(bytes, (int) position & mask);
    }

    int length(long position) {
        return field(position) & SIZE;
    }

    /** Index in {@link #array} of the message at {@code position}. */
    int offset(long position) {
        return ((int) position & mask) + MESSAGE_AT;
    }

    byte[] array() {
        return bytes;
    }

    /** Marks a record as read, in whatever order, and gives back the room of all read ones before {@code end}. [consumer] */
    void done(long position, long end) {
        INTS.set(bytes, ((int) position & mask) + LENGTH_AT, field(position) | DONE);
        long free = head;
        while (free < end && (field(free) & (DONE | FILLER)) != 0) {
            free = next(free);
        }
        HEAD.setRelease(this, free);
    }

    private int field(long position) {
        return (int) INTS.get(bytes, ((int) position & mask) + LENGTH_AT);
    }

    private static int sizeOf(int length) {
        return (MESSAGE_AT + length + ALIGNMENT - 1) & -ALIGNMENT;
    }
}

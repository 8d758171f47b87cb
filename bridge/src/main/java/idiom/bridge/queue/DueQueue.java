package idiom.bridge.queue;

/**
 * Messages that wait for their time, put in by one thread and taken out by another in the order of their due times, those of
 * one time in the order they were put in. Neither side locks, allocates or waits.
 *
 * <p>The messages themselves stay in a {@link MidiRing}; what is sorted are their places in it. Messages mostly come in order,
 * so sorting is one comparison; one that has to overtake n others moves n entries.
 */
public final class DueQueue {
    private final MidiRing ring;
    private final long[] dues;
    private final long[] positions;
    private final int mask;
    /** Of the sorted entries, the index of the first, not yet masked. */
    private int first;

    private int count;
    /** Position in the ring up to which messages have been sorted in. */
    private long admitted;

    /** A queue over a ring of that many bytes, a power of two: room for one message of up to 4 bytes in every 16. */
    public DueQueue(int capacity) {
        ring = new MidiRing(capacity);
        int entries = capacity / MidiRing.ALIGNMENT;
        dues = new long[entries];
        positions = new long[entries];
        mask = entries - 1;
    }

    /** How long a message may be, in bytes. */
    public int longestMessage() {
        return ring.longestMessage();
    }

    /** Puts a message in, copied; returns whether there was room. [producer] */
    public boolean offer(long due, byte[] source, int offset, int length) {
        return ring.offer(due, source, offset, length);
    }

    /** Sorts in what was put in since the last time; before this it can't be taken out. [consumer] */
    public void admit() {
        long end = ring.end();
        for (long position = ring.skipFiller(admitted, end);
                position < end;
                position = ring.skipFiller(ring.next(position), end)) {
            insert(ring.time(position), position);
        }
        admitted = end;
    }

    private void insert(long due, long position) {
        int at = first + count++;
        while (at != first && dues[(at - 1) & mask] > due) {
            dues[at & mask] = dues[(at - 1) & mask];
            positions[at & mask] = positions[(at - 1) & mask];
            at--;
        }
        dues[at & mask] = due;
        positions[at & mask] = position;
    }

    /** How many messages can be taken out. [consumer] */
    public int size() {
        return count;
    }

    /** Due time of the next message; only if there is one. [consumer] */
    public long due() {
        assert count > 0;
        return dues[first & mask];
    }

    /** What holds the next message, from {@link #offset} on, until it is {@linkplain #remove removed}. [consumer] */
    public byte[] array() {
        return ring.array();
    }

    /** Index of the next message's status byte in {@link #array}. [consumer] */
    public int offset() {
        return ring.offset(positions[first & mask]);
    }

    /** Length of the next message in bytes. [consumer] */
    public int length() {
        return ring.length(positions[first & mask]);
    }

    /** Takes the next message out. [consumer] */
    public void remove() {
        assert count > 0;
        long position = positions[first & mask];
        first++;
        count--;
        ring.done(position, admitted);
    }

    /** Takes out all that has been put in; returns how many messages that were. [consumer] */
    public int clear() {
        admit();
        int cleared = count;
        while (count > 0) {
            remove();
        }
        return cleared;
    }
}

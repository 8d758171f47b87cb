package idiom.bridge.coremidi;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * Writes a {@code MIDIPacketList}: a packet for each message, and several for long SysEx, since not everybody reads packets
 * that have more data than the 256 bytes they are declared with. Allocates nothing after it was made; for one thread.
 */
final class PacketWriter {
    /** The most that CoreMIDI takes. */
    static final int CAPACITY = 65_536;

    private static final int PIECE = 256;

    private final PacketLayout layout;
    // A field, so that the memory lives as long as the writer. malloc aligns it well enough.
    private final Memory memory = new Memory(CAPACITY);
    private final long address = Pointer.nativeValue(memory);
    private long end;
    private int count;
    private long lastStamp;

    PacketWriter(PacketLayout layout) {
        this.layout = layout;
        clear();
    }

    /** Where the list is. */
    long address() {
        return address;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Begins anew. */
    void clear() {
        end = PacketLayout.FIRST;
        count = 0;
        lastStamp = Long.MIN_VALUE;
        memory.setInt(0, 0);
    }

    /**
     * Adds a message, if there is room and no later one is in the list; into an empty list everything fits that is no longer
     * than {@link PacketParser#LONGEST}.
     */
    boolean add(long stamp, byte[] bytes, int offset, int length) {
        if (stamp < lastStamp || end + sizeOf(length) > CAPACITY) {
            return false;
        }
        for (int done = 0; done < length; done += PIECE) {
            int piece = Math.min(PIECE, length - done);
            memory.setLong(end, stamp);
            memory.setShort(end + PacketLayout.LENGTH, (short) piece);
            memory.write(end + PacketLayout.DATA, bytes, offset + done, piece);
            end = layout.next(end, piece);
            count++;
        }
        memory.setInt(0, count);
        lastStamp = stamp;
        return true;
    }

    private static long sizeOf(int length) {
        return length + (length / PIECE + 1L) * (PacketLayout.DATA + 3);
    }
}

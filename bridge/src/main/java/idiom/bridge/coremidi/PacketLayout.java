package idiom.bridge.coremidi;

/**
 * How {@code MIDIPacket}s lie in a {@code MIDIPacketList}, packed to 4 bytes: a {@code UInt32} count, then for each packet a
 * {@code UInt64} stamp, a {@code UInt16} length and the data. Where the next one begins depends on the processor.
 */
enum PacketLayout {
    /** Right behind the data: Intel's. */
    PACKED(1),
    /** At the next address that is a multiple of 4: Apple's own. */
    ALIGNED(4);

    /** Where in a list the first packet is. */
    static final int FIRST = 4;

    /** Where in a packet its length is. */
    static final int LENGTH = 8;

    /** Where in a packet its data begin. */
    static final int DATA = 10;

    /** How much data a packet can say it has. */
    static final int LONGEST = 0xFFFF;

    private final int alignment;

    PacketLayout(int alignment) {
        this.alignment = alignment;
    }

    /** That of programs for an architecture as Java names it: those for Intel's keep theirs on Apple's processors. */
    static PacketLayout of(String architecture) {
        return architecture.equals("aarch64") || architecture.startsWith("arm") ? ALIGNED : PACKED;
    }

    /** Where the packet after the one at {@code packet} with that much data is; addresses, or offsets from a multiple of 4. */
    long next(long packet, int length) {
        return (packet + DATA + length + alignment - 1) & -alignment;
    }
}

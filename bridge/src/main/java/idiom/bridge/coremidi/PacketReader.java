package idiom.bridge.coremidi;

import com.sun.jna.Pointer;
import idiom.engine.live.MidiHandler;
import java.util.concurrent.TimeUnit;

/** Reads {@code MIDIPacketList}s at their addresses. Allocates nothing after it was made; for one thread. */
final class PacketReader {
    /** Memory as a whole: offsets in it are addresses. */
    private static final Pointer ADDRESS_SPACE = new Pointer(0);

    /** A stamp of 0 means now. Others from further away are mistakes, which some devices on a network make. */
    private static final long OLDEST_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long NEWEST_NS = TimeUnit.SECONDS.toNanos(10);

    private final PacketLayout layout;
    private final HostClock clock;
    private final long oldestTicks;
    private final long newestTicks;
    private final PacketParser parser = new PacketParser();
    private final byte[] data = new byte[PacketLayout.LONGEST];

    PacketReader(PacketLayout layout, HostClock clock) {
        this.layout = layout;
        this.clock = clock;
        oldestTicks = clock.toTicks(OLDEST_NS);
        newestTicks = clock.toTicks(NEWEST_NS);
    }

    /**
     * Hands over the messages in the list at an address.
     *
     * @return how many were lost, as {@link PacketParser#parse} counts them
     */
    int read(long list, MidiHandler to) {
        long now = clock.now();
        int lost = 0;
        long packet = list + PacketLayout.FIRST;
        for (int left = ADDRESS_SPACE.getInt(list); left > 0; left--) {
            long stamp = ADDRESS_SPACE.getLong(packet);
            int length = ADDRESS_SPACE.getShort(packet + PacketLayout.LENGTH) & 0xFFFF;
            ADDRESS_SPACE.read(packet + PacketLayout.DATA, data, 0, length);
            boolean isBelievable = stamp >= now - oldestTicks && stamp <= now + newestTicks;
            lost += parser.parse(isBelievable ? stamp : now, data, length, to);
            packet = layout.next(packet, length);
        }
        return lost;
    }
}

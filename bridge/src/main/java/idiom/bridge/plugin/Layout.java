package idiom.bridge.plugin;

/** The byte layout of docs/plugin-protocol.md in numbers; the plugin has the same in {@code core/protocol.h}. */
final class Layout {
    /** "IDIMSHM1" read as a little-endian number. */
    static final long MAGIC = 0x314D48534D494449L;

    static final int MAJOR = 1;
    static final int HEADER_BYTES = 4096;

    static final int AT_MAGIC = 0;
    static final int AT_MAJOR = 8;
    static final int AT_MINOR = 12;
    static final int AT_HEADER_BYTES = 16;
    static final int AT_TO_ENGINE_BYTES = 20;
    static final int AT_TO_PLUGIN_BYTES = 24;
    static final int AT_PID = 28;
    static final int AT_INSTANCE = 32;
    static final int AT_SAMPLE_RATE = 40;
    static final int AT_HOST = 48;
    static final int HOST_BYTES = 64;

    static final int AT_TO_ENGINE_TAIL = 128;
    static final int AT_TO_PLUGIN_HEAD = 136;
    static final int AT_ACCEPTED_EPOCH = 144;
    static final int AT_ACCEPTED_TAIL = 152;
    static final int AT_LAST_BLOCK_NS = 160;
    static final int AT_LOST_TO_ENGINE = 168;
    static final int AT_BLOCK_FRAMES = 176;

    static final int AT_MEMORY_WANTED = 192;
    static final int AT_MEMORY_RESTORED = 200;

    static final int AT_TO_ENGINE_HEAD = 256;
    static final int AT_TO_PLUGIN_TAIL = 264;
    static final int AT_EPOCH = 272;
    static final int AT_HEARTBEAT_NS = 280;
    static final int AT_SETTLED_UNTIL = 288;
    static final int AT_MEMORY_WRITTEN = 296;
    static final int AT_DELAY_FRAMES = 304;
    static final int AT_STATE = 312;
    static final int AT_PROGRAM = 316;
    static final int AT_LATE_WINDOWS = 320;
    static final int AT_DROPPED = 328;
    static final int AT_ENGINE_PID = 336;
    static final int AT_OWN_PROGRAMS = 344;
    static final int AT_OWN_CONTROLS = 360;
    static final int AT_KNOWN_WINDOWS = 512;
    /** 64 windows in each. */
    static final int KNOWN_WORDS = 8;

    /** Smallest and largest ring that is taken. */
    static final int LEAST_RING_BYTES = 1 << 12;

    static final int MOST_RING_BYTES = 1 << 24;

    static final int FILLER = 0;
    static final int MIDI = 1;
    static final int TRANSPORT = 2;
    static final int PARAMETER = 3;
    static final int END = 4;
    static final int RESTART = 5;
    static final int ROUTE = 6;
    static final int OVERTURE = 7;

    static final int RECORD_HEADER = 16;
    static final int ALIGNMENT = 8;
    static final int LONGEST_MESSAGE = 16384;

    static final int TRANSPORT_BYTES = 24;
    static final int TRANSPORT_KNOWN = 1;
    static final int TRANSPORT_ROLLING = 2;
    static final int TRANSPORT_FREEWHEELING = 4;
    static final int TRANSPORT_JUMPED = 8;
    static final int TRANSPORT_PASSED = 16;
    /** So many bits to the left in the flags: the serial of the overture that the plugin plays, or 0. */
    static final int TRANSPORT_OVERTURE = 16;

    static final int PARAMETER_BYTES = 16;
    /** Of a restart and of a route: a number, and filling. */
    static final int NUMBER_BYTES = 8;

    /** Passages whose beginning a plugin keeps. */
    static final int OVERTURES = 4;
    /** Most messages of one. */
    static final int OVERTURE_MESSAGES = 128;

    static final int OVERTURE_HEADER = 16;
    static final int OVERTURE_MESSAGE = 16;

    private Layout() {}

    /** Bytes of a record with a payload of that length. */
    static int recordBytes(int length) {
        return (RECORD_HEADER + length + ALIGNMENT - 1) & -ALIGNMENT;
    }
}

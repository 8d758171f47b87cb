package idiom.bridge.alsa;

/** Where the parts of a {@code snd_seq_event_t} lie, in bytes, and what its types are called (alsa/seq_event.h). 64-bit. */
final class SeqEvent {
    static final int SIZE = 28;

    static final int TYPE = 0;
    static final int FLAGS = 1;
    static final int QUEUE = 3;
    static final int SECONDS = 4;
    static final int NANOSECONDS = 8;
    static final int SOURCE_CLIENT = 12;
    static final int SOURCE_PORT = 13;
    static final int DESTINATION_CLIENT = 14;
    static final int DESTINATION_PORT = 15;

    static final int CHANNEL = 16;
    static final int NOTE = 17;
    static final int VELOCITY = 18;
    static final int PARAMETER = 20;
    static final int VALUE = 24;
    static final int DATA_LENGTH = 16;
    /** The structure is packed: this address is not aligned. */
    static final int DATA_ADDRESS = 20;

    static final int CLIENT = 16;
    static final int PORT = 17;

    static final byte STAMPED_IN_REAL_TIME = 1;
    static final byte VARIABLE_LENGTH = 1 << 2;

    static final int NOTE_ON = 6;
    static final int NOTE_OFF = 7;
    static final int KEY_PRESSURE = 8;
    static final int CONTROLLER = 10;
    static final int PROGRAM = 11;
    static final int CHANNEL_PRESSURE = 12;
    static final int PITCH_BEND = 13;
    static final int CONTROLLER_14_BIT = 14;
    static final int NRPN = 15;
    static final int RPN = 16;
    static final int SONG_POSITION = 20;
    static final int SONG_SELECT = 21;
    static final int QUARTER_FRAME = 22;
    static final int START = 30;
    static final int CONTINUE = 31;
    static final int STOP = 32;
    static final int CLOCK = 36;
    static final int TICK = 37;
    static final int TUNE_REQUEST = 40;
    static final int RESET = 41;
    static final int SENSING = 42;
    static final int CLIENT_EXIT = 61;
    static final int PORT_START = 63;
    static final int PORT_EXIT = 64;
    static final int PORT_CHANGE = 65;
    static final int SUBSCRIBED = 66;
    static final int UNSUBSCRIBED = 67;
    static final int SYSEX = 130;

    /** Longest SysEx that goes through in one piece, in bytes. */
    static final int MAX_SYSEX = 32 * 1024;

    private SeqEvent() {}
}

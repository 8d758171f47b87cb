package idiom.engine.live;

/** Short MIDI messages in an int: status in the lowest byte, then the data bytes. Longer ones are kept elsewhere. */
final class Message {
    static final int NOTE_OFF = 0x80;
    static final int NOTE_ON = 0x90;
    static final int CONTROL = 0xB0;
    static final int PROGRAM = 0xC0;
    static final int CHANNEL_PRESSURE = 0xD0;
    static final int SYSTEM = 0xF0;
    static final int SYSEX_END = 0xF7;
    static final int RELEASE_VELOCITY = 64;
    static final int SUSTAIN = 64;
    static final int BANK = 0;
    static final int BANK_LOW = 32;
    static final int ALL_SOUND_OFF = 120;
    static final int RESET = 121;
    static final int ALL_NOTES_OFF = 123;
    static final int ACTIVE_SENSING = 0xFE;
    static final int DRUMS = 9;

    private Message() {}

    static int of(int status, int data1, int data2) {
        return status | data1 << 8 | data2 << 16;
    }

    /** A message of 1 to 3 bytes; missing ones are 0. */
    static int of(byte[] bytes, int offset, int length) {
        int message = bytes[offset] & 0xFF;
        for (int i = 1; i < length; i++) {
            message |= (bytes[offset + i] & 0xFF) << (8 * i);
        }
        return message;
    }

    /** Writes a message; returns its length. */
    static int write(int message, byte[] bytes) {
        bytes[0] = (byte) message;
        bytes[1] = (byte) (message >> 8);
        bytes[2] = (byte) (message >> 16);
        return length(status(message));
    }

    static int length(int status) {
        return switch (status & 0xF0) {
            case PROGRAM, CHANNEL_PRESSURE -> 2;
            case SYSTEM -> status == 0xF2 ? 3 : status == 0xF1 || status == 0xF3 ? 2 : 1;
            default -> 3;
        };
    }

    static int status(int message) {
        return message & 0xFF;
    }

    static int kind(int message) {
        return message & 0xF0;
    }

    static int channel(int message) {
        return message & 0x0F;
    }

    static int data1(int message) {
        return message >> 8 & 0x7F;
    }

    static int data2(int message) {
        return message >> 16 & 0x7F;
    }

    static boolean isNoteOn(int message) {
        return kind(message) == NOTE_ON && data2(message) > 0;
    }

    /** A note-on of velocity 0 is one too. */
    static boolean isNoteOff(int message) {
        return kind(message) == NOTE_OFF || (kind(message) == NOTE_ON && data2(message) == 0);
    }

    /** Ends what sounds at a {@link #key}, at the usual release velocity. */
    static int offFor(int key) {
        return of(NOTE_OFF | key >> 7, key & 0x7F, RELEASE_VELOCITY);
    }

    /** Whether a message does not fit in an int: more than three bytes, or SysEx of any length. */
    static boolean isLong(byte[] bytes, int offset, int length) {
        return length > 3 || (bytes[offset] & 0xFF) == SYSTEM;
    }

    /** Whether bytes are one message: a status byte, as many data bytes as belong to it, SysEx from F0 to F7. */
    static boolean isWhole(byte[] bytes, int offset, int length) {
        int status = bytes[offset] & 0xFF;
        boolean isSysEx = status == SYSTEM;
        if (status < 0x80 || status == SYSEX_END || (!isSysEx && length != length(status))) {
            return false;
        }
        int data = isSysEx ? length - 1 : length;
        for (int i = 1; i < data; i++) {
            if (bytes[offset + i] < 0) {
                return false;
            }
        }
        return !isSysEx || (length > 1 && (bytes[offset + length - 1] & 0xFF) == SYSEX_END);
    }

    /** Channel and pitch as an index below 2048. */
    static int key(int message) {
        return channel(message) << 7 | data1(message);
    }
}

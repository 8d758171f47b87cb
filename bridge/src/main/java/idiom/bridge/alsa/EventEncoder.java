package idiom.bridge.alsa;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.ByteOrder.nativeOrder;

import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes MIDI messages as sequencer events. Allocates nothing after it was made; for one thread. */
final class EventEncoder {
    private static final int[] SYSTEM_TYPES = {
        SeqEvent.SYSEX,
        SeqEvent.QUARTER_FRAME,
        SeqEvent.SONG_POSITION,
        SeqEvent.SONG_SELECT,
        0,
        0,
        SeqEvent.TUNE_REQUEST,
        0,
        SeqEvent.CLOCK,
        SeqEvent.TICK,
        SeqEvent.START,
        SeqEvent.CONTINUE,
        SeqEvent.STOP,
        0,
        SeqEvent.SENSING,
        SeqEvent.RESET
    };

    private final UnsafeBuffer sysex = new UnsafeBuffer(BufferUtil.allocateDirectAligned(SeqEvent.MAX_SYSEX, 64));

    /**
     * Writes type, flags and data of {@code event}, and leaves its addresses, queue and time alone.
     *
     * @param event {@link SeqEvent#SIZE} bytes; the data of a SysEx stays here and is good until the next call
     * @return whether {@code bytes} are one whole message that the sequencer has an event for
     */
    boolean encode(MutableDirectBuffer event, byte[] bytes, int offset, int length) {
        int status = bytes[offset] & 0xFF;
        int wanted = length(status);
        if (status == 0xF0 ? length > SeqEvent.MAX_SYSEX : length != wanted) {
            return false;
        }
        int first = length > 1 ? bytes[offset + 1] & 0x7F : 0;
        int second = length > 2 ? bytes[offset + 2] & 0x7F : 0;
        event.putByte(SeqEvent.FLAGS, SeqEvent.STAMPED_IN_REAL_TIME);
        event.putInt(SeqEvent.CHANNEL, status < 0xF0 ? status & 0x0F : 0, LITTLE_ENDIAN);
        switch (status >> 4) {
            case 0x8 -> key(event, SeqEvent.NOTE_OFF, first, second);
            case 0x9 -> key(event, SeqEvent.NOTE_ON, first, second);
            case 0xA -> key(event, SeqEvent.KEY_PRESSURE, first, second);
            case 0xB -> control(event, SeqEvent.CONTROLLER, first, second);
            case 0xC -> control(event, SeqEvent.PROGRAM, 0, first);
            case 0xD -> control(event, SeqEvent.CHANNEL_PRESSURE, 0, first);
            case 0xE -> control(event, SeqEvent.PITCH_BEND, 0, (second << 7 | first) - 8192);
            default -> {
                if (status == 0xF0) {
                    sysex(event, bytes, offset, length);
                } else {
                    control(event, SYSTEM_TYPES[status & 0x0F], 0, second << 7 | first);
                }
            }
        }
        return true;
    }

    /** Length of a message by its status, in bytes; 0 for SysEx and for what is no status. */
    static int length(int status) {
        return switch (status >> 4) {
            case 0x8, 0x9, 0xA, 0xB, 0xE -> 3;
            case 0xC, 0xD -> 2;
            case 0xF ->
                switch (status) {
                    case 0xF2 -> 3;
                    case 0xF1, 0xF3 -> 2;
                    default -> SYSTEM_TYPES[status & 0x0F] != 0 && status != 0xF0 ? 1 : 0;
                };
            default -> 0;
        };
    }

    private static void key(MutableDirectBuffer event, int type, int note, int velocity) {
        event.putByte(SeqEvent.TYPE, (byte) type);
        event.putByte(SeqEvent.NOTE, (byte) note);
        event.putByte(SeqEvent.VELOCITY, (byte) velocity);
        event.putLong(SeqEvent.PARAMETER, 0);
    }

    private static void control(MutableDirectBuffer event, int type, int parameter, int value) {
        event.putByte(SeqEvent.TYPE, (byte) type);
        event.putInt(SeqEvent.PARAMETER, parameter, nativeOrder());
        event.putInt(SeqEvent.VALUE, value, nativeOrder());
    }

    private void sysex(MutableDirectBuffer event, byte[] bytes, int offset, int length) {
        sysex.putBytes(0, bytes, offset, length);
        event.putByte(SeqEvent.TYPE, (byte) SeqEvent.SYSEX);
        event.putByte(SeqEvent.FLAGS, (byte) (SeqEvent.STAMPED_IN_REAL_TIME | SeqEvent.VARIABLE_LENGTH));
        event.putInt(SeqEvent.DATA_LENGTH, length, nativeOrder());
        event.putLong(SeqEvent.DATA_ADDRESS, sysex.addressOffset(), nativeOrder());
    }
}

package idiom.engine.midi;

/**
 * A message to one channel: note, controller, program, pressure or bend.
 *
 * @param status 0x80 to 0xEF: kind in the upper four bits, channel in the lower
 * @param data1 0 to 127
 * @param data2 0 to 127; 0 where the kind has one data byte (program change, channel pressure)
 */
public record ChannelMessage(int status, int data1, int data2) implements MidiMessage {
    /** Kinds: the upper four bits of a status. */
    public static final int NOTE_OFF = 0x80;

    public static final int NOTE_ON = 0x90;
    public static final int POLY_PRESSURE = 0xA0;
    public static final int CONTROLLER = 0xB0;
    public static final int PROGRAM = 0xC0;
    public static final int CHANNEL_PRESSURE = 0xD0;
    public static final int BEND = 0xE0;

    public ChannelMessage {
        if (status < 0x80 || status > 0xEF || (data1 & ~127) != 0 || (data2 & ~127) != 0) {
            throw new IllegalArgumentException(
                    "channel message out of range: status=" + status + " data1=" + data1 + " data2=" + data2);
        }
        if (data2 != 0 && dataBytes(status) == 1) {
            throw new IllegalArgumentException(
                    "a message with one data byte must have data2=0: status=" + status + " data2=" + data2);
        }
    }

    /** Note-on; channel 0 to 15, pitch 0 to 127, velocity 1 to 127 (0 makes it a note-off). */
    public static ChannelMessage noteOn(int channel, int pitch, int velocity) {
        return of(NOTE_ON, channel, pitch, velocity);
    }

    /** Note-off; channel 0 to 15, pitch 0 to 127, release velocity 0 to 127. */
    public static ChannelMessage noteOff(int channel, int pitch, int releaseVelocity) {
        return of(NOTE_OFF, channel, pitch, releaseVelocity);
    }

    /** Control change; channel 0 to 15, number and value 0 to 127. */
    public static ChannelMessage controller(int channel, int number, int value) {
        return of(CONTROLLER, channel, number, value);
    }

    /** Program change; channel 0 to 15, program 0 to 127. */
    public static ChannelMessage program(int channel, int program) {
        return of(PROGRAM, channel, program, 0);
    }

    private static ChannelMessage of(int kind, int channel, int data1, int data2) {
        if ((channel & ~15) != 0) {
            throw new IllegalArgumentException("channel must be from 0 to 15: channel=" + channel);
        }
        return new ChannelMessage(kind | channel, data1, data2);
    }

    /** Data bytes that follow a channel status: 1 or 2. */
    static int dataBytes(int status) {
        int kind = status & 0xF0;
        return kind == PROGRAM || kind == CHANNEL_PRESSURE ? 1 : 2;
    }

    /** One of the kinds above. */
    public int kind() {
        return status & 0xF0;
    }

    /** 0 to 15. */
    public int channel() {
        return status & 15;
    }

    /** Whether a note begins: a note-on of a velocity greater than 0. */
    public boolean isNoteOn() {
        return kind() == NOTE_ON && data2 > 0;
    }

    /** Whether a note ends: a note-off, or a note-on of velocity 0. */
    public boolean isNoteOff() {
        return kind() == NOTE_OFF || (kind() == NOTE_ON && data2 == 0);
    }

    /** Bend from -8192 to 8191, 0 at rest; means something for {@link #BEND} only. */
    public int bend() {
        return ((data2 << 7) | data1) - 8192;
    }
}

package idiom.engine.midi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An event about the music that no instrument hears: tempo, meter, key, text, end of track. Kept as raw bytes. */
public final class MetaMessage implements MidiMessage {
    public static final int TEXT = 0x01;
    public static final int TRACK_NAME = 0x03;
    public static final int LYRIC = 0x05;
    public static final int MARKER = 0x06;
    public static final int END_OF_TRACK = 0x2F;
    public static final int SET_TEMPO = 0x51;
    public static final int TIME_SIGNATURE = 0x58;
    public static final int KEY_SIGNATURE = 0x59;

    private static final byte[] NOTHING = {};
    private static final MetaMessage END = new MetaMessage(NOTHING, END_OF_TRACK);

    private final int type;
    private final byte[] data;

    /**
     * A meta event; copies its data.
     *
     * @param type 0 to 127
     * @param data what follows type and length, of any length
     */
    public MetaMessage(int type, byte[] data) {
        this(data.clone(), type);
    }

    private MetaMessage(byte[] owned, int type) {
        if ((type & ~127) != 0) {
            throw new IllegalArgumentException("meta type must be from 0 to 127: type=" + type);
        }
        this.type = type;
        this.data = owned;
    }

    /** As the constructor, without the copy: nobody else may keep {@code owned}. */
    static MetaMessage owning(int type, byte[] owned) {
        if (owned.length > 0) {
            return new MetaMessage(owned, type);
        }
        return type == END_OF_TRACK ? END : new MetaMessage(NOTHING, type);
    }

    /** The last event of every track. */
    public static MetaMessage endOfTrack() {
        return END;
    }

    /** Set-tempo; {@code quarterUs} microseconds a quarter note, 1 to 16,777,215. */
    public static MetaMessage setTempo(int quarterUs) {
        if (quarterUs < 1 || quarterUs > 0xFFFFFF) {
            throw new IllegalArgumentException("tempo must be from 1 to 16777215 us: quarterUs=" + quarterUs);
        }
        return owning(SET_TEMPO, new byte[] {(byte) (quarterUs >> 16), (byte) (quarterUs >> 8), (byte) quarterUs});
    }

    /** Time signature, such as 6 over 8; {@code denominator} a power of two up to 64, a metronome click a quarter. */
    public static MetaMessage timeSignature(int numerator, int denominator) {
        TimeSignature checked = new TimeSignature(0, numerator, denominator);
        byte power = (byte) Integer.numberOfTrailingZeros(checked.denominator());
        return owning(TIME_SIGNATURE, new byte[] {(byte) numerator, power, 24, 8});
    }

    /** Key signature; {@code sharps} from -7 (flats) to 7. */
    public static MetaMessage keySignature(int sharps, boolean minor) {
        KeySignature checked = new KeySignature(0, sharps, minor);
        return owning(KEY_SIGNATURE, new byte[] {(byte) checked.sharps(), (byte) (minor ? 1 : 0)});
    }

    /** A text of some type, such as {@link #TRACK_NAME}, in UTF-8. */
    public static MetaMessage text(int type, String text) {
        return owning(type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** 0 to 127. */
    public int type() {
        return type;
    }

    /** A copy of the data. */
    public byte[] data() {
        return data.clone();
    }

    /** Bytes of data. */
    public int length() {
        return data.length;
    }

    /** Byte {@code index} of the data, 0 to 255. */
    public int dataAt(int index) {
        return data[index] & 0xFF;
    }

    /** Whether it ends its track. */
    public boolean isEndOfTrack() {
        return type == END_OF_TRACK;
    }

    /** The data as text: UTF-8 where they are that, else Latin-1, in which every byte is a character. */
    public String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(data, StandardCharsets.ISO_8859_1);
        }
    }

    void copyTo(byte[] target, int position) {
        System.arraycopy(data, 0, target, position, data.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MetaMessage meta && type == meta.type && Arrays.equals(data, meta.data);
    }

    @Override
    public int hashCode() {
        return 31 * type + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "MetaMessage[type=0x" + Integer.toHexString(type) + ", length=" + data.length + "]";
    }
}

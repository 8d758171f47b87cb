package idiom.engine.midi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads [start, end) of a file's bytes in order; never beyond, and never allocates more than is there. */
final class ByteCursor {
    private final byte[] bytes;
    private final String place;
    private final int end;
    private int position;

    /** {@code place} goes before the position in messages, such as "track 2". */
    ByteCursor(byte[] bytes, int start, int end, String place) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
        this.place = place;
    }

    /** The next {@code length} bytes as a cursor of their own; this one goes on after them. */
    ByteCursor slice(int length, String slicePlace) {
        ByteCursor slice = new ByteCursor(bytes, position, position + length, slicePlace);
        position += length;
        return slice;
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    int u8() throws MidiFormatException {
        if (position == end) {
            throw new MidiFormatException.Truncated(describe(position, "the data end where a byte must follow"));
        }
        return bytes[position++] & 0xFF;
    }

    int u16() throws MidiFormatException {
        return (u8() << 8) | u8();
    }

    /** Four bytes, most significant first, 0 to 2^32 - 1. */
    long u32() throws MidiFormatException {
        return ((long) u16() << 16) | u16();
    }

    /** Four bytes, least significant first, 0 to 2^32 - 1. */
    long u32LittleEndian() throws MidiFormatException {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) u32()));
    }

    /** The next byte without going on, or -1 at the end. */
    int peek() {
        return position < end ? bytes[position] & 0xFF : -1;
    }

    /** A variable-length quantity of at most four bytes, 0 to 2^28 - 1. */
    int vlq() throws MidiFormatException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int octet = u8();
            value = (value << 7) | (octet & 0x7F);
            if (octet < 0x80) {
                return value;
            }
        }
        throw error(position - 4, "a variable-length number must have at most 4 bytes");
    }

    byte[] take(int length, String what) throws MidiFormatException {
        need(length, what);
        byte[] taken = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return taken;
    }

    /** A chunk's name: four bytes as Latin-1. */
    String chunkId() throws MidiFormatException {
        return new String(take(4, "a chunk's name"), StandardCharsets.ISO_8859_1);
    }

    /** Goes on by {@code length} bytes, or to the end where that is nearer. */
    void skip(long length) {
        position += (int) Math.min(length, remaining());
    }

    MidiFormatException error(int at, String what) {
        return new MidiFormatException(describe(at, what));
    }

    String describe(int at, String what) {
        return place + " at byte 0x" + Integer.toHexString(at) + ": " + what;
    }

    private void need(int length, String what) throws MidiFormatException {
        if (length > remaining()) {
            throw new MidiFormatException.Truncated(describe(
                    position, what + " of " + length + " bytes is announced, " + remaining() + " bytes are left"));
        }
    }
}

package idiom.engine.onnx;

import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * Walks over the fields of one protobuf message in an array, without copying: enough to check a file before a parser
 * that trusts it. Throws {@link IllegalArgumentException} where the bytes are no protobuf.
 */
final class ProtobufReader {
    static final int VARINT = 0;
    static final int FIXED_64 = 1;
    static final int BYTES = 2;
    static final int FIXED_32 = 5;

    /** Names of operators and attributes are shorter. */
    private static final int LONGEST_TEXT = 1024;

    private final byte[] data;
    private final int end;
    private int position;
    private int field;
    private int wireType;
    private long value;
    private int start;

    ProtobufReader(byte[] data) {
        this(data, 0, data.length);
    }

    private ProtobufReader(byte[] data, int from, int to) {
        this.data = data;
        this.position = from;
        this.end = to;
    }

    /** Moves to the next field; false at the message's end. */
    boolean next() {
        if (position == end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (tag >>> 32 != 0 || field == 0) {
            throw malformed("tag");
        }
        switch (wireType) {
            case VARINT -> value = varint();
            case FIXED_64 -> skip(Long.BYTES);
            case BYTES -> skip(varint());
            case FIXED_32 -> skip(Integer.BYTES);
            default -> throw malformed("wire type " + wireType);
        }
        return true;
    }

    int field() {
        return field;
    }

    int wireType() {
        return wireType;
    }

    /** The number in this field. */
    long number() {
        require(VARINT);
        return value;
    }

    /** The message in this field. */
    ProtobufReader message() {
        require(BYTES);
        return new ProtobufReader(data, start, position);
    }

    /** The text in this field. */
    String text() {
        require(BYTES);
        if (length() > LONGEST_TEXT) {
            throw malformed("text of " + length() + " bytes");
        }
        return new String(data, start, position - start, StandardCharsets.UTF_8);
    }

    /** Number of bytes in this field. */
    int length() {
        require(BYTES);
        return position - start;
    }

    /**
     * Gives each number of a repeated field, which are packed into bytes or come one by one, to {@code consumer}.
     *
     * @return how many there were
     */
    int numbers(LongConsumer consumer) {
        if (wireType == VARINT) {
            consumer.accept(value);
            return 1;
        }
        ProtobufReader packed = message();
        int count = 0;
        for (; packed.position < packed.end; count++) {
            consumer.accept(packed.varint());
        }
        return count;
    }

    /** The little-endian 64-bit number at {@code index} in this field's bytes. */
    long longAt(int index) {
        long number = 0;
        for (int i = 7; i >= 0; i--) {
            number = number << 8 | (data[start + index * Long.BYTES + i] & 0xff);
        }
        return number;
    }

    private void require(int expected) {
        if (wireType != expected) {
            throw malformed("wire type " + wireType + " of field " + field);
        }
    }

    private void skip(long length) {
        if (length < 0 || length > end - position) {
            throw malformed("length " + length + " of field " + field + ", " + (end - position) + " bytes left");
        }
        start = position;
        position += (int) length;
    }

    private long varint() {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position == end) {
                throw malformed("end");
            }
            byte next = data[position++];
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw malformed("number of more than 64 bits");
    }

    private IllegalArgumentException malformed(String what) {
        return new IllegalArgumentException("unexpected " + what + " at byte " + position);
    }
}

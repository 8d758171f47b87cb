package idiom.training.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Breaks data files, texts and arrays alike: cut short, with numbers that claim more than there is or than a type holds,
 * with lines repeated, moved and grown long, with bytes that are no text. The same seed gives the same bytes.
 */
final class DataMutator {
    private static final List<String> NUMBERS = List.of(
            "-1",
            "0",
            "00000000000000000001",
            "4294967295",
            "4294967296",
            "9223372036854775807",
            "99999999999999999999",
            "1e9",
            "nan",
            "");
    private static final List<String> PIECES = List.of(
            "(",
            "{",
            "[",
            "'",
            "\"",
            ",",
            "\t",
            "\n",
            "\r\n",
            "=",
            "\\",
            "\\u00",
            "\u0000",
            " ",
            "9",
            "'shape': (1, 672), ");
    private static final byte[] HUGE = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
    private static final byte[] HUGE_SIGNED = {0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
    private static final int MAX_BYTES = 1 << 20;

    private final Random random;

    DataMutator(long seed) {
        this.random = new Random(seed);
    }

    /** A number in [0, bound). */
    int choice(int bound) {
        return random.nextInt(bound);
    }

    /** The bytes broken in one to six ways. */
    byte[] broken(byte[] original) {
        byte[] bytes = original;
        for (int i = 1 + random.nextInt(random.nextBoolean() ? 1 : 6); i > 0; i--) {
            bytes = brokenOnce(bytes, original);
        }
        return bytes;
    }

    private byte[] brokenOnce(byte[] bytes, byte[] original) {
        int at = position(bytes);
        return switch (random.nextInt(9)) {
            case 0 -> spliced(bytes, at, new byte[] {(byte) random.nextInt(256)}, 1);
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> spliced(bytes, at, random.nextBoolean() ? HUGE : HUGE_SIGNED, 4);
            case 3 -> spliced(bytes, at, new byte[0], random.nextInt(64));
            case 4 -> spliced(bytes, at, slice(original), random.nextInt(64));
            case 5 -> spliced(bytes, at, repeated(), 0);
            case 6, 7 -> numberReplaced(bytes, at);
            default -> spliced(bytes, at, slice(bytes), 0);
        };
    }

    /** Half of all places lie in the first 200 bytes, where headers are. */
    private int position(byte[] bytes) {
        int bound = random.nextBoolean() ? Math.min(200, bytes.length) : bytes.length;
        return random.nextInt(bound + 1);
    }

    private byte[] slice(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(200)));
    }

    /** Up to 300 pieces, now and then a hundred thousand. */
    private byte[] repeated() {
        int count = random.nextInt(50) == 0 ? random.nextInt(100_000) : random.nextInt(300);
        return text(PIECES.get(random.nextInt(PIECES.size())).repeat(count));
    }

    /** The first run of digits from {@code at} on becomes another number. */
    private byte[] numberReplaced(byte[] bytes, int at) {
        for (int i = at; i < bytes.length; i++) {
            if (isDigit(bytes[i])) {
                int end = i;
                while (end < bytes.length && isDigit(bytes[end])) {
                    end++;
                }
                return spliced(bytes, i, text(NUMBERS.get(random.nextInt(NUMBERS.size()))), end - i);
            }
        }
        return bytes;
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** {@code inserted} in the place of {@code removed} bytes from {@code at} on. */
    private static byte[] spliced(byte[] bytes, int at, byte[] inserted, int removed) {
        int tail = Math.min(bytes.length, at + removed);
        int length = Math.min(MAX_BYTES, at + inserted.length + bytes.length - tail);
        byte[] result = Arrays.copyOf(bytes, length);
        int room = Math.max(0, Math.min(inserted.length, length - at));
        System.arraycopy(inserted, 0, result, Math.min(at, length), room);
        int rest = Math.max(0, length - at - room);
        System.arraycopy(bytes, tail, result, length - rest, rest);
        return result;
    }
}

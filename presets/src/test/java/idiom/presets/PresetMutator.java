package idiom.presets;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Breaks preset texts in ways that hurt a parser: cut short, nested deep, with endless lines and keys, with numbers beyond
 * all types, with bytes that are no text. The same seed gives the same bytes.
 */
final class PresetMutator {
    private static final String SIGNS = "\"'[]{}=.,#\n\r\t -_+e\\:";
    private static final List<String> PIECES = List.of(
            "[",
            "{a=",
            "[[k]]\n",
            "a.",
            "\"",
            "'''",
            "\"\"\"",
            "\\u0041",
            "\\",
            "\n",
            "9",
            "=",
            "#",
            "\u0000",
            "k = 1\n",
            "[decoding]\n");
    private static final List<String> VALUES = List.of(
            "-1",
            "nan",
            "-inf",
            "1e999",
            "0x7fffffffffffffff",
            "99999999999999999999",
            "1979-05-27T07:32:00Z",
            "true",
            "\"\"",
            "[]",
            "{}",
            "\"../../x.onnx\"");
    private static final int MAX_BYTES = 100_000;

    private final Random random;
    private final List<byte[]> originals;

    /** A mutator of some texts, at least one. */
    PresetMutator(long seed, List<byte[]> originals) {
        this.random = new Random(seed);
        this.originals = originals;
    }

    /** One of the originals, broken in one to six ways. */
    byte[] next() {
        byte[] bytes = original();
        for (int i = 1 + random.nextInt(random.nextBoolean() ? 1 : 6); i > 0; i--) {
            bytes = broken(bytes);
        }
        return bytes;
    }

    private byte[] original() {
        return originals.get(random.nextInt(originals.size()));
    }

    private byte[] broken(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        return switch (random.nextInt(8)) {
            case 0 -> spliced(bytes, at, new byte[] {(byte) random.nextInt(256)}, 1);
            case 1 -> spliced(bytes, at, sign(), random.nextInt(2));
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> spliced(bytes, at, new byte[0], random.nextInt(64));
            case 4 -> spliced(bytes, at, slice(original()), random.nextInt(64));
            case 5 -> spliced(bytes, at, repeated(), 0);
            case 6 -> valueReplaced(bytes, at);
            default -> spliced(bytes, at, slice(bytes), 0);
        };
    }

    private byte[] sign() {
        return new byte[] {(byte) SIGNS.charAt(random.nextInt(SIGNS.length()))};
    }

    private byte[] slice(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(120)));
    }

    /** Up to 300 pieces, now and then enough to fill a file. */
    private byte[] repeated() {
        int count = random.nextInt(20) == 0 ? random.nextInt(70_000) : random.nextInt(300);
        return text(PIECES.get(random.nextInt(PIECES.size())).repeat(count));
    }

    /** The value of the first line from {@code at} on that has one. */
    private byte[] valueReplaced(byte[] bytes, int at) {
        for (int i = at; i < bytes.length; i++) {
            if (bytes[i] == '=') {
                int end = i + 1;
                while (end < bytes.length && bytes[end] != '\n') {
                    end++;
                }
                return spliced(bytes, i + 1, text(" " + VALUES.get(random.nextInt(VALUES.size()))), end - i - 1);
            }
        }
        return bytes;
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

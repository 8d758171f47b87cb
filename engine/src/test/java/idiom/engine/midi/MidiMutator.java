package idiom.engine.midi;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Breaks files in ways that hurt a reader: cut short, with huge lengths and claims, with endless tempo maps, with
 * statuses where data should be and the reverse. The same seed gives the same bytes.
 */
public final class MidiMutator {
    private static final long[] LENGTHS = {
        0, 1, 6, 0x7F, 0x80, 0xFFFF, 0x00FF_FFFF, 0x7FFF_FFFF, 0x8000_0000L, 0xFFFF_FFFFL
    };
    private static final byte[] LONGEST_NUMBER = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F};
    private static final byte[] TEMPO = {0, (byte) 0xFF, 0x51, 3, 0, 0, 1};
    private static final byte[] END_OF_TRACK = {0, (byte) 0xFF, 0x2F, 0};
    private static final byte[] LONG_META = {0, (byte) 0xFF, 1, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F};
    private static final int MAX_BYTES = 1 << 20;

    private final Random random;
    private final List<byte[]> originals;

    /** A mutator of some files, at least one. */
    public MidiMutator(long seed, List<byte[]> originals) {
        this.random = new Random(seed);
        this.originals = originals;
    }

    /** One of the originals, broken in one to eight ways. */
    public byte[] next() {
        byte[] bytes = original().clone();
        for (int i = 1 + random.nextInt(random.nextBoolean() ? 1 : 8); i > 0; i--) {
            bytes = broken(bytes);
        }
        return bytes;
    }

    private byte[] original() {
        return originals.get(random.nextInt(originals.size()));
    }

    private byte[] broken(byte[] bytes) {
        int at = position(bytes);
        return switch (random.nextInt(12)) {
            case 0 -> flipped(bytes, at);
            case 1 -> written(bytes, at, new byte[] {(byte) random.nextInt(256)});
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> written(bytes, at, LONGEST_NUMBER);
            case 4 -> written(bytes, lengthField(bytes, at), length());
            case 5 -> spliced(bytes, at, new byte[0], at + random.nextInt(64));
            case 6 -> spliced(bytes, at, repeated(pick(TEMPO, END_OF_TRACK, LONG_META)), at);
            case 7 -> spliced(bytes, at, slice(bytes), at);
            case 8 -> spliced(bytes, at, slice(original()), at + random.nextInt(64));
            case 9 -> spliced(bytes, at, noise(), at);
            case 10 -> written(bytes, at, repeated(new byte[] {(byte) (random.nextInt(128) + 128)}));
            default -> written(bytes, 8 + random.nextInt(6), new byte[] {(byte) random.nextInt(256)});
        };
    }

    /** Anywhere, but often in the first bytes, where the claims are. */
    private int position(byte[] bytes) {
        int within = random.nextInt(4) == 0 ? Math.min(64, bytes.length) : bytes.length;
        return random.nextInt(within + 1);
    }

    private static byte[] pick(byte[] first, byte[] second, byte[] third, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> first;
            case 1 -> second;
            default -> third;
        };
    }

    private byte[] pick(byte[] first, byte[] second, byte[] third) {
        return pick(first, second, third, random);
    }

    private byte[] flipped(byte[] bytes, int at) {
        if (at < bytes.length) {
            bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    /** The length of a chunk from {@code at} on, or {@code at}. */
    private static int lengthField(byte[] bytes, int at) {
        for (int i = at; i + 8 <= bytes.length; i++) {
            if (bytes[i] == 'M' && bytes[i + 1] == 'T') {
                return i + 4;
            }
        }
        return at;
    }

    private byte[] length() {
        long length = LENGTHS[random.nextInt(LENGTHS.length)] + random.nextInt(3) - 1;
        return new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length};
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(32)];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] slice(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(4096)));
    }

    private byte[] repeated(byte[] unit) {
        int times = 1 + random.nextInt(random.nextInt(8) == 0 ? 5000 : 20);
        byte[] all = new byte[unit.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = unit[i % unit.length];
        }
        return all;
    }

    /** {@code patch} over the bytes from {@code at} on. */
    private static byte[] written(byte[] bytes, int at, byte[] patch) {
        int start = Math.min(at, bytes.length);
        System.arraycopy(patch, 0, bytes, start, Math.min(patch.length, bytes.length - start));
        return bytes;
    }

    /** {@code inserted} in place of [from, to). */
    private static byte[] spliced(byte[] bytes, int from, byte[] inserted, int to) {
        int rest = Math.min(to, bytes.length);
        byte[] result = new byte[Math.min(MAX_BYTES, from + inserted.length + bytes.length - rest)];
        int head = Math.min(from, result.length);
        System.arraycopy(bytes, 0, result, 0, head);
        int middle = Math.min(inserted.length, result.length - head);
        System.arraycopy(inserted, 0, result, head, middle);
        System.arraycopy(bytes, rest, result, head + middle, result.length - head - middle);
        return result;
    }
}

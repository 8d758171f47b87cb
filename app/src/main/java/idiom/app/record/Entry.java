package idiom.app.record;

import idiom.app.record.Entry.Late;
import idiom.app.record.Entry.Moved;
import idiom.app.record.Entry.Played;
import idiom.app.record.Entry.Preset;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One thing that happened in a live session. Times are on the device's clock. As bytes it is its kind and what belongs to it;
 * the time travels beside them.
 */
sealed interface Entry permits Late, Moved, Passed, Played, Preset {
    /** Kinds: the first byte. */
    int HEARD = 0;

    int SENT = 1;
    int MOVED = 2;
    int PRESET = 3;
    int LATE = 4;
    int PLAYED = 5;
    /** Bytes of a {@link Moved}. */
    int MOVED_BYTES = 17;

    VarHandle DOUBLES = MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.BIG_ENDIAN);

    /** When it happened, on the device's clock. */
    long time();

    /** The session began to play. */
    record Played(long time) implements Entry {}

    /** From that time on the song is on a new line: at {@code step} then, in 16ths, at that tempo in 16ths a second. */
    record Moved(long time, double step, double stepsPerSecond) implements Entry {}

    /** The preset of that index plays. */
    record Preset(long time, int index) implements Entry {}

    /** A window came too late and passed through unchanged. */
    record Late(long time) implements Entry {}

    /** Writes a {@link Moved} to the start of an array, without its time. Allocates nothing. */
    static void putMoved(byte[] target, double step, double stepsPerSecond) {
        target[0] = MOVED;
        DOUBLES.set(target, 1, step);
        DOUBLES.set(target, 9, stepsPerSecond);
    }

    /**
     * Reads one from its bytes.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Entry of(long time, byte[] bytes) {
        int kind = bytes.length == 0 ? -1 : bytes[0];
        byte[] rest = Arrays.copyOfRange(bytes, Math.min(1, bytes.length), bytes.length);
        return switch (kind) {
            case HEARD -> new Passed(time, Passed.Way.IN, rest);
            case SENT -> new Passed(time, Passed.Way.OUT, rest);
            case MOVED -> moved(time, bytes);
            case PRESET -> new Preset(time, rest.length == 1 ? rest[0] & 0xFF : 0);
            case LATE -> new Late(time);
            case PLAYED -> new Played(time);
            default -> throw new IllegalArgumentException("kind of entry must be from 0 to 5: kind=" + kind);
        };
    }

    private static Moved moved(long time, byte[] bytes) {
        if (bytes.length != MOVED_BYTES) {
            throw new IllegalArgumentException("a move must have 17 bytes: bytes=" + bytes.length);
        }
        double step = (double) DOUBLES.get(bytes, 1);
        double stepsPerSecond = (double) DOUBLES.get(bytes, 9);
        if (!Double.isFinite(step) || !(stepsPerSecond > 0) || stepsPerSecond > 1e6) {
            throw new IllegalArgumentException(
                    "a move must be along a line: step=" + step + " stepsPerSecond=" + stepsPerSecond);
        }
        return new Moved(time, step, stepsPerSecond);
    }
}

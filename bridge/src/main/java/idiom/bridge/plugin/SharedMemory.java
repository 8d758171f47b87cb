package idiom.bridge.plugin;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbers in memory that another process reads and writes too. Little-endian; words that say what others may read are stored
 * with release and loaded with acquire. Whoever has the mapping may use it from any thread; offsets are multiples of the size.
 */
final class SharedMemory {
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer bytes;

    /** Over a direct buffer, whose own order is changed to little-endian. */
    SharedMemory(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    int size() {
        return bytes.capacity();
    }

    long load(int at) {
        return (long) LONGS.getAcquire(bytes, at);
    }

    void store(int at, long value) {
        LONGS.setRelease(bytes, at, value);
    }

    int loadInt(int at) {
        return (int) INTS.getAcquire(bytes, at);
    }

    void storeInt(int at, int value) {
        INTS.setRelease(bytes, at, value);
    }

    /** Not ordered with anything: of records that a load or store around it lets others see. */
    long getLong(int at) {
        return bytes.getLong(at);
    }

    int getInt(int at) {
        return bytes.getInt(at);
    }

    int getShort(int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    double getDouble(int at) {
        return bytes.getDouble(at);
    }

    void get(int at, byte[] target, int length) {
        bytes.get(at, target, 0, length);
    }

    void putLong(int at, long value) {
        bytes.putLong(at, value);
    }

    void putDouble(int at, double value) {
        bytes.putDouble(at, value);
    }

    void putInt(int at, int value) {
        bytes.putInt(at, value);
    }

    void putShort(int at, int value) {
        bytes.putShort(at, (short) value);
    }

    void put(int at, byte[] source, int offset, int length) {
        bytes.put(at, source, offset, length);
    }
}

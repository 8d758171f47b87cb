package idiom.engine.midi;

import java.util.Arrays;

/**
 * A system exclusive packet as the file holds it. A message may be split over several: one of 0xF0 and some of 0xF7, the
 * last of which ends with the byte 0xF7. A packet of 0xF7 may also carry bytes of any other kind ("escape").
 */
public final class SysExMessage implements MidiMessage {
    public static final int START = 0xF0;
    public static final int CONTINUE = 0xF7;

    private final int status;
    private final byte[] data;

    /**
     * A packet; copies its data.
     *
     * @param status 0xF0 or 0xF7
     * @param data what follows status and length; a closing 0xF7 belongs to it
     */
    public SysExMessage(int status, byte[] data) {
        this(data.clone(), status);
    }

    private SysExMessage(byte[] owned, int status) {
        if (status != START && status != CONTINUE) {
            throw new IllegalArgumentException("SysEx status must be 0xF0 or 0xF7: status=" + status);
        }
        this.status = status;
        this.data = owned;
    }

    /** As the constructor, without the copy: nobody else may keep {@code owned}. */
    static SysExMessage owning(int status, byte[] owned) {
        return new SysExMessage(owned, status);
    }

    /** 0xF0 or 0xF7. */
    public int status() {
        return status;
    }

    /** A copy of the data. */
    public byte[] data() {
        return data.clone();
    }

    /** Bytes of data. */
    public int length() {
        return data.length;
    }

    void copyTo(byte[] target, int position) {
        System.arraycopy(data, 0, target, position, data.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SysExMessage sysEx && status == sysEx.status && Arrays.equals(data, sysEx.data);
    }

    @Override
    public int hashCode() {
        return 31 * status + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "SysExMessage[status=0x" + Integer.toHexString(status) + ", length=" + data.length + "]";
    }
}

package idiom.bridge.alsa;

import idiom.engine.live.MidiHandler;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Messages with their times, from the thread that reads the sequencer to the session's; holds some 32,000 short ones. When
 * it is nearly full, only what ends notes gets in. Allocates nothing after it was made.
 */
final class InputRing {
    private static final int CAPACITY = 1 << 20;
    private static final int RESERVE = CAPACITY / 8;
    private static final int MESSAGE = 1;
    private static final int TIME_BYTES = Long.BYTES;

    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH, 64)));
    private final byte[] message = new byte[SeqEvent.MAX_SYSEX];
    private final MessageHandler reader = this::read;
    private @Nullable MidiHandler handler;

    /** Puts a message in, if there is room. [midi-in] */
    boolean offer(long time, byte[] bytes, int offset, int length) {
        if (CAPACITY - ring.size() < RESERVE && !endsNotes(bytes, offset)) {
            return false;
        }
        int index = ring.tryClaim(MESSAGE, TIME_BYTES + length);
        if (index < 0) {
            return false;
        }
        ring.buffer().putLong(index, time);
        ring.buffer().putBytes(index + TIME_BYTES, bytes, offset, length);
        ring.commit(index);
        return true;
    }

    /** Hands over all that is there; returns how many. [session] */
    int drain(MidiHandler to) {
        handler = to;
        return ring.read(reader);
    }

    private void read(int type, MutableDirectBuffer buffer, int index, int length) {
        MidiHandler to = handler;
        if (to != null) {
            int bytes = length - TIME_BYTES;
            buffer.getBytes(index + TIME_BYTES, message, 0, bytes);
            to.onMidi(buffer.getLong(index), message, 0, bytes);
        }
    }

    /** Note off in both forms, pedals and modes. */
    private static boolean endsNotes(byte[] bytes, int offset) {
        int kind = bytes[offset] & 0xF0;
        return kind == 0x80
                || (kind == 0x90 && bytes[offset + 2] == 0)
                || (kind == 0xB0 && (bytes[offset + 1] == 64 || bytes[offset + 1] >= 120));
    }
}

package idiom.bridge.jack;

import com.sun.jna.Callback;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/**
 * The functions of libjack that are called in each period, with addresses as {@code long}, so that a call makes no object and
 * its return code is seen. For 64-bit systems only. Addresses come from libjack and are valid until the process callback
 * returns, or, for clients and ports, until the client is closed.
 */
final class RealtimeCalls {
    /** Memory as a whole: offsets in it are addresses. */
    static final Pointer ADDRESS_SPACE = new Pointer(0);

    /** {@code jack_midi_event_t}: {@code uint32 time; size_t size; byte *buffer}. */
    static final int EVENT_BYTES = 24;

    static final int EVENT_TIME = 0;
    static final int EVENT_SIZE = 8;
    static final int EVENT_BUFFER = 16;

    /** {@code jack_position_t}, packed; the rest of it is padding. */
    static final int POSITION_BYTES = 256;

    static final int POSITION_FRAME = 20;
    static final int POSITION_VALID = 24;
    static final int POSITION_BAR = 28;
    static final int POSITION_BEAT = 32;
    static final int POSITION_TICK = 36;
    static final int POSITION_BAR_START_TICK = 40;
    static final int POSITION_BEATS_PER_BAR = 48;
    static final int POSITION_BEAT_TYPE = 52;
    static final int POSITION_TICKS_PER_BEAT = 56;
    static final int POSITION_BEATS_PER_MINUTE = 64;
    static final int POSITION_BBT_OFFSET = 88;
    static final int POSITION_TICK_DOUBLE = 100;

    /** Bar, beat, tick, metre and tempo are there. */
    static final int VALID_BBT = 0x10;
    /** So is by how many frames the cycle begins after them. */
    static final int VALID_BBT_OFFSET = 0x40;
    /** So is the tick with its fraction. */
    static final int VALID_TICK_DOUBLE = 0x400;

    private RealtimeCalls() {}

    /** Binds the methods to {@code library}, which must be the one that everything else is called in. */
    static void bind(NativeLibrary library) {
        Native.register(RealtimeCalls.class, library);
    }

    static Memory zeroed(int bytes) {
        Memory memory = new Memory(bytes);
        memory.clear();
        return memory;
    }

    static native int jack_last_frame_time(long client);

    static native int jack_frame_time(long client);

    static native long jack_port_get_buffer(long port, int frames);

    static native int jack_midi_get_event_count(long buffer);

    static native int jack_midi_event_get(long event, long buffer, int index);

    static native int jack_midi_get_lost_event_count(long buffer);

    static native void jack_midi_clear_buffer(long buffer);

    static native long jack_midi_event_reserve(long buffer, int time, long size);

    static native int jack_transport_query(long client, long position);

    static native int jack_set_timebase_callback(long client, int conditional, TimebaseCallback callback, long arg);

    /** Says in each period where the music is at its end: {@code JackTimebaseCallback}. */
    interface TimebaseCallback extends Callback {
        void invoke(int state, int frames, long position, int isNewPosition, long arg);
    }
}

package idiom.bridge.alsa;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.Map;
import java.util.Optional;

/**
 * What is used of libasound, called directly: with numbers only, a call allocates nothing. A {@code long} is an address or
 * a {@code size_t}, so this is for 64-bit systems, like the engine's ONNX Runtime. Names and meaning are
 * <a href="https://www.alsa-project.org/alsa-doc/alsa-lib/seq.html">libasound's</a>; results below 0 are {@code -errno}.
 */
final class Asound {
    static final int EAGAIN = 11;
    static final int ENOSPC = 28;

    static final int OPEN_DUPLEX = 3;
    static final int NONBLOCK = 1;

    static final int ADDRESS_SUBSCRIBERS = 254;
    static final int ADDRESS_UNKNOWN = 253;
    static final int SYSTEM_CLIENT = 0;
    static final int SYSTEM_ANNOUNCE = 1;

    static final int CAN_READ = 1;
    static final int CAN_WRITE = 1 << 1;
    static final int CAN_DUPLEX = 1 << 4;
    static final int CAN_SUBSCRIBE_READ = 1 << 5;
    static final int CAN_SUBSCRIBE_WRITE = 1 << 6;
    static final int NO_EXPORT = 1 << 7;

    static final int TYPE_MIDI_GENERIC = 1 << 1;
    static final int TYPE_HARDWARE = 1 << 16;
    static final int TYPE_SOFTWARE = 1 << 17;
    static final int TYPE_PORT = 1 << 19;
    static final int TYPE_APPLICATION = 1 << 20;

    static final int TIMER_CLASS_GLOBAL = 1;
    static final int TIMER_GLOBAL_HRTIMER = 3;

    private static final String LIBRARY = "libasound.so.2";

    static {
        Native.register(
                Asound.class, NativeLibrary.getInstance(LIBRARY, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8")));
    }

    private Asound() {}

    /** Loads the library; says why it can't be. */
    static Optional<String> load() {
        try {
            snd_seq_client_info_sizeof();
            return Optional.empty();
        } catch (LinkageError e) {
            return Optional.of("the library of ALSA is missing: " + LIBRARY + " (apt install libasound2)");
        }
    }

    static native int snd_seq_open(long handleAddress, String name, int streams, int mode);

    static native int snd_seq_close(long sequencer);

    static native int snd_seq_client_id(long sequencer);

    static native int snd_seq_set_client_name(long sequencer, String name);

    static native int snd_seq_set_client_pool_input(long sequencer, long events);

    static native int snd_seq_set_client_pool_output(long sequencer, long events);

    static native int snd_seq_set_input_buffer_size(long sequencer, long bytes);

    static native int snd_seq_poll_descriptors(long sequencer, long descriptors, int space, short events);

    static native int snd_seq_event_input(long sequencer, long eventAddress);

    static native int snd_seq_event_output_direct(long sequencer, long event);

    static native int snd_seq_drain_output(long sequencer);

    static native int snd_seq_connect_from(long sequencer, int port, int sourceClient, int sourcePort);

    static native int snd_seq_connect_to(long sequencer, int port, int destinationClient, int destinationPort);

    static native int snd_seq_alloc_queue(long sequencer);

    static native int snd_seq_control_queue(long sequencer, int queue, int type, int value, long event);

    static native int snd_seq_get_queue_status(long sequencer, int queue, long status);

    static native long snd_seq_queue_status_sizeof();

    static native long snd_seq_queue_status_get_real_time(long status);

    static native int snd_seq_get_queue_timer(long sequencer, int queue, long timer);

    static native int snd_seq_set_queue_timer(long sequencer, int queue, long timer);

    static native long snd_seq_queue_timer_sizeof();

    static native void snd_seq_queue_timer_set_id(long timer, long id);

    static native void snd_seq_queue_timer_set_resolution(long timer, int hertz);

    static native long snd_timer_id_sizeof();

    static native void snd_timer_id_set_class(long id, int value);

    static native void snd_timer_id_set_sclass(long id, int value);

    static native void snd_timer_id_set_card(long id, int value);

    static native void snd_timer_id_set_device(long id, int value);

    static native void snd_timer_id_set_subdevice(long id, int value);

    static native int snd_seq_query_next_client(long sequencer, long clientInfo);

    static native int snd_seq_query_next_port(long sequencer, long portInfo);

    static native long snd_seq_client_info_sizeof();

    static native void snd_seq_client_info_set_client(long clientInfo, int client);

    static native int snd_seq_client_info_get_client(long clientInfo);

    static native int snd_seq_client_info_get_card(long clientInfo);

    static native String snd_seq_client_info_get_name(long clientInfo);

    static native long snd_seq_port_info_sizeof();

    static native void snd_seq_port_info_set_client(long portInfo, int client);

    static native void snd_seq_port_info_set_port(long portInfo, int port);

    static native void snd_seq_port_info_set_name(long portInfo, String name);

    static native void snd_seq_port_info_set_capability(long portInfo, int capability);

    static native void snd_seq_port_info_set_type(long portInfo, int type);

    static native void snd_seq_port_info_set_midi_channels(long portInfo, int channels);

    static native void snd_seq_port_info_set_timestamping(long portInfo, int enable);

    static native void snd_seq_port_info_set_timestamp_real(long portInfo, int realtime);

    static native void snd_seq_port_info_set_timestamp_queue(long portInfo, int queue);

    static native int snd_seq_port_info_get_port(long portInfo);

    static native String snd_seq_port_info_get_name(long portInfo);

    static native int snd_seq_port_info_get_capability(long portInfo);

    static native int snd_seq_port_info_get_type(long portInfo);

    static native int snd_seq_create_port(long sequencer, long portInfo);

    static native String snd_strerror(int error);
}

package idiom.bridge.jack;

import com.sun.jna.Callback;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.PointerType;
import com.sun.jna.ptr.IntByReference;
import idiom.bridge.BackendException;
import idiom.bridge.Port;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jaudiolibs.jnajack.lowlevel.JackLibrary;
import org.jspecify.annotations.Nullable;

/**
 * A client of one server, from opening to closing; the server may go away in between. Holds what libjack calls back, so that
 * it isn't collected. All methods are for the control thread, one at a time.
 */
final class NativeClient implements AutoCloseable {
    static final int IS_INPUT = 0x1;
    static final int IS_OUTPUT = 0x2;
    private static final int IS_PHYSICAL = 0x4;
    private static final String MIDI = "8 bit raw midi";
    private static final int NO_START_SERVER = 0x1;
    private static final int SERVER_FAILED = 0x10;
    private static final long START_PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long SHUTDOWN_PATIENCE_MS = 200;

    static final String NO_SERVER = "no JACK server is running; start one (jackd -d alsa, or from qjackctl), or where"
            + " PipeWire runs start Idiom with pw-jack";

    private final JackLibrary jack;
    private final JackLibrary._jack_client client;
    private final String name;
    private final List<Callback> callbacks = new ArrayList<>();
    private JackLibrary.@Nullable _jack_port in;
    private JackLibrary.@Nullable _jack_port out;
    /** libjack's thread that has brought the news of the server's end. */
    private volatile @Nullable Thread messenger;

    private NativeClient(JackLibrary jack, JackLibrary._jack_client client) {
        this.jack = jack;
        this.client = client;
        this.name = jack.jack_get_client_name(client);
    }

    /** Opens a client that does nothing yet. Never starts a server. */
    static NativeClient open(JackLibrary jack, String name) throws BackendException {
        int longest = jack.jack_client_name_size() - 1;
        if (name.getBytes(StandardCharsets.UTF_8).length > longest || name.indexOf(':') >= 0) {
            throw new BackendException(
                    "JACK: a name must have at most " + longest + " bytes and no colon: name=" + name);
        }
        IntByReference status = new IntByReference();
        JackLibrary._jack_client client = jack.jack_client_open(name, NO_START_SERVER, status);
        if (client != null) {
            return new NativeClient(jack, client);
        }
        if ((status.getValue() & SERVER_FAILED) != 0) {
            throw new BackendException("JACK: " + NO_SERVER);
        }
        throw new BackendException(
                String.format("JACK: the server refused a client: name=%s, status=0x%x", name, status.getValue()));
    }

    /** The name the server gave it, which has a number if the one asked for was taken. */
    String name() {
        return name;
    }

    int rate() {
        return jack.jack_get_sample_rate(client);
    }

    int periodFrames() {
        return jack.jack_get_buffer_size(client);
    }

    /**
     * Makes the ports and begins to play; returns when the first period has passed.
     *
     * @param thru whether what comes in goes out in the same frame
     * @param onShutdown called in libjack's thread when the server goes; must not block
     */
    void start(Lanes lanes, boolean thru, Runnable onShutdown) throws BackendException {
        JackLibrary._jack_port input = port("in", IS_INPUT);
        JackLibrary._jack_port output = port("out", IS_OUTPUT);
        in = input;
        out = output;
        JackLibrary.JackShutdownCallback shutdown = arg -> {
            messenger = Thread.currentThread();
            onShutdown.run();
        };
        jack.jack_on_shutdown(client, named("jack-shutdown", shutdown), null);
        check(
                "xrun callback",
                jack.jack_set_xrun_callback(
                        client,
                        named("jack-notify", (JackLibrary.JackXRunCallback) arg -> {
                            lanes.xruns.add(1);
                            return 0;
                        }),
                        null));
        String process = "jack-process " + name;
        // Makes the realtime thread known to the JVM before its first period.
        check(
                "thread callback",
                jack.jack_set_thread_init_callback(
                        client, named(process, (JackLibrary.JackThreadInitCallback) arg -> {}), null));
        ProcessCycle.rehearse(address(client), address(output), rate(), periodFrames());
        ProcessCycle cycle = new ProcessCycle(lanes, address(client), address(input), address(output), thru);
        check("process callback", jack.jack_set_process_callback(client, named(process, cycle), null));
        long periods = lanes.periods.get();
        check("activation", jack.jack_activate(client));
        await(lanes, periods);
    }

    private JackLibrary._jack_port port(String shortName, int flags) throws BackendException {
        JackLibrary._jack_port port =
                jack.jack_port_register(client, shortName, MIDI, new NativeLong(flags), new NativeLong(0));
        if (port == null) {
            throw new BackendException("JACK: the server refused a MIDI port: port=" + name + ":" + shortName);
        }
        return port;
    }

    private <T extends Callback> T named(String thread, T callback) {
        callbacks.add(callback);
        // Not detached after each call, since that would make a new thread for the JVM in each period.
        Native.setCallbackThreadInitializer(callback, new CallbackThreadInitializer(true, false, thread));
        return callback;
    }

    private static void check(String what, int code) throws BackendException {
        if (code != 0) {
            throw new BackendException("JACK: the server refused: what=" + what + ", code=" + code);
        }
    }

    private static void await(Lanes lanes, long periods) throws BackendException {
        long beganNs = System.nanoTime();
        while (lanes.periods.get() == periods) {
            if (System.nanoTime() - beganNs > START_PATIENCE_NS) {
                throw new BackendException(
                        "JACK: the server runs, but no period passed within 10 s; is its device stuck?");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Becomes the one that says bar, beat and tick, in place of who did so far. */
    void setTimebase(SteadyTempo tempo) throws BackendException {
        named("jack-process " + name, tempo);
        check("timebase", RealtimeCalls.jack_set_timebase_callback(address(client), 0, tempo, 0));
    }

    /** MIDI ports with all of {@code flags}, in the server's order, this client's too. */
    List<Port> ports(int flags) {
        List<Port> ports = new ArrayList<>();
        for (String port : names(jack.jack_get_ports(client, null, MIDI, new NativeLong(flags)))) {
            JackLibrary._jack_port found = jack.jack_port_by_name(client, port);
            if (found != null) {
                boolean physical = (jack.jack_port_flags(found) & IS_PHYSICAL) != 0;
                ports.add(new Port(
                        JackBackend.NAME,
                        port,
                        (flags & IS_OUTPUT) != 0 ? Port.Direction.INPUT : Port.Direction.OUTPUT,
                        physical ? Port.Kind.HARDWARE : Port.Kind.VIRTUAL));
            }
        }
        return ports;
    }

    boolean exists(String port) {
        return jack.jack_port_by_name(client, port) != null;
    }

    /** Who plays to it ({@link Port.Direction#INPUT}) or listens to it. */
    List<String> connections(Port.Direction direction) {
        JackLibrary._jack_port port = direction == Port.Direction.INPUT ? in : out;
        return port == null ? List.of() : names(jack.jack_port_get_connections(port));
    }

    /** Connects one of its ports to {@code port}; returns whether they are connected now. */
    boolean connect(Port.Direction direction, String port) {
        int code = direction == Port.Direction.INPUT
                ? jack.jack_connect(client, port, name + ":in")
                : jack.jack_connect(client, name + ":out", port);
        return code == 0 || connections(direction).contains(port);
    }

    /** Takes its output off its own input; returns whether they were connected. */
    boolean partFromItself() {
        String output = name + ":out";
        return connections(Port.Direction.INPUT).contains(output)
                && jack.jack_disconnect(client, output, name + ":in") == 0;
    }

    private List<String> names(@Nullable Pointer array) {
        if (array == null) {
            return List.of();
        }
        List<String> names = List.of(array.getStringArray(0));
        jack.jack_free(array);
        return names;
    }

    /**
     * To be called before {@link #close} when the server has gone: waits until libjack's thread that says so has ended.
     * Closing cancels libjack's threads wherever they are, and one that is cancelled inside the JVM takes the JVM with it. A
     * thread that outlives the news, as PipeWire's does, is not waited for much longer.
     */
    void awaitShutdown() throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SHUTDOWN_PATIENCE_MS);
        while (messenger == null && System.nanoTime() < endNs) {
            Thread.sleep(1);
        }
        Thread thread = messenger;
        if (thread != null) {
            thread.join(SHUTDOWN_PATIENCE_MS);
        }
    }

    /** Leaves the server, which may be gone. The process callback has ended when this returns. */
    @Override
    public void close() {
        jack.jack_client_close(client);
    }

    private static long address(PointerType of) {
        return Pointer.nativeValue(of.getPointer());
    }
}

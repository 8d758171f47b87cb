package idiom.bridge.javasound;

import idiom.bridge.BackendException;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import idiom.bridge.queue.Counter;
import idiom.bridge.queue.InputRing;
import idiom.engine.live.MidiHandler;
import idiom.engine.live.TransportState;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sound.midi.MidiDevice;
import org.jspecify.annotations.Nullable;

/**
 * Two ports of others: one to listen to, one to play to, on the JVM's clock in nanoseconds. What goes out waits in {@link
 * OutThread} for its time. Messages of up to 64 KiB pass.
 */
public final class JavaSoundDevice implements Device {
    /** A thread has to wake in this time, where the system's ticks are a millisecond long. */
    private static final long LEAD_TIME_NS = 5_000_000;

    private static final int LONGEST_MESSAGE = 1 << 16;
    private static final long ECHO_NS = 200_000_000;
    private static final long LOOK_NS = 1_000_000;

    private final JavaSoundBackend backend;
    private final String name;
    private final InputRing ring = new InputRing();
    private final Echo echo = new Echo(System.nanoTime());
    private final Side<InPort> in;
    private final Side<OutPort> out;
    private final OutThread outThread;
    /** Written by the input's thread. */
    private final Counter droppedIn = new Counter();
    /** Written by the session's thread. */
    private final Counter refused = new Counter();
    /** Written by the thread that sends. */
    private final Counter lostOnTheWay = new Counter();
    /** Written by the thread that looks after ports. */
    private final Counter reconnects = new Counter();

    private volatile boolean isClosed;

    JavaSoundDevice(JavaSoundBackend backend, DeviceSpec spec, PortNames names, JavaSoundBackend.Ways ways) {
        this.backend = backend;
        this.name = spec.name();
        Leases leases = ways.leases();
        in = new Side<>(
                name,
                names.in(),
                Port.Direction.INPUT,
                device -> new InPort(
                        device,
                        leases,
                        ring,
                        droppedIn,
                        echo,
                        LONGEST_MESSAGE,
                        ways.bendsWrong().test(device)));
        out = new Side<>(
                name,
                names.out(),
                Port.Direction.OUTPUT,
                device -> new OutPort(
                        device, leases, Envelope.forReceiver(ways.reads().test(device)), LONGEST_MESSAGE));
        outThread = new OutThread(this::sendNow, ways.isWindows());
    }

    /** Opens both ports; closes what it has opened if that fails. [control] */
    void open(List<MidiPort> ports) throws BackendException {
        try {
            in.open(ports);
            out.open(ports);
            start(in.port());
            refuseEcho();
        } catch (BackendException | RuntimeException e) {
            in.close();
            out.close();
            throw e;
        }
        outThread.start();
    }

    private static void start(@Nullable InPort port) {
        if (port != null) {
            port.start();
        }
    }

    /**
     * A port of loopMIDI has two sides of one name, and so has a piano, and the far end of a loopback of Windows MIDI Services:
     * only the first gives back what is sent to it.
     */
    private void refuseEcho() throws BackendException {
        OutPort port = out.port();
        if (port == null || !in.name().equalsIgnoreCase(out.name())) {
            return;
        }
        byte[] call = echo.call();
        port.send(call, 0, call.length);
        long end = System.nanoTime() + ECHO_NS;
        while (!echo.isHeard() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_NS);
        }
        if (echo.isHeard()) {
            throw new BackendException("javax.sound.midi: \"" + out.name() + "\" gives back what is played to it, so"
                    + " Idiom would hear itself: listen and play to two ports, such as \"" + name + "\" and \""
                    + PortNames.answerOf(name) + "\" (docs/windows.md)");
        }
    }

    /** Looks after its ports once. [watch] */
    void tend(MidiDevice.Info[] now) {
        if (!in.letGoIfLost(now) && in.reopenIfBack()) {
            start(in.port());
            reconnects.add(1);
        }
        if (!out.letGoIfLost(now) && out.reopenIfBack()) {
            reconnects.add(1);
        }
    }

    /** [midi-out] */
    private void sendNow(byte[] bytes, int offset, int length) {
        OutPort port = out.port();
        if (port == null || !port.send(bytes, offset, length)) {
            lostOnTheWay.add(1);
        }
    }

    @Override
    public String description() {
        return "javax.sound.midi: " + name + ", listens to \"" + in.name() + "\", plays to \"" + out.name()
                + "\", timed by a thread: within a millisecond, unless the machine is busy";
    }

    @Override
    public long clockRate() {
        return 1_000_000_000L;
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public long leadTime() {
        return LEAD_TIME_NS;
    }

    @Override
    public int receive(MidiHandler handler) {
        return ring.drain(handler);
    }

    /** While the port is not there, and if the message is too long, it is dropped and counted, and there was room for it. */
    @Override
    public boolean send(long due, byte[] bytes, int offset, int length) {
        if (isClosed || !out.isOpen() || length > LONGEST_MESSAGE) {
            refused.add(1);
            return true;
        }
        return outThread.offer(due, bytes, offset, length);
    }

    @Override
    public void transport(TransportState where) {
        where.clear();
    }

    @Override
    public State state() {
        return isClosed ? State.CLOSED : in.isOpen() && out.isOpen() ? State.OPEN : State.LOST;
    }

    @Override
    public Counts counts() {
        return new Counts(droppedIn.get(), outThread.late(), reconnects.get());
    }

    /** How many messages were to be sent and were not: too long, or while the port was not there. [any] */
    public long droppedOut() {
        return refused.get() + lostOnTheWay.get();
    }

    @Override
    public void close() {
        backend.close(this);
    }

    /** [control] */
    void leaveForGood() {
        isClosed = true;
        outThread.close();
        in.close();
        out.close();
    }
}

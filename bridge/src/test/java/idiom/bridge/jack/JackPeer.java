package idiom.bridge.jack;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jaudiolibs.jnajack.Jack;
import org.jaudiolibs.jnajack.JackClient;
import org.jaudiolibs.jnajack.JackException;
import org.jaudiolibs.jnajack.JackMidi;
import org.jaudiolibs.jnajack.JackOptions;
import org.jaudiolibs.jnajack.JackPort;
import org.jaudiolibs.jnajack.JackPortFlags;
import org.jaudiolibs.jnajack.JackPortType;
import org.jaudiolibs.jnajack.JackPosition;
import org.jaudiolibs.jnajack.JackPositionBits;

/**
 * The other program: plays and hears MIDI with the server's frames, and conducts. Made with JNAJack alone. Methods are
 * [control]; what was played and heard may be looked at while more comes.
 */
public final class JackPeer implements AutoCloseable {
    private final JackClient client;
    private final JackPort out;
    private final JackPort in;
    private final Queue<Timed> script = new ConcurrentLinkedQueue<>();
    /** What has been played, with the frames at which it was. */
    public final Queue<Timed> played = new ConcurrentLinkedQueue<>();
    /** What has been heard. */
    public final Queue<Timed> heard = new ConcurrentLinkedQueue<>();
    /** Of each period's first frame, the transport's. */
    public final Map<Long, Integer> transportFrames = new ConcurrentHashMap<>();

    /** What went wrong in the callback. */
    public final List<Throwable> failures = new CopyOnWriteArrayList<>();

    private final AtomicLong xruns = new AtomicLong();
    private final JackMidi.Event event = new JackMidi.Event();
    private final JackPosition position = new JackPosition();
    private volatile boolean watchesTransport;
    private volatile long start;

    /**
     * A message and when it was.
     *
     * @param frame on the server's clock
     * @param bytes of the message, with its status
     */
    public record Timed(long frame, byte[] bytes) {}

    /**
     * A client with the ports {@code NAME:in} and {@code NAME:out}, running.
     *
     * @throws JackException if there is no server
     */
    public JackPeer(String name) throws JackException {
        this(name, EnumSet.noneOf(JackPortFlags.class));
    }

    JackPeer(String name, EnumSet<JackPortFlags> flags) throws JackException {
        client = Jack.getInstance().openClient(name, EnumSet.of(JackOptions.JackNoStartServer), null);
        EnumSet<JackPortFlags> outFlags = EnumSet.copyOf(flags);
        outFlags.add(JackPortFlags.JackPortIsOutput);
        EnumSet<JackPortFlags> inFlags = EnumSet.copyOf(flags);
        inFlags.add(JackPortFlags.JackPortIsInput);
        out = client.registerPort("out", JackPortType.MIDI, outFlags);
        in = client.registerPort("in", JackPortType.MIDI, inFlags);
        client.setXrunCallback(self -> xruns.incrementAndGet());
        client.setProcessCallback(this::process);
        client.activate();
        JackServer.await("a period of " + name, () -> start > 0);
    }

    /** Plays at {@code frame}, or as soon after it as possible; calls in the order of frames. */
    public void play(long frame, byte... bytes) {
        script.add(new Timed(frame, bytes));
    }

    /** First frame of the latest period. */
    public long start() {
        return start;
    }

    /** How many periods the server has missed. */
    public long xruns() {
        return xruns.get();
    }

    private boolean process(JackClient self, int frames) {
        try {
            long now = client.getLastFrameTime() & 0xFFFF_FFFFL;
            if (watchesTransport) {
                client.transportQuery(position);
                transportFrames.put(now, position.getFrame());
            }
            for (int i = 0; i < JackMidi.getEventCount(in); i++) {
                JackMidi.eventGet(event, in, i);
                byte[] bytes = new byte[event.size()];
                event.read(bytes);
                heard.add(new Timed(now + event.time(), bytes));
            }
            JackMidi.clearBuffer(out);
            for (Timed next = script.peek(); next != null && next.frame < now + frames; next = script.peek()) {
                int offset = (int) Math.max(0, next.frame - now);
                JackMidi.eventWrite(out, offset, next.bytes, next.bytes.length);
                played.add(new Timed(now + offset, next.bytes));
                script.remove();
            }
            start = now;
        } catch (JackException | RuntimeException | Error e) {
            failures.add(e);
        }
        return true;
    }

    /** Becomes timebase master. */
    public void conduct(double beatsPerMinute, int beatsPerBar, int beatType) throws JackException {
        watchesTransport = true;
        client.setTimebaseCallback(
                (self, state, frames, to, isNew) -> {
                    double beats = to.getFrame() * beatsPerMinute / 60 / JackServer.RATE;
                    to.setBar((int) (beats / beatsPerBar) + 1);
                    to.setBeat((int) (beats % beatsPerBar) + 1);
                    to.setTick((int) (beats % 1 * 960));
                    to.setBeatsPerBar(beatsPerBar);
                    to.setBeatType(beatType);
                    to.setTicksPerBeat(960);
                    to.setBeatsPerMinute(beatsPerMinute);
                    to.setValid(JackPositionBits.JackPositionBBT);
                },
                false);
    }

    /** Is timebase master no longer. */
    public void stopConducting() {
        client.releaseTimebase();
    }

    /** Notes down where the transport is from now on. */
    public void watchTransport() {
        watchesTransport = true;
    }

    /** Puts the transport at a frame. */
    public void locate(int frame) throws JackException {
        client.transportLocate(frame);
    }

    /** Has the transport roll. */
    public void roll() throws JackException {
        client.transportStart();
    }

    /** Has the transport stand. */
    public void halt() throws JackException {
        client.transportStop();
    }

    /** Connects two ports, named in full. */
    public void connect(String source, String sink) throws JackException {
        Jack.getInstance().connect(client, source, sink);
    }

    /** The same as soon as both are there: other programs take their time to make a port. */
    public void connectSoon(String source, String sink) {
        try {
            JackServer.await(source + " and " + sink + " are connected", () -> {
                try {
                    connect(source, sink);
                    return true;
                } catch (JackException e) {
                    return areConnected(source, sink); // What is connected already cannot be connected.
                }
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; there are " + ports(), e);
        }
    }

    private boolean areConnected(String source, String sink) {
        try {
            String[] sinks = Jack.getInstance().getAllConnections(client, source);
            return sinks != null && List.of(sinks).contains(sink);
        } catch (JackException e) {
            return false;
        }
    }

    private List<String> ports() {
        try {
            return List.of(Jack.getInstance().getPorts(client, null, null, EnumSet.noneOf(JackPortFlags.class)));
        } catch (JackException e) {
            return List.of(e.toString());
        }
    }

    /** Takes a connection away. */
    public void disconnect(String source, String sink) throws JackException {
        Jack.getInstance().disconnect(client, source, sink);
    }

    @Override
    public void close() {
        client.close();
    }
}

package idiom.bridge.jack;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
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

/** The other program: plays and hears MIDI with the server's frames, and conducts. Made with JNAJack alone. */
final class JackPeer implements AutoCloseable {
    private final JackClient client;
    private final JackPort out;
    private final JackPort in;
    private final Queue<Timed> script = new ConcurrentLinkedQueue<>();
    /** What has been played, with the frames at which it was. */
    final Queue<Timed> played = new ConcurrentLinkedQueue<>();
    /** What has been heard. */
    final Queue<Timed> heard = new ConcurrentLinkedQueue<>();
    /** Of each period's first frame, the transport's. */
    final Map<Long, Integer> transportFrames = new ConcurrentHashMap<>();

    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final JackMidi.Event event = new JackMidi.Event();
    private final JackPosition position = new JackPosition();
    private volatile boolean watchesTransport;
    private volatile long start;

    record Timed(long frame, byte[] bytes) {}

    JackPeer(String name) throws JackException {
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
        client.setProcessCallback(this::process);
        client.activate();
        JackServer.await("a period of " + name, () -> start > 0);
    }

    /** Plays at {@code frame}, or as soon after it as possible; calls in the order of frames. */
    void play(long frame, byte... bytes) {
        script.add(new Timed(frame, bytes));
    }

    /** First frame of the latest period. */
    long start() {
        return start;
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
    void conduct(double beatsPerMinute, int beatsPerBar, int beatType) throws JackException {
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

    void stopConducting() {
        client.releaseTimebase();
    }

    void watchTransport() {
        watchesTransport = true;
    }

    void locate(int frame) throws JackException {
        client.transportLocate(frame);
    }

    void roll() throws JackException {
        client.transportStart();
    }

    void halt() throws JackException {
        client.transportStop();
    }

    void connect(String source, String sink) throws JackException {
        Jack.getInstance().connect(client, source, sink);
    }

    void disconnect(String source, String sink) throws JackException {
        Jack.getInstance().disconnect(client, source, sink);
    }

    @Override
    public void close() {
        client.close();
    }
}

package idiom.bridge.jack;

import idiom.bridge.BackendException;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import idiom.bridge.queue.Counter;
import idiom.engine.live.MidiHandler;
import idiom.engine.live.TransportState;
import org.jaudiolibs.jnajack.lowlevel.JackLibrary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JACK client with the MIDI ports "in" and "out". Its clock is the server's frame count; when the server is restarted it goes
 * on from where it was. Messages of up to 16384 bytes pass, longer ones are dropped and counted.
 */
public final class JackDevice implements Device {
    private static final Logger LOG = LoggerFactory.getLogger(JackDevice.class);

    private final JackBackend backend;
    private final DeviceSpec spec;
    private final Lanes lanes;
    private final Connections sources;
    private final Connections sinks;
    private final Runnable onShutdown;
    /** Written by the session's thread. */
    private final Counter refused = new Counter();
    /** Written by the control thread. */
    private final Counter lostInFlight = new Counter();

    private final Counter reconnects = new Counter();
    private volatile State state = State.LOST;
    private volatile boolean hasServer;
    private volatile boolean isServerGone;
    /** The name the server knows it by. */
    private volatile String name;
    /** Owned by the control thread, as what follows. */
    private @Nullable NativeClient client;

    private @Nullable SteadyTempo tempo;
    private boolean wasRateRefused;
    private boolean hasBeenOpen;

    JackDevice(JackBackend backend, DeviceSpec spec, NativeClient client, Runnable onShutdown) throws BackendException {
        this.backend = backend;
        this.spec = spec;
        this.name = client.name();
        this.onShutdown = onShutdown;
        this.sources = new Connections(Port.Direction.INPUT, backend.find(client, Port.Direction.INPUT, spec.from()));
        this.sinks = new Connections(Port.Direction.OUTPUT, backend.find(client, Port.Direction.OUTPUT, spec.to()));
        this.lanes = new Lanes(new FrameClock(client.rate(), System.nanoTime()), client.periodFrames());
        enter(client);
    }

    /** Begins to play on a server. Takes {@code opened} over only if it returns normally. [control] */
    private void enter(NativeClient opened) throws BackendException {
        isServerGone = false;
        lanes.clock.restart();
        lostInFlight.add(lanes.out.clear());
        opened.start(lanes, spec.thru(), this::serverHasGone);
        SteadyTempo steady = tempo;
        if (steady != null) {
            opened.setTimebase(steady);
        }
        client = opened;
        name = opened.name();
        hasServer = true;
        tendConnections(opened);
    }

    /** [libjack's thread] */
    private void serverHasGone() {
        isServerGone = true;
        hasServer = false;
        state = State.LOST;
        onShutdown.run();
    }

    boolean isServerGone() {
        return isServerGone;
    }

    boolean isWithoutClient() {
        return client == null;
    }

    @Nullable
    NativeClient client() {
        return client;
    }

    /** Waits until libjack has said all it has to say about a server that has gone. [control] */
    void awaitShutdown() throws InterruptedException {
        NativeClient current = client;
        if (current != null) {
            current.awaitShutdown();
        }
    }

    /** Lets go of a server that has gone. [control] */
    void leave() {
        hasServer = false;
        if (state == State.OPEN) {
            state = State.LOST;
        }
        NativeClient left = client;
        client = null;
        if (left != null) {
            left.close();
            lostInFlight.add(lanes.out.clear());
            lanes.transport.clear();
            sources.lose();
            sinks.lose();
        }
        // Not before, since a client may hear of its server's end while it is being closed.
        isServerGone = false;
    }

    /** Tries to begin again on a server that may be back. [control] */
    void rejoin(JackLibrary jack) {
        NativeClient opened;
        try {
            opened = NativeClient.open(jack, spec.name());
        } catch (BackendException e) {
            LOG.debug("{}: {}", spec.name(), e.getMessage());
            return;
        }
        try {
            if (!isRateTheSame(opened)) {
                opened.close();
                return;
            }
            enter(opened);
        } catch (BackendException e) {
            LOG.debug("{}: {}", spec.name(), e.getMessage());
            opened.close();
        }
    }

    private boolean isRateTheSame(NativeClient opened) {
        boolean same = opened.rate() == lanes.clock.rate();
        if (!same && !wasRateRefused) {
            LOG.warn(
                    "{}: the JACK server is back at another rate, for which Idiom has to be started anew: Hz={}, was={}",
                    spec.name(),
                    opened.rate(),
                    lanes.clock.rate());
        }
        wasRateRefused = !same;
        return same;
    }

    /** Looks after partners; does nothing while there is no server. [control] */
    void tend() {
        NativeClient current = client;
        if (current != null && hasServer) {
            tendConnections(current);
        }
    }

    private void tendConnections(NativeClient current) {
        if (current.partFromItself()) {
            LOG.warn("{}: its output was connected with its own input, and has been taken off", spec.name());
        }
        sources.tend(current);
        sinks.tend(current);
        boolean complete = !sources.isPartnerGone() && !sinks.isPartnerGone();
        if (!hasServer || complete == (state == State.OPEN)) {
            return;
        }
        if (!complete) {
            state = State.LOST;
            LOG.warn("{}: a port it was connected to has gone", spec.name());
            return;
        }
        if (hasBeenOpen) {
            reconnects.add(1);
        }
        hasBeenOpen = true;
        state = State.OPEN;
        LOG.info("{}", description());
    }

    /**
     * Makes the device the timebase master: it says bar and beat for JACK's transport, in 4/4 at that tempo, also on servers
     * to come. [control]
     *
     * @throws BackendException if the server refuses
     */
    public void setTempo(double beatsPerMinute) throws BackendException {
        SteadyTempo steady = new SteadyTempo(lanes.clock.rate(), beatsPerMinute);
        synchronized (backend) {
            NativeClient current = client;
            if (current != null) {
                current.setTimebase(steady);
            }
            tempo = steady;
        }
    }

    /** What went wrong beyond {@link #counts}. [any] */
    public JackCounts jackCounts() {
        return new JackCounts(
                refused.get() + lostInFlight.get() + lanes.unfit.get(),
                lanes.deferred.get(),
                lanes.xruns.get(),
                lanes.failures.get(),
                lanes.callbackNs.get() / Math.max(1, lanes.periods.get()),
                lanes.longestCallbackNs);
    }

    @Override
    public String description() {
        return "JACK: " + name + ", " + clockRate() + " Hz, " + lanes.periodFrames + " frames";
    }

    @Override
    public long clockRate() {
        return lanes.clock.rate();
    }

    @Override
    public long now() {
        return lanes.clock.at(System.nanoTime());
    }

    /**
     * Two periods. {@link #now} is never before the start of the latest period, so one would do: the next callback looks for
     * messages as it begins. The other is for a callback that begins just now, and for a change of PipeWire's quantum.
     */
    @Override
    public long leadTime() {
        return 2L * lanes.periodFrames;
    }

    /** The end of the latest period: JACK hands over all of a period's messages as it begins. */
    @Override
    public long heardUntil() {
        return Math.max(now(), lanes.heardUntil);
    }

    @Override
    public int receive(MidiHandler handler) {
        return lanes.in.drain(handler);
    }

    /** While there is no server, and if the message is too long, it is dropped and counted, and there was room for it. */
    @Override
    public boolean send(long due, byte[] bytes, int offset, int length) {
        if (!hasServer || length > Lanes.LONGEST_MESSAGE) {
            refused.add(1);
            return true;
        }
        return lanes.out.offer(due, bytes, offset, length);
    }

    @Override
    public void transport(TransportState where) {
        lanes.transport.read(where);
    }

    @Override
    public boolean passesThru() {
        return spec.thru();
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public Counts counts() {
        return new Counts(lanes.droppedIn.get(), lanes.late.get(), reconnects.get());
    }

    @Override
    public void close() {
        backend.close(this);
    }

    /** [control] */
    void leaveForGood() {
        leave();
        state = State.CLOSED;
    }
}

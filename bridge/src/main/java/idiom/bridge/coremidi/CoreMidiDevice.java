package idiom.bridge.coremidi;

import idiom.bridge.BackendException;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import idiom.bridge.queue.Counter;
import idiom.bridge.queue.DueQueue;
import idiom.engine.live.MidiHandler;
import idiom.engine.live.TransportState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A virtual source and a virtual destination of one name, and connections to others' endpoints if they were asked for. Its
 * clock is host time. Messages of up to 32768 bytes pass, longer ones are dropped.
 */
final class CoreMidiDevice implements Device {
    private static final Logger LOG = LoggerFactory.getLogger(CoreMidiDevice.class);

    /** Time for "coremidi-out" to wake, beyond what it hands over ahead. */
    private static final long LEAD_TIME_NS = Outlet.AHEAD_NS + 3_000_000;

    /** How long it stays lost at least, so that the session sees it and ends what sounded there. */
    private static final long LOST_FOR_NS = 20_000_000;

    private final Frameworks frameworks;
    private final HostClock clock;
    private final String name;
    private final IntPredicate ours;
    private final Consumer<CoreMidiDevice> onClose;
    private final NativePorts ports;
    private final Inlet fromPrograms;
    private final Inlet fromPartner;
    private final int programsNumber;
    private final int partnerNumber;
    private final Outlet outlet;
    private final List<Partner> partners = new ArrayList<>();

    private final Counter reconnects = new Counter();
    private int reportedError;
    private long reportedFailures;
    private long lostAtNs;
    private volatile State state = State.OPEN;
    /** Owned by the session. */
    private long lastTime;

    /**
     * Opens it and makes its connections. [control]
     *
     * @param ours which endpoints are this process's own, never to be connected to
     * @param onClose told when it is closed, once
     */
    CoreMidiDevice(
            Frameworks frameworks, int client, DeviceSpec spec, IntPredicate ours, Consumer<CoreMidiDevice> onClose)
            throws BackendException {
        this.frameworks = frameworks;
        this.clock = frameworks.clock();
        this.name = spec.name();
        this.ours = ours;
        this.onClose = onClose;
        fromPrograms = new Inlet(frameworks.layout(), clock);
        fromPartner = new Inlet(frameworks.layout(), clock);
        programsNumber = frameworks.readProcs().add(fromPrograms);
        partnerNumber = frameworks.readProcs().add(fromPartner);
        try {
            ports = new NativePorts(frameworks, client, name, programsNumber, partnerNumber);
        } catch (BackendException | RuntimeException e) {
            stopListening();
            throw e;
        }
        outlet = new Outlet(clock, frameworks.layout(), ports.source(), ports.outPort());
        try {
            connectAll(spec);
        } catch (BackendException | RuntimeException e) {
            release();
            throw e;
        }
    }

    private void connectAll(DeviceSpec spec) throws BackendException {
        if (spec.from() != null) {
            partners.add(new Partner(spec.from(), Port.Direction.INPUT));
        }
        if (spec.to() != null) {
            partners.add(new Partner(spec.to(), Port.Direction.OUTPUT));
        }
        for (Partner partner : partners) {
            List<Endpoint> there = endpoints(partner);
            Endpoint chosen = partner.choose(there)
                    .orElseThrow(() -> new BackendException("CoreMIDI: " + partner.missing(there)));
            Status.check(connect(partner, chosen), "can't connect " + name + " with " + chosen.name());
        }
    }

    private List<Endpoint> endpoints(Partner partner) {
        IntPredicate leftOut = ref -> owns(ref) || ours.test(ref);
        return Endpoint.list(frameworks.properties(), partner.direction(), leftOut);
    }

    private int connect(Partner partner, Endpoint endpoint) {
        if (partner.direction() == Port.Direction.OUTPUT) {
            outlet.playTo(endpoint.ref());
        } else {
            int status = MidiServices.MIDIPortConnectSource(ports.inPort(), endpoint.ref(), 0);
            if (status != Status.OK) {
                return status;
            }
        }
        partner.found(endpoint);
        return Status.OK;
    }

    /** Whether an endpoint is its own. [any] */
    boolean owns(int ref) {
        return ref == ports.source() || ref == ports.destination();
    }

    /**
     * Looks after partners. [control]
     *
     * @return whether it is worth looking again soon
     */
    boolean tend() {
        if (state == State.CLOSED) {
            return false;
        }
        reportErrors();
        boolean hasLost = false;
        for (Partner partner : partners) {
            hasLost |= partner.hasGone(endpoints(partner));
        }
        if (hasLost) {
            state = State.LOST;
            lostAtNs = System.nanoTime();
            partners.forEach(this::letGo);
            return true;
        }
        if (state == State.LOST) {
            if (System.nanoTime() - lostAtNs < LOST_FOR_NS) {
                return true;
            }
            seek();
        }
        return false;
    }

    private void letGo(Partner partner) {
        if (!partner.hasGone(endpoints(partner))) {
            return;
        }
        LOG.warn("CoreMIDI: {}: \"{}\" has gone; waiting for it", name, partner.wanted());
        partner.lost().ifPresent(endpoint -> {
            if (partner.direction() == Port.Direction.OUTPUT) {
                outlet.playTo(0);
            } else {
                // One that comes back under its old reference may still be connected, and must not be twice.
                MidiServices.MIDIPortDisconnectSource(ports.inPort(), endpoint.ref());
            }
        });
    }

    private void seek() {
        boolean isComplete = true;
        for (Partner partner : partners) {
            isComplete &= partner.found().isPresent()
                    || partner.choose(endpoints(partner))
                            .filter(endpoint -> connect(partner, endpoint) == Status.OK)
                            .isPresent();
        }
        if (isComplete) {
            reconnects.add(1);
            state = State.OPEN;
            LOG.info("CoreMIDI: {}: connected again", name);
        }
    }

    private void reportErrors() {
        int error = outlet.lastError();
        if (error != reportedError) {
            reportedError = error;
            LOG.warn("CoreMIDI: {}: can't send: {}", name, Status.text(error));
        }
        if (fromPrograms.failures() + fromPartner.failures() > reportedFailures) {
            reportedFailures = fromPrograms.failures() + fromPartner.failures();
            LOG.error("CoreMIDI: {}: input failed: times={}", name, reportedFailures);
        }
    }

    @Override
    public String description() {
        return "CoreMIDI: " + name;
    }

    @Override
    public long clockRate() {
        return clock.rate();
    }

    @Override
    public long now() {
        return clock.now();
    }

    @Override
    public long leadTime() {
        return clock.toTicks(LEAD_TIME_NS);
    }

    /** Messages whose time has not come stay where they are, since others may come that are to be before them. */
    @Override
    public int receive(MidiHandler handler) {
        DueQueue one = fromPrograms.messages();
        DueQueue other = fromPartner.messages();
        if (one.size() == 0 && other.size() == 0) {
            return 0;
        }
        long now = clock.now();
        int count = 0;
        for (DueQueue next = earlier(one, other); isDue(next, now); next = earlier(one, other)) {
            lastTime = Math.max(lastTime, next.due());
            handler.onMidi(lastTime, next.array(), next.offset(), next.length());
            next.remove();
            count++;
        }
        return count;
    }

    private static boolean isDue(DueQueue queue, long now) {
        return queue.size() > 0 && queue.due() <= now;
    }

    private static DueQueue earlier(DueQueue one, DueQueue other) {
        if (one.size() == 0 || other.size() == 0) {
            return other.size() == 0 ? one : other;
        }
        return one.due() <= other.due() ? one : other;
    }

    /** What is too long, and what comes after closing, is taken and goes nowhere. */
    @Override
    public boolean send(long due, byte[] bytes, int offset, int length) {
        return state == State.CLOSED || length > PacketParser.LONGEST || outlet.offer(due, bytes, offset, length);
    }

    /** CoreMIDI has none. */
    @Override
    public void transport(TransportState transport) {
        transport.clear();
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public Counts counts() {
        return new Counts(fromPrograms.dropped() + fromPartner.dropped(), outlet.late(), reconnects.get());
    }

    /** Calls for output that CoreMIDI refused. [any] */
    long refused() {
        return outlet.refused();
    }

    @Override
    public void close() {
        onClose.accept(this);
    }

    /** Lets go of everything; it can be called again. [control] */
    void release() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        outlet.close();
        for (Partner partner : partners) {
            if (partner.direction() == Port.Direction.INPUT) {
                partner.lost()
                        .ifPresent(endpoint -> MidiServices.MIDIPortDisconnectSource(ports.inPort(), endpoint.ref()));
            }
        }
        ports.close();
        stopListening();
    }

    private void stopListening() {
        frameworks.readProcs().remove(programsNumber);
        frameworks.readProcs().remove(partnerNumber);
    }
}

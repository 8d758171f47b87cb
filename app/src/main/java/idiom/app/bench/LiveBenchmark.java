package idiom.app.bench;

import com.sun.management.ThreadMXBean;
import idiom.app.live.Performer;
import idiom.app.transfer.Networks;
import idiom.bridge.Backend;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.LiveAgent;
import idiom.bridge.loopback.LoopbackDevice;
import idiom.engine.live.LiveCounters;
import idiom.engine.live.LiveSettings.Thru;
import idiom.engine.onnx.InferenceOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Plays through a live session's ports and measures what comes back when: a closed loop through the real system of ports, with
 * the session as {@code idiom live} runs it. [control]
 */
public final class LiveBenchmark {
    /** Played and matched like all others, but before anything is measured: until the JIT compiler has seen it all. */
    static final int WARM_UP = 500;

    private static final long AFTER_NS = 1_500_000_000L;
    private static final int OUTS_A_MESSAGE = 8;
    private static final Path PROCESSOR_TIMES = Path.of("/proc/stat");

    private final BenchRequest request;
    private final InferenceProbe probe;
    private final Score score;
    private final MessageLog sent;
    private final MessageLog heard;

    private LiveBenchmark(BenchRequest request, Networks networks) {
        this.request = request;
        boolean compares = !request.isIdentity() && request.windows() > 0;
        this.probe =
                new InferenceProbe(request.isIdentity() ? new Identity() : networks, compares ? request.windows() : 0);
        this.score = Score.of(request.messages() + WARM_UP, request.gapMs(), request.seed());
        this.sent = new MessageLog(score.size());
        this.heard = new MessageLog(OUTS_A_MESSAGE * score.size());
    }

    /**
     * Measures.
     *
     * @param backend where the session's ports are
     * @param partners another instance of the same, for who plays and listens
     * @throws IOException in one line, if ports can't be opened or busy processes can't be started
     */
    public static LiveReport run(BenchRequest request, Networks networks, Backend backend, Backend partners)
            throws IOException {
        return new LiveBenchmark(request, networks).measure(backend, partners);
    }

    private LiveReport measure(Backend backend, Backend partners) throws IOException {
        String name = "idiom bench " + ProcessHandle.current().pid();
        Device device = backend.open(new DeviceSpec(name, null, null, request.isThru()));
        try (Partner partner = partner(partners, name, device)) {
            WatchedDevice watched = new WatchedDevice(device, OUTS_A_MESSAGE * score.size());
            return measure(watched, partner);
        } finally {
            device.close();
        }
    }

    private static Partner partner(Backend partners, String name, Device device) throws IOException {
        return device instanceof LoopbackDevice loopback
                ? new LoopbackPartner(loopback)
                : PortPartner.open(partners, name, device);
    }

    private LiveReport measure(WatchedDevice device, Partner partner) throws IOException {
        Performer performer = new Performer(
                List.of(request.preset()),
                probe,
                InferenceOptions.defaults(),
                device,
                request.settings().withThru(Thru.of(request.isThru(), device.passesThru())),
                null,
                1,
                request.bpm(),
                request.isRealtime());
        Observation observation;
        try (BusyProcesses busy = BusyProcesses.start(request.load())) {
            while (!performer.isWarm()) {
                LockSupport.parkNanos(1_000_000);
            }
            try (LiveAgent agent = new LiveAgent(List.of(performer.part()), request.isRealtime())) {
                agent.start();
                observation = play(device, partner, performer, busy);
            }
        } finally {
            performer.close();
        }
        if (sent.missed()
                        + heard.missed()
                        + device.seen().missed()
                        + device.handed().missed()
                > 0) {
            throw new IllegalStateException("more messages came than there was room to note down");
        }
        // A second of patience beyond the delay.
        long longest = request.delay(device.clockRate()) + device.clockRate();
        Matching matching =
                Matching.of(new Matching.Logs(sent, device.seen(), device.handed(), heard), longest, request.isThru());
        return new LiveReport(request, device, matching, WARM_UP, observation);
    }

    private Observation play(WatchedDevice device, Partner partner, Performer performer, BusyProcesses busy) {
        Standstills standstills = new Standstills(device::missedPeriods, device.leadTime());
        ClosedLoop loop = new ClosedLoop(partner, device::now, device.clockRate(), standstills);
        Map<String, Long> threads = threads();
        Map<String, Long> before = new LinkedHashMap<>();
        int[] firstCall = new int[1];
        StolenTime stolen = StolenTime.since(PROCESSOR_TIMES);
        long afterNs = AFTER_NS + Math.round(request.delay(device.clockRate()) * (1e9 / device.clockRate()));
        loop.play(score, afterNs, sent, heard, () -> false, WARM_UP, () -> {
            before.putAll(allocated(threads));
            firstCall[0] = probe.calls();
        });
        OptionalDouble stolenShare = stolen.share();
        Map<String, Long> after = allocated(threads);
        device.lookAway();
        LiveCounters counters = performer.counters();
        Device.Counts port = device.counts();
        int calls = probe.calls();
        return new Observation(
                new Observation.Counts(
                        counters.windows(),
                        counters.lateWindows(),
                        port.late(),
                        counters.dropped() + port.droppedIn(),
                        partner.late(),
                        device.missedPeriods()),
                standstills,
                allocatedEach(before, after, calls - firstCall[0]),
                probe.timesFrom(firstCall[0], calls),
                compare(loop),
                busy.running(),
                stolenShare);
    }

    private Map<String, Double> allocatedEach(Map<String, Long> before, Map<String, Long> after, int windows) {
        Map<String, Double> each = new LinkedHashMap<>();
        after.forEach((thread, bytes) -> {
            int count = thread.equals("inference") ? Math.max(1, windows) : score.size() - WARM_UP;
            each.put(thread, (bytes - before.getOrDefault(thread, 0L)) / (double) count);
        });
        return each;
    }

    /** Goes on playing, now with a bare call beside each of the session's own. */
    private Observation.@Nullable Comparison compare(ClosedLoop loop) {
        int windows = request.isIdentity() ? 0 : request.windows();
        if (windows == 0) {
            return null;
        }
        MessageLog nothing = new MessageLog(0);
        probe.compare();
        loop.play(score, 0, nothing, nothing, () -> probe.compared() >= windows, -1, () -> {});
        return new Observation.Comparison(probe.comparedTimes(), probe.bareTimes());
    }

    /** Threads that have a part in the music, by the first word of their names. Stops all threads for a moment. */
    private static Map<String, Long> threads() {
        Map<String, Long> ids = new LinkedHashMap<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            String name = thread.getName();
            if (name.equals("session") || name.equals("inference") || name.startsWith("jack-process idiom bench")) {
                ids.put(name.split(" ", 2)[0], thread.getId());
            }
        }
        return ids;
    }

    /** Bytes that each has allocated so far. */
    private static Map<String, Long> allocated(Map<String, Long> threads) {
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Map<String, Long> bytes = new LinkedHashMap<>();
        threads.forEach((name, id) -> bytes.put(name, bean.getThreadAllocatedBytes(id)));
        return bytes;
    }
}

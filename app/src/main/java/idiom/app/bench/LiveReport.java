package idiom.app.bench;

import idiom.app.bench.Observation.Comparison;
import idiom.bridge.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a benchmark of a live session found: for people, for programs, and message by message. */
public final class LiveReport {
    private final BenchRequest request;
    private final String ports;
    private final long clockRate;
    private final double leadMs;
    private final Matching matching;
    private final Figures figures;
    private final Observation observation;

    LiveReport(BenchRequest request, Device device, Matching matching, int warmUp, Observation observation) {
        this.request = request;
        this.ports = device.description();
        this.clockRate = device.clockRate();
        this.leadMs = device.leadTime() * 1e3 / clockRate;
        this.matching = matching;
        this.figures = new Figures(request, clockRate, matching, warmUp);
        this.observation = observation;
    }

    private String network() {
        return request.isIdentity() ? "identity" : request.preset().name();
    }

    private String mode() {
        return request.settings().mode().name().toLowerCase(Locale.ROOT)
                + (request.hasDelay() ? " hop " + request.settings().hopSteps() : "")
                + (request.isThru() ? " thru" : "");
    }

    private double delayMs() {
        return request.delay(clockRate) * 1e3 / clockRate;
    }

    private Map<String, Distribution> intervals() {
        Map<String, Distribution> intervals = new LinkedHashMap<>();
        intervals.put("sent to seen", figures.sentToSeen());
        intervals.put("seen to received", figures.seenToReceived());
        intervals.put("sent to received", figures.sentToReceived());
        if (!request.hasDelay()) {
            intervals.put("key to answer", figures.keyToAnswer());
            // With no period missed it is the same once more.
            intervals.put("  undisturbed", figures.keyToAnswer(observation.standstills()));
        }
        intervals.put("handed over early", figures.margin());
        intervals.put("network", observation.network());
        return intervals;
    }

    /** For people, several lines. */
    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, "%s", ports);
        line(
                text,
                "%s, %s, %.1f bpm, seed %d, %d busy processes, %s",
                mode(),
                network(),
                request.bpm(),
                request.seed(),
                observation.busy(),
                request.isRealtime() ? "realtime" : "no realtime");
        line(
                text,
                "messages  %d sent, %d seen, %d received; lost %d, doubled %d, late %d; notes changed %d, added %d",
                figures.sent(),
                figures.seen(),
                figures.received(),
                figures.lost(),
                figures.doubled(),
                figures.late(),
                figures.changed(),
                figures.added());
        line(
                text,
                "windows   %d answered, %d late; dropped %d; played late %d; periods missed by the port %d",
                observation.counts().windows(),
                observation.counts().lateWindows(),
                observation.counts().dropped(),
                observation.counts().playerLate(),
                observation.counts().missedPeriods());
        observation
                .stolenShare()
                .ifPresent(share ->
                        line(text, "machine   %.2f %% of its processors' time stolen by its host", 100 * share));
        if (request.hasDelay()) {
            line(
                    text,
                    "exact     %.4f %% left when they were due, %.4f %% came exactly %.3f ms after they were sent; handed over"
                            + " at least %.1f ms early, %.1f needed",
                    100 * figures.exactShare(),
                    100 * figures.punctualShare(),
                    delayMs(),
                    figures.margin().leastMs(),
                    leadMs);
        }
        line(
                text,
                "%-18s %9s %9s %9s %9s",
                request.hasDelay() ? "ms, less the delay" : "ms",
                "p50",
                "p99",
                "p99.9",
                "max");
        intervals().forEach((name, times) -> line(text, "%-18s %s", name, times.columns()));
        new TreeMap<>(observation.allocatedBytes())
                .forEach((thread, bytes) -> line(
                        text,
                        "allocated %s: %.1f bytes a %s",
                        thread,
                        bytes,
                        thread.equals("inference") ? "window" : "message"));
        Comparison comparison = observation.comparison();
        if (comparison != null) {
            line(
                    text,
                    "network in the session %.3f ms, bare %.3f ms, ratio %.3f (p50 of %d windows)",
                    comparison.session().percentileMs(50),
                    comparison.bare().percentileMs(50),
                    comparison.ratio(),
                    comparison.bare().count());
        }
        Distribution shown = request.hasDelay() ? figures.sentToReceived() : figures.keyToAnswer();
        line(text, request.hasDelay() ? "sent to received, less the delay" : "key to answer");
        return text + shown.histogram().stripTrailing();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** For {@link idiom.app.report.Json}. */
    public Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("ports", ports);
        all.put("mode", request.settings().mode().name().toLowerCase(Locale.ROOT));
        all.put("hop", request.settings().hopSteps());
        all.put("network", network());
        all.put("bpm", request.bpm());
        all.put("seed", request.seed());
        all.put("busyProcesses", observation.busy());
        all.put("thru", request.isThru());
        all.put("realtime", request.isRealtime());
        all.put("delayMs", delayMs());
        all.put("leadMs", leadMs);
        all.put("messages", messages());
        if (request.hasDelay()) {
            all.put("exactShare", figures.exactShare());
            all.put("punctualShare", figures.punctualShare());
        }
        Map<String, Object> intervals = new LinkedHashMap<>();
        intervals().forEach((name, times) -> intervals.put(camel(name), times.json()));
        all.put("intervals", intervals);
        all.put("allocatedBytes", new TreeMap<>(observation.allocatedBytes()));
        observation.stolenShare().ifPresent(share -> all.put("stolenShare", share));
        Comparison comparison = observation.comparison();
        if (comparison != null) {
            Map<String, Object> compared = new LinkedHashMap<>();
            compared.put("session", comparison.session().json());
            compared.put("bare", comparison.bare().json());
            compared.put("ratio", comparison.ratio());
            all.put("comparison", compared);
        }
        return all;
    }

    private Map<String, Object> messages() {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("sent", figures.sent());
        counts.put("seen", figures.seen());
        counts.put("received", figures.received());
        counts.put("lost", figures.lost());
        counts.put("doubled", figures.doubled());
        counts.put("late", figures.late());
        counts.put("changed", figures.changed());
        counts.put("added", figures.added());
        counts.put("dropped", observation.counts().dropped());
        counts.put("playedLate", observation.counts().playerLate());
        counts.put("missedPeriods", observation.counts().missedPeriods());
        counts.put("windows", observation.counts().windows());
        counts.put("lateWindows", observation.counts().lateWindows());
        return counts;
    }

    /** {@code "sent to seen"} as {@code sentToSeen}. */
    private static String camel(String words) {
        StringBuilder name = new StringBuilder();
        for (String word : words.split(" ", -1)) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }

    /** Every message as lines of comma-separated values with a head, times in units of the port's clock, empty for never. */
    public List<String> csv() {
        List<String> lines = new ArrayList<>();
        lines.add("status,data1,data2,sent,stamp,seen,handed,due,received");
        matching.rows().forEach(row -> lines.add(csv(row)));
        matching.outs().stream().filter(row -> !row.isSent()).forEach(row -> lines.add(csv(row)));
        return lines;
    }

    private static String csv(Row row) {
        StringBuilder line = new StringBuilder()
                .append(row.message() & 0xFF)
                .append(',')
                .append(row.message() >> 8 & 0x7F)
                .append(',')
                .append(row.message() >> 16 & 0x7F);
        for (long time : new long[] {row.sent(), row.stamp(), row.seen(), row.handed(), row.due(), row.received()}) {
            line.append(',').append(time == Row.NEVER ? "" : time);
        }
        return line.toString();
    }
}

package idiom.app.live;

import idiom.bridge.Device;
import idiom.engine.live.Latency;
import idiom.engine.live.LiveCounters;
import idiom.engine.live.LiveSettings;
import java.util.Locale;

/** What a session is doing, in one line for people or as a JSON object. */
public final class StatusLine {
    private static final int STEPS_PER_BAR = 16;
    private static final int STEPS_PER_BEAT = 4;

    private final Performer performer;
    private final LiveSettings settings;
    private final String name;

    /** Of a device of that name. */
    public StatusLine(String name, Performer performer, LiveSettings settings) {
        this.name = name;
        this.performer = performer;
        this.settings = settings;
    }

    /** The bar the music is in, counted from 1. */
    public long bar() {
        return Math.floorDiv((long) Math.floor(performer.step()), STEPS_PER_BAR) + 1;
    }

    private int beat() {
        return Math.floorMod((long) Math.floor(performer.step()), STEPS_PER_BAR) / STEPS_PER_BEAT + 1;
    }

    /** For people: {@code to Jazz  3.2  120.0 bpm internal  pop-to-jazz  follow 4  in 12 out 15 ...}. */
    public String text() {
        LiveCounters counters = performer.counters();
        Latency.Summary latency = counters.latency().summary();
        Device.Counts counts = performer.device().counts();
        return String.format(
                Locale.ROOT,
                "%s  %d.%d  %.1f bpm %s  %s  %s %d  notes %d in %d out  change %.2f  network %.1f ms"
                        + "  latency %.1f/%.1f/%.1f ms  late %d+%d  dropped %d  %s%s",
                name,
                bar(),
                beat(),
                performer.bpm(),
                lower(settings.sync()),
                performer.preset().name() + (performer.isBypassed() ? " (bypassed)" : ""),
                lower(settings.mode()),
                settings.hopSteps(),
                counters.notesIn(),
                counters.notesOut(),
                counters.contentChange(),
                counters.inferenceNs() / 1e6,
                latency.p50Ns() / 1e6,
                latency.p99Ns() / 1e6,
                latency.maxNs() / 1e6,
                counters.lateWindows(),
                counts.late(),
                counters.dropped() + counts.droppedIn(),
                lower(performer.device().state()),
                performer.isLoop() ? "  ITS OUTPUT COMES BACK IN: take the connection apart" : "");
    }

    /** One JSON object. */
    public String json() {
        LiveCounters counters = performer.counters();
        Latency.Summary latency = counters.latency().summary();
        Device.Counts counts = performer.device().counts();
        return String.format(
                Locale.ROOT,
                "{\"device\":\"%s\",\"bar\":%d,\"beat\":%d,\"bpm\":%.3f,\"sync\":\"%s\",\"preset\":\"%s\","
                        + "\"mode\":\"%s\",\"hop\":%d,\"notes_in\":%d,\"notes_out\":%d,\"windows\":%d,"
                        + "\"late_windows\":%d,\"content_change\":%.4f,\"inference_ms\":%.3f,\"latency_p50_ms\":%.3f,"
                        + "\"latency_p99_ms\":%.3f,\"latency_max_ms\":%.3f,\"late_out\":%d,"
                        + "\"dropped\":%d,\"reconnects\":%d,\"echoes\":%d,\"loop\":%b,\"bypass\":%b,\"state\":\"%s\"}",
                name.replace("\\", "\\\\").replace("\"", "\\\""),
                bar(),
                beat(),
                performer.bpm(),
                lower(settings.sync()),
                performer.preset().name(),
                lower(settings.mode()),
                settings.hopSteps(),
                counters.notesIn(),
                counters.notesOut(),
                counters.windows(),
                counters.lateWindows(),
                counters.contentChange(),
                counters.inferenceNs() / 1e6,
                latency.p50Ns() / 1e6,
                latency.p99Ns() / 1e6,
                latency.maxNs() / 1e6,
                counts.late(),
                counters.dropped() + counts.droppedIn(),
                counts.reconnects(),
                counters.echoes(),
                performer.isLoop(),
                performer.isBypassed(),
                lower(performer.device().state()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

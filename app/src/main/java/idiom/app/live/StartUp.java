package idiom.app.live;

import idiom.app.report.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long it takes until one can play: says so as JSON objects, one a line, to whom it is told to say it. [control] */
public final class StartUp {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private final @Nullable PrintWriter out;
    private boolean isWarm;

    /** One that tells {@code out}, or nobody. */
    public StartUp(@Nullable PrintWriter out) {
        this.out = out;
    }

    /**
     * Something has been reached: {@code {"event":"ports-open","ms":712,"at":1764195302512,"resident_mb":96}}, where ms counts
     * from the start of Java, at is the time of day in ms since 1970, and the memory is there on Linux only.
     */
    public void reached(String event) {
        if (out == null) {
            return;
        }
        long at = System.currentTimeMillis();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("event", event);
        values.put("ms", at - ManagementFactory.getRuntimeMXBean().getStartTime());
        values.put("at", at);
        int resident = residentMb();
        if (resident > 0) {
            values.put("resident_mb", resident);
        }
        out.println(Json.of(values));
        out.flush();
    }

    /** Says once that all networks are warm, when they are. */
    public void warm(boolean isNowWarm) {
        if (isNowWarm && !isWarm) {
            isWarm = true;
            reached("warm");
        }
    }

    /** Memory of this process that is in use, in MB of 1024 KB, rounded up; 0 if the system doesn't say. */
    static int residentMb() {
        try {
            return Files.readString(STATUS, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(RESIDENT))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToInt(kilobytes -> (Integer.parseInt(kilobytes) + 1023) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}

package idiom.app.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How much of a virtual machine's processors its host has kept from it: ready to run, and not let. No program in the machine is
 * in time then. Linux counts it since boot ({@code steal} in the first line of {@code /proc/stat}, proc(5)).
 */
final class StolenTime {
    private static final int STOLEN = 8;
    /** The last two, of guests, are in the first two already. */
    private static final int PARTS = 8;

    private final Path counts;
    private final long stolen;
    private final long total;

    private StolenTime(Path counts, long stolen, long total) {
        this.counts = counts;
        this.stolen = stolen;
        this.total = total;
    }

    /** Begins to count. */
    static StolenTime since(Path counts) {
        long[] parts = read(counts);
        return new StolenTime(counts, parts[0], parts[1]);
    }

    /** Share of the processors' time since then, 0 to 1; empty where it isn't known. */
    OptionalDouble share() {
        long[] parts = read(counts);
        long passed = parts[1] - total;
        return total == 0 || passed <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((parts[0] - stolen) / (double) passed);
    }

    /** Stolen and all time; 0 and 0 where there is no such file, or none of that form. */
    private static long[] read(Path counts) {
        List<String> fields;
        try {
            fields = List.of(Files.readString(counts, StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .split(" +"));
            long all = 0;
            for (int i = 1; i <= PARTS && fields.size() > PARTS; i++) {
                all += Long.parseLong(fields.get(i));
            }
            return all == 0 ? new long[2] : new long[] {Long.parseLong(fields.get(STOLEN)), all};
        } catch (IOException | NumberFormatException e) {
            return new long[2];
        }
    }
}

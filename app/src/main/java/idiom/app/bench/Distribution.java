package idiom.app.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Durations, kept one by one: percentiles are exact, and durations may be negative, as HdrHistogram's may not. Immutable. */
final class Distribution {
    private static final double NS_PER_MS = 1e6;
    private static final int ROWS = 12;
    private static final int COLUMNS = 50;

    private final long[] sortedNs;

    private Distribution(long[] sortedNs) {
        this.sortedNs = sortedNs;
    }

    /** Of durations in ns, in any order, negative ones too; copies. */
    static Distribution of(long[] ns) {
        long[] sorted = ns.clone();
        Arrays.sort(sorted);
        return new Distribution(sorted);
    }

    int count() {
        return sortedNs.length;
    }

    /** In ms: the smallest value that {@code percent} of all do not exceed (nearest rank); NaN if there are none. */
    double percentileMs(double percent) {
        if (sortedNs.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(sortedNs.length * percent / 100 - 1e-9);
        return sortedNs[Math.max(0, rank - 1)] / NS_PER_MS;
    }

    /** The shortest in ms; NaN if there are none. */
    double leastMs() {
        return percentileMs(0);
    }

    /** The longest in ms; NaN if there are none. */
    double maxMs() {
        return percentileMs(100);
    }

    Map<String, Object> json() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("count", count());
        values.put("leastMs", leastMs());
        values.put("p50Ms", percentileMs(50));
        values.put("p99Ms", percentileMs(99));
        values.put("p999Ms", percentileMs(99.9));
        values.put("maxMs", maxMs());
        return values;
    }

    /** The four numbers of {@link #json}, in columns. */
    String columns() {
        return count() == 0
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%9.3f %9.3f %9.3f %9.3f",
                        percentileMs(50),
                        percentileMs(99),
                        percentileMs(99.9),
                        maxMs());
    }

    /** A row for each of some equal ranges from the least to the longest, with its count and a bar that grows by logarithm. */
    String histogram() {
        if (sortedNs.length == 0) {
            return "";
        }
        long least = sortedNs[0];
        long width = Math.max(1, (sortedNs[sortedNs.length - 1] - least) / ROWS + 1);
        StringBuilder text = new StringBuilder();
        for (int row = 0; row * width <= sortedNs[sortedNs.length - 1] - least; row++) {
            text.append(row(least + row * width, width));
        }
        return text.toString();
    }

    private String row(long fromNs, long widthNs) {
        long count = Arrays.stream(sortedNs)
                .filter(ns -> ns >= fromNs && ns < fromNs + widthNs)
                .count();
        double share = Math.log1p((double) count) / Math.log1p(sortedNs.length);
        return String.format(
                Locale.ROOT,
                "  %9.3f to %9.3f ms %7d %s%n",
                fromNs / NS_PER_MS,
                (fromNs + widthNs) / NS_PER_MS,
                count,
                "#".repeat((int) Math.round(share * COLUMNS)));
    }
}

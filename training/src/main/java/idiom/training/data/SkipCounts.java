package idiom.training.data;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How many files were left out for which reason. */
record SkipCounts(Map<SkipReason, Integer> counts) {
    static SkipCounts of(List<SongOutcome> outcomes) {
        Map<SkipReason, Integer> counts = new EnumMap<>(SkipReason.class);
        for (SongOutcome outcome : outcomes) {
            if (outcome instanceof SongOutcome.Skipped skipped) {
                counts.merge(skipped.reason(), 1, Integer::sum);
            }
        }
        return new SkipCounts(counts);
    }

    /** As the end of a sentence: {@code " skipped=3 (3 x no meter stated)"}; empty if nothing was left out. */
    String phrase() {
        if (counts.isEmpty()) {
            return "";
        }
        int total = counts.values().stream().mapToInt(Integer::intValue).sum();
        return " skipped=" + total + " ("
                + counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " x " + entry.getKey().text())
                        .collect(Collectors.joining(", "))
                + ")";
    }
}

package idiom.training.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds phrases whose cells occur more than once: in one file, in both splits of a genre, in several genres. */
public final class DuplicateFinder {
    private final List<SplitName> names;
    private final Map<SplitName, PhraseSet> sets;
    /** Where each phrase occurs, bit {@code k} for {@code names.get(k)}. */
    private final Map<ByteBuffer, Long> places = new HashMap<>();

    private DuplicateFinder(Map<SplitName, PhraseSet> sets) {
        this.names = List.copyOf(sets.keySet());
        this.sets = sets;
        if (names.size() > Long.SIZE) {
            throw new DataException("at most " + Long.SIZE / 2 + " genres: genres=" + names.size() / 2);
        }
        for (int k = 0; k < names.size(); k++) {
            long bit = 1L << k;
            PhraseSet set = sets.get(names.get(k));
            for (int i = 0; set != null && i < set.size(); i++) {
                places.merge(set.key(i), bit, (a, b) -> a | b);
            }
        }
    }

    /**
     * The flags of every row, in row order.
     *
     * @param sets in the order in which other genres are to be named
     */
    public static Map<SplitName, List<RowFlags>> find(Map<SplitName, PhraseSet> sets) {
        DuplicateFinder finder = new DuplicateFinder(sets);
        Map<SplitName, List<RowFlags>> flags = new LinkedHashMap<>();
        sets.forEach((name, set) -> flags.put(name, finder.flags(name, set)));
        return flags;
    }

    private List<RowFlags> flags(SplitName name, PhraseSet set) {
        Map<ByteBuffer, Integer> firstRows = new HashMap<>();
        SplitName other = new SplitName(name.genre(), name.split().other());
        long otherSplit = sets.containsKey(other) ? 1L << names.indexOf(other) : 0;
        long ownGenre = otherSplit | 1L << names.indexOf(name);
        List<RowFlags> flags = new ArrayList<>(set.size());
        for (int i = 0; i < set.size(); i++) {
            Integer first = firstRows.putIfAbsent(set.key(i), i);
            long where = places.getOrDefault(set.key(i), 0L);
            boolean clean = first == null && (where & ~(ownGenre & ~otherSplit)) == 0;
            flags.add(
                    clean
                            ? RowFlags.CLEAN
                            : new RowFlags(
                                    first == null ? RowFlags.NONE : first,
                                    (where & otherSplit) != 0,
                                    named(where & ~ownGenre)));
        }
        return flags;
    }

    private String named(long bits) {
        return names.stream()
                .filter(name -> (bits >> names.indexOf(name) & 1) != 0)
                .map(SplitName::toString)
                .collect(Collectors.joining(","));
    }
}

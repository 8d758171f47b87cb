package idiom.engine.midi;

import java.util.ArrayList;
import java.util.List;

/** Collects warnings; of a file with very many it keeps the first and counts the rest. */
final class Warnings {
    private static final int MAX_KEPT = 50;

    private final List<String> kept = new ArrayList<>();
    private int left;

    void add(String warning) {
        if (kept.size() < MAX_KEPT) {
            kept.add(warning);
        } else {
            left++;
        }
    }

    List<String> all() {
        List<String> all = new ArrayList<>(kept);
        if (left > 0) {
            all.add("and " + left + " more warnings");
        }
        return all;
    }
}

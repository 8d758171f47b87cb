package idiom.engine.transfer;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks a generator about windows, in batches, each distinct window once while it is remembered: songs repeat themselves,
 * and a note that hangs in a broken file makes thousands of equal windows. Relies on a generator that answers the same
 * window the same way.
 */
final class Answers {
    private static final int REMEMBERED = 64;

    private final Generator generator;
    private final int batch;
    private final float[] windows;
    private final float[] probabilities;
    private final Map<PianoRoll, float[]> known = new LinkedHashMap<>(16, 0.75f, true);
    private final List<Long> windowNs = new ArrayList<>();

    Answers(Generator generator) {
        this.generator = generator;
        this.batch = Math.min(generator.maxBatch(), REMEMBERED);
        this.windows = new float[batch * PianoRoll.CELLS];
        this.probabilities = new float[batch * PianoRoll.CELLS];
    }

    /** Most windows that {@link #prepare} takes at once. */
    static int most() {
        return REMEMBERED;
    }

    /** Sees to it that the answers to up to {@link #most} windows are known until the next call. */
    void prepare(Collection<PianoRoll> rolls) {
        Set<PianoRoll> missing = new LinkedHashSet<>();
        for (PianoRoll roll : rolls) {
            // Being asked for makes it the youngest, so that forgetting takes others.
            if (known.get(roll) == null) {
                missing.add(roll);
            }
        }
        List<PianoRoll> queue = new ArrayList<>(missing);
        for (int from = 0; from < queue.size(); from += batch) {
            infer(queue.subList(from, Math.min(queue.size(), from + batch)));
        }
        for (var oldest = known.entrySet().iterator(); known.size() > REMEMBERED; ) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Probabilities of a prepared window, step by step; not to be written to. */
    float[] of(PianoRoll roll) {
        float[] answer = known.get(roll);
        if (answer == null) {
            throw new IllegalStateException("a window must be prepared before it is asked for: " + roll);
        }
        return answer;
    }

    /** Time of each inference so far in nanoseconds, that of a batch shared out evenly. */
    List<Long> windowNs() {
        return List.copyOf(windowNs);
    }

    private void infer(List<PianoRoll> rolls) {
        for (int i = 0; i < rolls.size(); i++) {
            rolls.get(i).toCells(windows, i * PianoRoll.CELLS);
        }
        long start = System.nanoTime();
        generator.generate(windows, probabilities, rolls.size());
        long eachNs = (System.nanoTime() - start) / rolls.size();
        for (int i = 0; i < rolls.size(); i++) {
            int from = i * PianoRoll.CELLS;
            known.put(rolls.get(i), Arrays.copyOfRange(probabilities, from, from + PianoRoll.CELLS));
            windowNs.add(eachNs);
        }
    }
}

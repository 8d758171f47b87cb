package idiom.engine.transfer;

import idiom.engine.harmony.KeyFinder;
import idiom.engine.pianoroll.PianoRoll;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Sees to it that a window's key, as the {@linkplain KeyFinder#standard() key finder} hears it, is the same before and after.
 * Notes in the scale can move it too, to the relative minor or a fifth away, and so can notes that are left out.
 *
 * <p>Changes are taken back pitch class by pitch class, added and removed notes apart: first those without which the old key leads
 * by most, and of them run by run, the least confident first, until the key is back. What says nothing against the key stays.
 * Taking back everything always ends it. A window of fewer than three pitch classes is left alone.
 *
 * <p>Allocates nothing once it has seen windows with as many changes. Not thread-safe.
 */
final class KeyGuard {
    private static final int CLASSES = 12;
    /** One note or two are in many keys. */
    private static final int LEAST_CLASSES = 3;

    private static final int NONE = -1;

    private final KeyFinder keys = KeyFinder.standard();
    private final Changes changes;
    private final double[] durations = new double[CLASSES];
    private final double[] scratch = new double[CLASSES];
    private final long[] added = new long[CLASSES];
    private final long[] removed = new long[CLASSES];

    /** One that works with somebody's list, which it overwrites. */
    KeyGuard(Changes changes) {
        this.changes = changes;
    }

    /**
     * Takes back changes of a window if its key is another one after.
     *
     * @param before what was played
     * @param after what is to sound; changed in place
     * @param probabilities what the generator said, step by step, from {@code offset} on
     * @param confidence in a change, from the mean of its probabilities
     * @return whether it took anything back
     */
    boolean takesBack(long[] before, long[] after, float[] probabilities, int offset, DoubleUnaryOperator confidence) {
        KeyFinder.durations(before, durations);
        int key = isTellingKey() ? keys.find(durations, scratch) : NONE;
        if (key == NONE) {
            return false;
        }
        KeyFinder.durations(after, durations);
        if (isKept(key)) {
            return false;
        }
        while (!isKept(key)) {
            count(before, after);
            int group = bestGroup(key);
            takeBack(group, key, before, after, probabilities, offset, confidence);
        }
        return true;
    }

    /** Whether there are so many pitch classes that one may speak of a key. */
    private boolean isTellingKey() {
        int classes = 0;
        for (double duration : durations) {
            classes += duration > 0 ? 1 : 0;
        }
        return classes >= LEAST_CLASSES;
    }

    /** Silence has no key and is none that was changed. */
    private boolean isKept(int key) {
        int found = keys.find(durations, scratch);
        return found == key || found == NONE;
    }

    private void count(long[] before, long[] after) {
        Arrays.fill(added, 0);
        Arrays.fill(removed, 0);
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            int pitchClass = classOf(pitch);
            added[pitchClass] += Long.bitCount(after[pitch] & ~before[pitch]);
            removed[pitchClass] += Long.bitCount(before[pitch] & ~after[pitch]);
        }
    }

    private static int classOf(int pitch) {
        return (pitch + PianoRoll.LOWEST_PITCH) % CLASSES;
    }

    /** Pitch class whose added notes to take back, or that plus {@link #CLASSES}, whose removed ones. */
    private int bestGroup(int key) {
        int best = NONE;
        double highest = Double.NEGATIVE_INFINITY;
        for (int group = 0; group < 2 * CLASSES; group++) {
            int pitchClass = group % CLASSES;
            double change = group < CLASSES ? -added[pitchClass] : removed[pitchClass];
            if (change != 0) {
                durations[pitchClass] += change;
                double lead = keys.lead(durations, key, scratch);
                durations[pitchClass] -= change;
                if (best == NONE || lead > highest) {
                    highest = lead;
                    best = group;
                }
            }
        }
        return best;
    }

    private void takeBack(
            int group,
            int key,
            long[] before,
            long[] after,
            float[] probabilities,
            int offset,
            DoubleUnaryOperator confidence) {
        boolean isAdded = group < CLASSES;
        changes.clear();
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            if (classOf(pitch) == group % CLASSES) {
                long steps = isAdded ? after[pitch] & ~before[pitch] : before[pitch] & ~after[pitch];
                changes.addRuns(pitch, steps, probabilities, offset, confidence);
            }
        }
        changes.sort();
        for (int i = 0; i < changes.size() && !isKept(key); i++) {
            after[changes.pitch(i)] ^= changes.steps(i);
            durations[group % CLASSES] += (isAdded ? -1 : 1) * Long.bitCount(changes.steps(i));
        }
    }
}

package idiom.engine.transfer;

import idiom.engine.pianoroll.PianoRoll;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Runs of changed cells: neighbouring cells of one pitch that are all added or all removed. Kept in arrays that are used again
 * and grow to what a window needs, at most {@link PianoRoll#CELLS} runs, so that a thread that decodes window after window
 * allocates nothing. Not thread-safe.
 */
final class Changes {
    private static final int FIRST_CAPACITY = 256;

    private int[] pitches = new int[FIRST_CAPACITY];
    private long[] steps = new long[FIRST_CAPACITY];
    private double[] ranks = new double[FIRST_CAPACITY];
    private int[] order = new int[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /**
     * Adds a run.
     *
     * @param mask of its steps
     * @param rank runs of a lower rank come first, those of one rank by pitch and step
     */
    void add(int pitch, long mask, double rank) {
        if (size == pitches.length) {
            grow();
        }
        pitches[size] = pitch;
        steps[size] = mask;
        ranks[size] = rank;
        order[size] = size;
        size++;
    }

    /**
     * Adds the runs of some steps of a pitch.
     *
     * @param probabilities what the generator said of the window, step by step, from {@code offset} on
     * @param rank from the mean of a run's probabilities
     */
    void addRuns(int pitch, long mask, float[] probabilities, int offset, DoubleUnaryOperator rank) {
        for (long left = mask; left != 0; ) {
            int first = Long.numberOfTrailingZeros(left);
            int length = Long.numberOfTrailingZeros(~(left >>> first));
            double sum = 0;
            for (int step = first; step < first + length; step++) {
                sum += probabilities[offset + step * PianoRoll.PITCHES + pitch];
            }
            long run = (-1L >>> (PianoRoll.STEPS - length)) << first;
            add(pitch, run, rank.applyAsDouble(sum / length));
            left &= ~run;
        }
    }

    private void grow() {
        int capacity = 2 * size;
        pitches = Arrays.copyOf(pitches, capacity);
        steps = Arrays.copyOf(steps, capacity);
        ranks = Arrays.copyOf(ranks, capacity);
        order = Arrays.copyOf(order, capacity);
    }

    /** Pitch index of the run at a place of the order. */
    int pitch(int place) {
        return pitches[order[place]];
    }

    /** Step mask of the run at a place of the order. */
    long steps(int place) {
        return steps[order[place]];
    }

    /** Puts the runs in order: a heap sort, for the JDK has none of indices by a rule that makes no objects. */
    void sort() {
        for (int parent = size / 2 - 1; parent >= 0; parent--) {
            sink(parent, size);
        }
        for (int end = size - 1; end > 0; end--) {
            swap(0, end);
            sink(0, end);
        }
    }

    private void sink(int from, int end) {
        int parent = from;
        while (2 * parent + 1 < end) {
            int child = 2 * parent + 1;
            if (child + 1 < end && isBefore(order[child], order[child + 1])) {
                child++;
            }
            if (!isBefore(order[parent], order[child])) {
                return;
            }
            swap(parent, child);
            parent = child;
        }
    }

    private void swap(int a, int b) {
        int run = order[a];
        order[a] = order[b];
        order[b] = run;
    }

    private boolean isBefore(int a, int b) {
        if (ranks[a] != ranks[b]) {
            return ranks[a] < ranks[b];
        }
        if (pitches[a] != pitches[b]) {
            return pitches[a] < pitches[b];
        }
        return Long.numberOfTrailingZeros(steps[a]) < Long.numberOfTrailingZeros(steps[b]);
    }
}

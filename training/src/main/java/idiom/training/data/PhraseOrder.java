package idiom.training.data;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The order in which phrases are drawn: each epoch a new permutation that depends on seed and epoch alone, so that a
 * resumed run goes on where it was without having stored a thing.
 */
public final class PhraseOrder {
    private final int size;
    private final long seed;
    private final int[] permutation;
    private long permutedEpoch = -1;

    /** An order of so many phrases. */
    public PhraseOrder(int size, long seed) {
        if (size < 1) {
            throw new IllegalArgumentException("a set of phrases must not be empty: size=" + size);
        }
        this.size = size;
        this.seed = seed;
        this.permutation = new int[size];
    }

    /** Row drawn at a position counted from the start of training, from 0. */
    public int row(long position) {
        long epoch = position / size;
        if (epoch != permutedEpoch) {
            permute(epoch);
        }
        return permutation[(int) (position % size)];
    }

    private void permute(long epoch) {
        RandomGenerator random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch);
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            permutation[i] = permutation[j];
            permutation[j] = i;
        }
        permutedEpoch = epoch;
    }
}

package idiom.training.gan;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Past fakes that a discriminator meets again, so that it does not forget them (Shrivastava et al. 2017, section 2.3;
 * 50 in Brunner et al. 2018). Each new fake is shown itself half of the time; else it takes the place of an old one,
 * which is shown instead.
 */
final class ReplayPool {
    private final int capacity;
    private final int cells;
    private final float[] stored;
    private int size;

    /** A pool of so many fakes of so many cells each; of capacity 0, new fakes are shown as they are. */
    ReplayPool(int capacity, int cells) {
        this.capacity = capacity;
        this.cells = cells;
        this.stored = new float[capacity * cells];
    }

    /** Exchanges some of a batch's fakes for past ones, in place. */
    void exchange(float[] batch, RandomGenerator random) {
        for (int offset = 0; capacity > 0 && offset < batch.length; offset += cells) {
            if (size < capacity) {
                System.arraycopy(batch, offset, stored, size++ * cells, cells);
            } else if (random.nextBoolean()) {
                swap(batch, offset, random.nextInt(capacity) * cells);
            }
        }
    }

    private void swap(float[] batch, int offset, int place) {
        float[] old = Arrays.copyOfRange(stored, place, place + cells);
        System.arraycopy(batch, offset, stored, place, cells);
        System.arraycopy(old, 0, batch, offset, cells);
    }

    /** Copy of what is stored. */
    float[] contents() {
        return Arrays.copyOf(stored, size * cells);
    }

    void restore(float[] contents) {
        if (contents.length > stored.length || contents.length % cells != 0) {
            throw new IllegalArgumentException("pool does not fit the recipe: values=" + contents.length);
        }
        System.arraycopy(contents, 0, stored, 0, contents.length);
        size = contents.length / cells;
    }
}

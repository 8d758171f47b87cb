package idiom.engine.generator;

/**
 * Turns windows of one genre into probabilities of another: the network behind a preset.
 *
 * <p>Not thread-safe: one thread calls {@link #generate} at a time.
 */
public interface Generator extends AutoCloseable {

    /** Most windows one call of {@link #generate} takes, at least 1. */
    int maxBatch();

    /**
     * Runs the network on {@code count} windows.
     *
     * @param windows cells 0 or 1, shape {@code (count, 1, 64, 84)} row by row: step, then pitch
     * @param probabilities receives values in [0, 1] in the same shape and order
     * @param count number of windows, 1 to {@link #maxBatch}
     * @throws GeneratorException if the network fails; {@code probabilities} is then undefined
     */
    void generate(float[] windows, float[] probabilities, int count);

    @Override
    void close();
}

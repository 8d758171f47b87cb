package idiom.engine.onnx;

/**
 * How a network is run.
 *
 * @param threads the CPU threads of one call, 1 to 256; 1 is right beside live audio, where a second thread waits for
 *     whatever else is busy
 * @param maxBatch most windows of one call, 1 to 1024
 * @param provider what runs it
 * @param warmUpRuns calls made while loading, so that the first real one is as fast as the rest; 0 to 1000
 */
public record InferenceOptions(int threads, int maxBatch, ExecutionProvider provider, int warmUpRuns) {
    public InferenceOptions {
        requireRange("threads", threads, 1, 256);
        requireRange("maxBatch", maxBatch, 1, 1024);
        requireRange("warmUpRuns", warmUpRuns, 0, 1000);
    }

    /** One thread, one window a call, the best provider, 3 warm-up runs. */
    public static InferenceOptions defaults() {
        return new InferenceOptions(1, 1, ExecutionProvider.AUTO, 3);
    }

    public InferenceOptions withThreads(int count) {
        return new InferenceOptions(count, maxBatch, provider, warmUpRuns);
    }

    public InferenceOptions withMaxBatch(int windows) {
        return new InferenceOptions(threads, windows, provider, warmUpRuns);
    }

    public InferenceOptions withProvider(ExecutionProvider choice) {
        return new InferenceOptions(threads, maxBatch, choice, warmUpRuns);
    }

    public InferenceOptions withWarmUpRuns(int count) {
        return new InferenceOptions(threads, maxBatch, provider, count);
    }

    private static void requireRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ": " + name + "=" + value);
        }
    }
}

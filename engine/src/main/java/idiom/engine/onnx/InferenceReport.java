package idiom.engine.onnx;

import java.util.Locale;

/**
 * How fast a generator is, and how fast ONNX Runtime alone is on the same model in the same run.
 *
 * @param model its name
 * @param choice what ran it
 * @param windows measured, one a call
 * @param p50Ns median time of a call through our generator
 * @param p99Ns 99 of 100 calls took no longer
 * @param maxNs the longest call
 * @param bareP50Ns median time of a bare ONNX Runtime call
 * @param bytesPerWindow allocated on the Java heap by our generator
 */
public record InferenceReport(
        String model,
        ProviderChoice choice,
        int windows,
        long p50Ns,
        long p99Ns,
        long maxNs,
        long bareP50Ns,
        long bytesPerWindow) {

    /** Median of our call over the median of a bare one. */
    public double ratioToBare() {
        return (double) p50Ns / bareP50Ns;
    }

    /** One line for people. */
    public String description() {
        return String.format(
                Locale.ROOT,
                "%s: p50 %.2f ms, p99 %.2f ms, max %.2f ms over %d windows; %.3f of a bare ONNX Runtime call"
                        + " (%.2f ms); %d bytes allocated per window; %s",
                model,
                p50Ns / 1e6,
                p99Ns / 1e6,
                maxNs / 1e6,
                windows,
                ratioToBare(),
                bareP50Ns / 1e6,
                bytesPerWindow,
                choice.description());
    }
}

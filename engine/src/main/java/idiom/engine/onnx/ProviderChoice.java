package idiom.engine.onnx;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What runs a network, and why nothing better does.
 *
 * @param provider the one chosen; never {@link ExecutionProvider#AUTO}
 * @param description one line for people, such as {@code CPU, 1 thread (not TensorRT, CUDA: no NVIDIA driver)}
 */
public record ProviderChoice(ExecutionProvider provider, String description) {

    /** @param refused the better ones, best first, and what stands against each */
    static ProviderChoice of(ExecutionProvider provider, int threads, Map<ExecutionProvider, String> refused) {
        String title = provider == ExecutionProvider.CPU
                ? "CPU, " + threads + (threads == 1 ? " thread" : " threads")
                : provider.title();
        return new ProviderChoice(provider, refused.isEmpty() ? title : title + " (" + reasons(refused) + ")");
    }

    /** {@code not A, B: reason; not C: reason}: each reason once. */
    static String reasons(Map<ExecutionProvider, String> refused) {
        Map<String, String> titlesByReason = new LinkedHashMap<>();
        refused.forEach((provider, reason) ->
                titlesByReason.merge(reason, provider.title(), (titles, title) -> titles + ", " + title));
        StringBuilder line = new StringBuilder();
        titlesByReason.forEach((reason, titles) -> line.append(line.isEmpty() ? "" : "; ")
                .append("not ")
                .append(titles)
                .append(": ")
                .append(reason));
        return line.toString();
    }
}

package idiom.training.net;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.Tensor;

/**
 * Parameter tensors of one network by name, valid within the {@code PointerScope} that they were made in.
 *
 * @param byName shapes as in the network's layout
 * @param precision their number format
 * @param layout of kernels
 */
public record Weights(Map<String, Tensor> byName, Precision precision, Layout layout) {

    /** The same with some tensors in place of others. */
    Weights replacing(BiFunction<String, Tensor, Tensor> other) {
        Map<String, Tensor> replaced = new LinkedHashMap<>();
        byName.forEach((name, tensor) -> replaced.put(name, other.apply(name, tensor)));
        return new Weights(replaced, precision, layout);
    }

    Tensor get(String name) {
        Tensor tensor = byName.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no parameter of that name: name=" + name);
        }
        return tensor;
    }
}

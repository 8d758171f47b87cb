package idiom.training.net;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Parameter tensors of one network by name, valid within the {@code PointerScope} that they were made in.
 *
 * @param byName shapes as in the network's layout
 * @param precision their number format
 * @param layout of kernels
 */
public record Weights(Map<String, Tensor> byName, Precision precision, Layout layout) {

    Tensor get(String name) {
        Tensor tensor = byName.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no parameter of that name: name=" + name);
        }
        return tensor;
    }
}

package idiom.training.export;

import idiom.training.classifier.GenreClassifier;
import idiom.training.net.GeneratorShape;
import idiom.training.net.Network;
import idiom.training.net.ParameterLayout;
import idiom.training.net.SpectralNorm;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Trained networks as ONNX files. */
public final class ModelExport {
    private ModelExport() {}

    /**
     * A generator. Spectral normalization is folded into its kernels: the file knows nothing of it.
     *
     * @param layout of its parameters
     * @param values all of them, in the order of the layout
     */
    public static byte[] generator(
            GeneratorShape shape,
            ParameterLayout layout,
            float[] values,
            WeightType type,
            Map<String, String> metadata) {
        return OnnxGenerator.write(
                new GeneratorSpec(shape.width(), shape.blocks(), shape.skip(), shape.zeroMean(), shape.selfAttention()),
                tensors(layout, shape.spectralNorm() ? SpectralNorm.folded(layout, values) : values),
                type,
                metadata);
    }

    /** A classifier of so many channels after its first convolution. */
    public static byte[] classifier(
            GenreClassifier classifier, int width, WeightType type, Map<String, String> metadata) {
        Network network = classifier.network();
        return OnnxClassifier.write(
                new ClassifierSpec(width, classifier.genres()),
                tensors(network.layout(), network.values()),
                type,
                metadata);
    }

    private static Map<String, WeightTensor> tensors(ParameterLayout layout, float[] values) {
        Map<String, WeightTensor> tensors = new LinkedHashMap<>();
        int offset = 0;
        for (ParameterLayout.Entry entry : layout.entries()) {
            int size = Math.toIntExact(entry.size());
            long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
            tensors.put(
                    entry.name(),
                    new WeightTensor(entry.name(), shape, Arrays.copyOfRange(values, offset, offset + size)));
            offset += size;
        }
        return tensors;
    }
}

package idiom.training.run;

import idiom.engine.generator.Generator;
import idiom.training.net.Device;
import idiom.training.net.GeneratorNetwork;
import idiom.training.net.GeneratorShape;

/** A trained generator run by training's own forward pass in fp32: what an export has to agree with. */
public final class TrainedGenerator implements Generator {
    private final GeneratorNetwork network;

    /** A generator of this shape and these parameters, in the order of its layout. */
    public TrainedGenerator(Device device, GeneratorShape shape, float[] values) {
        network = new GeneratorNetwork(device, shape, 0);
        network.load(values);
    }

    /** The network. */
    public GeneratorNetwork network() {
        return network;
    }

    @Override
    public int maxBatch() {
        return 64;
    }

    @Override
    public void generate(float[] windows, float[] probabilities, int count) {
        float[] result = network.probabilities(network.flat(), windows, count);
        System.arraycopy(result, 0, probabilities, 0, result.length);
    }

    @Override
    public void close() {
        network.close();
    }
}

package idiom.training.run;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.net.Device;
import idiom.training.net.GeneratorNetwork;
import idiom.training.net.GeneratorShape;
import idiom.training.net.Precision;
import idiom.training.net.Tensors;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;

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
        try (PointerScope scope = new PointerScope()) {
            float[] cells = Arrays.copyOf(windows, count * PianoRoll.CELLS);
            float[] result = Tensors.toArray(torch.sigmoid(network.forward(
                    network.frozen(Precision.FP32),
                    network.device().tensor(cells, count, 1, PianoRoll.STEPS, PianoRoll.PITCHES))));
            System.arraycopy(result, 0, probabilities, 0, result.length);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}

package idiom.training.classifier;

import idiom.training.net.AttentionNetwork;
import idiom.training.net.Device;
import idiom.training.net.HistogramNetwork;
import idiom.training.net.Network;
import idiom.training.net.OctaveNetwork;

/**
 * How a classifier is built. Two of one architecture make the same mistakes; one of another says whether a transfer convinces
 * more than the kind of network that it was trained against.
 */
public enum Architecture {
    /** The papers' (Brunner et al. 2018, table II): five convolutions, the first over octaves. Can be exported to ONNX. */
    PAPERS,
    /** Self-attention over steps, no convolution. A judge only. */
    ATTENTION,
    /** Statistics of pitches, places, intervals and polyphony, without order. A judge only. */
    HISTOGRAM;

    /** A network with random weights, which the caller closes. */
    Network network(Device device, int width, int genres, long seed) {
        return switch (this) {
            case PAPERS -> new OctaveNetwork(device, width, genres, seed);
            case ATTENTION -> new AttentionNetwork(device, width, genres, seed);
            case HISTOGRAM -> new HistogramNetwork(device, width, genres, seed);
        };
    }
}

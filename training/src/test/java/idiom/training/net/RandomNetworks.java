package idiom.training.net;

import java.util.Random;

/** Gives networks weights that are nowhere near 0, so that no part of them goes unnoticed. */
public final class RandomNetworks {
    private RandomNetworks() {}

    /** Kernels N(0, 0.3), scales N(1, 0.3), offsets and bias N(0, 0.3). */
    public static <N extends Network> N filled(N network, long seed) {
        Random random = new Random(seed);
        float[] values = new float[Math.toIntExact(network.layout().size())];
        int i = 0;
        for (ParameterLayout.Entry entry : network.layout().entries()) {
            double mean = entry.name().endsWith(".scale") ? 1 : 0;
            for (long n = entry.size(); n > 0; n--) {
                values[i++] = (float) (mean + 0.3 * random.nextGaussian());
            }
        }
        network.load(values);
        return network;
    }
}

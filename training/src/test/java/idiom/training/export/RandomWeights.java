package idiom.training.export;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Small random networks and windows, the same for a seed every time. */
final class RandomWeights {
    private final Random random;
    private final Map<String, WeightTensor> weights = new LinkedHashMap<>();

    private RandomWeights(long seed) {
        random = new Random(seed);
    }

    static Map<String, WeightTensor> generator(int c, int blocks, boolean bias, long seed) {
        RandomWeights net = new RandomWeights(seed);
        net.normed("in", c, c, 1, 7, 7);
        net.normed("down1", 2 * c, 2 * c, c, 3, 3);
        net.normed("down2", 4 * c, 4 * c, 2 * c, 3, 3);
        for (int i = 0; i < blocks; i++) {
            net.normed("res" + i + ".a", 4 * c, 4 * c, 4 * c, 3, 3);
            net.normed("res" + i + ".b", 4 * c, 4 * c, 4 * c, 3, 3);
        }
        net.normed("up1", 2 * c, 4 * c, 2 * c, 3, 3);
        net.normed("up2", c, 2 * c, c, 3, 3);
        net.put("out", 0, 0.05, 1, c, 7, 7);
        if (bias) {
            net.put("out.bias", 0.3, 0.05, 1);
        }
        return net.weights;
    }

    static Map<String, WeightTensor> classifier(int d, int genres, long seed) {
        RandomWeights net = new RandomWeights(seed);
        net.put("conv1", 0, 0.3, d, 1, 1, 12);
        net.normed("conv2", 2 * d, 2 * d, d, 4, 1);
        net.normed("conv3", 4 * d, 4 * d, 2 * d, 2, 1);
        net.normed("conv4", 8 * d, 8 * d, 4 * d, 8, 1);
        net.put("conv5", 0, 0.1, genres, 8 * d, 1, 7);
        return net.weights;
    }

    /** About one cell in twelve sounds. */
    static double[][] window(long seed) {
        Random random = new Random(seed);
        double[][] window = new double[64][84];
        for (double[] step : window) {
            for (int pitch = 0; pitch < 84; pitch++) {
                step[pitch] = random.nextInt(12) == 0 ? 1 : 0;
            }
        }
        return window;
    }

    private void normed(String name, int channels, long... shape) {
        put(name, 0, 0.1, shape);
        put(name + ".norm.scale", 1, 0.2, channels);
        put(name + ".norm.offset", 0, 0.2, channels);
    }

    private void put(String name, double mean, double deviation, long... shape) {
        long count = 1;
        for (long length : shape) {
            count *= length;
        }
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + deviation * random.nextGaussian());
        }
        weights.put(name, new WeightTensor(name, shape, values));
    }
}

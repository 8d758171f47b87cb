package idiom.training.export;

import java.util.Map;

/**
 * The two networks written down a second time, as slow loops straight from their definitions, in 64 bits: what the
 * exported files are compared with. Maps are {@code [channel][row][column]}.
 */
final class Reference {
    private final Map<String, WeightTensor> weights;

    Reference(Map<String, WeightTensor> weights) {
        this.weights = weights;
    }

    double[][][] generator(GeneratorSpec spec, double[][] window) {
        double[][][] input = {window};
        double[][][] x = normRelu(convolution(reflect(input, 3), "in", 1, 1, 0), "in");
        x = normRelu(convolution(x, "down1", 2, 2, 1), "down1");
        x = normRelu(convolution(x, "down2", 2, 2, 1), "down2");
        for (int i = 0; i < spec.blocks(); i++) {
            double[][][] y = normRelu(convolution(reflect(x, 1), "res" + i + ".a", 1, 1, 0), "res" + i + ".a");
            y = norm(convolution(reflect(y, 1), "res" + i + ".b", 1, 1, 0), "res" + i + ".b");
            x = sum(x, y);
        }
        x = normRelu(transposed(x, "up1"), "up1");
        x = normRelu(transposed(x, "up2"), "up2");
        double[][][] delta = convolution(reflect(x, 3), "out", 1, 1, 0);
        double bias = weights.containsKey("out.bias") ? weight("out.bias", 0) : 0;
        double mean = spec.zeroMeanDelta() ? mean(delta[0]) + bias : 0;
        for (int row = 0; row < window.length; row++) {
            for (int column = 0; column < window[0].length; column++) {
                double logit = delta[0][row][column] + bias - mean + spec.skip() * (2 * window[row][column] - 1);
                delta[0][row][column] = 1 / (1 + Math.exp(-logit));
            }
        }
        return delta;
    }

    double[] classifier(ClassifierSpec spec, double[][] window) {
        double[][][] x = leaky(convolution(new double[][][] {window}, "conv1", 1, 12, 0));
        x = leaky(norm(convolution(x, "conv2", 4, 1, 0), "conv2"));
        x = leaky(norm(convolution(x, "conv3", 2, 1, 0), "conv3"));
        x = leaky(norm(convolution(x, "conv4", 8, 1, 0), "conv4"));
        x = convolution(x, "conv5", 1, 7, 0);
        double[] logits = new double[spec.genres().size()];
        for (int genre = 0; genre < logits.length; genre++) {
            logits[genre] = x[genre][0][0];
        }
        return logits;
    }

    private double[][][] convolution(double[][][] x, String name, int rowStride, int columnStride, int pad) {
        long[] shape = weights.get(name).shape();
        float[] kernel = weights.get(name).values();
        int height = (int) shape[2];
        int width = (int) shape[3];
        int rows = (x[0].length + 2 * pad - height) / rowStride + 1;
        int columns = (x[0][0].length + 2 * pad - width) / columnStride + 1;
        double[][][] y = new double[(int) shape[0]][rows][columns];
        for (int out = 0; out < y.length; out++) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    for (int in = 0; in < x.length; in++) {
                        for (int i = 0; i < height; i++) {
                            for (int j = 0; j < width; j++) {
                                int r = row * rowStride + i - pad;
                                int c = column * columnStride + j - pad;
                                if (r >= 0 && c >= 0 && r < x[0].length && c < x[0][0].length) {
                                    y[out][row][column] +=
                                            kernel[((out * x.length + in) * height + i) * width + j] * x[in][r][c];
                                }
                            }
                        }
                    }
                }
            }
        }
        return y;
    }

    /** Every cell x[r][c] is spread over y[2r - 1 + i][2c - 1 + j]; output padding makes y twice as large as x. */
    private double[][][] transposed(double[][][] x, String name) {
        long[] shape = weights.get(name).shape();
        float[] kernel = weights.get(name).values();
        int outputs = (int) shape[1];
        double[][][] y = new double[outputs][2 * x[0].length][2 * x[0][0].length];
        for (int in = 0; in < x.length; in++) {
            for (int out = 0; out < outputs; out++) {
                for (int r = 0; r < x[0].length; r++) {
                    for (int c = 0; c < x[0][0].length; c++) {
                        for (int i = 0; i < 3; i++) {
                            for (int j = 0; j < 3; j++) {
                                int row = 2 * r - 1 + i;
                                int column = 2 * c - 1 + j;
                                if (row >= 0 && column >= 0 && row < y[0].length && column < y[0][0].length) {
                                    y[out][row][column] += kernel[((in * outputs + out) * 3 + i) * 3 + j] * x[in][r][c];
                                }
                            }
                        }
                    }
                }
            }
        }
        return y;
    }

    private double[][][] norm(double[][][] x, String name) {
        double[][][] y = new double[x.length][x[0].length][x[0][0].length];
        for (int channel = 0; channel < x.length; channel++) {
            double mean = mean(x[channel]);
            double variance = 0;
            for (double[] row : x[channel]) {
                for (double value : row) {
                    variance += (value - mean) * (value - mean) / (x[0].length * x[0][0].length);
                }
            }
            for (int row = 0; row < x[0].length; row++) {
                for (int column = 0; column < x[0][0].length; column++) {
                    y[channel][row][column] = (x[channel][row][column] - mean)
                                    / Math.sqrt(variance + 1e-5)
                                    * weight(name + ".norm.scale", channel)
                            + weight(name + ".norm.offset", channel);
                }
            }
        }
        return y;
    }

    private double[][][] normRelu(double[][][] x, String name) {
        return mapped(norm(x, name), value -> Math.max(0, value));
    }

    private static double[][][] leaky(double[][][] x) {
        return mapped(x, value -> value > 0 ? value : 0.2 * value);
    }

    private static double[][][] reflect(double[][][] x, int pad) {
        int rows = x[0].length;
        int columns = x[0][0].length;
        double[][][] y = new double[x.length][rows + 2 * pad][columns + 2 * pad];
        for (int channel = 0; channel < x.length; channel++) {
            for (int row = 0; row < rows + 2 * pad; row++) {
                for (int column = 0; column < columns + 2 * pad; column++) {
                    y[channel][row][column] = x[channel][mirrored(row - pad, rows)][mirrored(column - pad, columns)];
                }
            }
        }
        return y;
    }

    private static int mirrored(int index, int length) {
        if (index < 0) {
            return -index;
        }
        return index < length ? index : 2 * (length - 1) - index;
    }

    private static double[][][] sum(double[][][] x, double[][][] y) {
        double[][][] sum = new double[x.length][x[0].length][x[0][0].length];
        for (int channel = 0; channel < x.length; channel++) {
            for (int row = 0; row < x[0].length; row++) {
                for (int column = 0; column < x[0][0].length; column++) {
                    sum[channel][row][column] = x[channel][row][column] + y[channel][row][column];
                }
            }
        }
        return sum;
    }

    private static double mean(double[][] map) {
        double sum = 0;
        for (double[] row : map) {
            for (double value : row) {
                sum += value;
            }
        }
        return sum / (map.length * map[0].length);
    }

    private static double[][][] mapped(double[][][] x, java.util.function.DoubleUnaryOperator function) {
        for (double[][] channel : x) {
            for (double[] row : channel) {
                for (int column = 0; column < row.length; column++) {
                    row[column] = function.applyAsDouble(row[column]);
                }
            }
        }
        return x;
    }

    private double weight(String name, int index) {
        return weights.get(name).values()[index];
    }
}

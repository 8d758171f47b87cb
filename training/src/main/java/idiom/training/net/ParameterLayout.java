package idiom.training.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Names, shapes and initial values of a network's parameters, in the order in which they lie in its flat vector.
 *
 * @param entries one per parameter tensor, names unique
 */
public record ParameterLayout(List<Entry> entries) {

    /** How a parameter begins. */
    public enum Init {
        /** Truncated normal, mean 0, at most two deviations; the deviation is the entry's {@code scale}. */
        NORMAL,
        /** All equal to the entry's {@code scale}. */
        CONSTANT
    }

    /**
     * One parameter tensor.
     *
     * @param name {@code "res0.a"}
     * @param shape sizes, outermost first
     * @param init how it begins
     * @param scale deviation or constant
     * @param isNormalised whether spectral normalization, in a network that has it, divides it: a convolution's kernel,
     *     (out, in, height, width)
     */
    public record Entry(String name, List<Long> shape, Init init, double scale, boolean isNormalised) {

        /** Number of values. */
        public long size() {
            return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
        }

        long[] shapeArray() {
            return shape.stream().mapToLong(Long::longValue).toArray();
        }
    }

    public ParameterLayout {
        entries = List.copyOf(entries);
    }

    /** Number of values of all parameters. */
    public long size() {
        return entries.stream().mapToLong(Entry::size).sum();
    }

    long[] sizes() {
        return entries.stream().mapToLong(Entry::size).toArray();
    }

    /** Collects entries. */
    static final class Builder {
        private final List<Entry> entries = new ArrayList<>();

        /** A convolution kernel, N(0, 0.02) truncated (Brunner et al. 2018, published code). */
        Builder kernel(String name, long... shape) {
            return kernel(0.02, name, shape);
        }

        Builder kernel(double deviation, String name, long... shape) {
            entries.add(new Entry(name, boxed(shape), Init.NORMAL, deviation, shape.length == 4));
            return this;
        }

        /** A kernel that spectral normalization leaves alone: transposed, or one that has to start near nothing. */
        Builder freeKernel(double deviation, String name, long... shape) {
            entries.add(new Entry(name, boxed(shape), Init.NORMAL, deviation, false));
            return this;
        }

        /** A matrix whose outputs begin as strong as its inputs, and a bias of 0. */
        Builder linear(String name, long out, long in) {
            return kernel(1 / Math.sqrt((double) in), name, out, in).constant(name + ".bias", 0, out);
        }

        /** Scale 1 and offset 0 of an instance norm, named after the convolution before it. */
        Builder norm(String convolution, long channels) {
            constant(convolution + ".norm.scale", 1, channels);
            return constant(convolution + ".norm.offset", 0, channels);
        }

        Builder constant(String name, double value, long... shape) {
            entries.add(new Entry(name, boxed(shape), Init.CONSTANT, value, false));
            return this;
        }

        ParameterLayout build() {
            return new ParameterLayout(entries);
        }

        private static List<Long> boxed(long... shape) {
            return Arrays.stream(shape).boxed().toList();
        }
    }
}

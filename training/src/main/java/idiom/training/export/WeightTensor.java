package idiom.training.export;

import java.util.Arrays;

/**
 * One parameter of a network, row by row.
 *
 * @param name of the parameter, unique in its network
 * @param shape lengths of its axes, outermost first, all positive; copied
 * @param values as many as the shape's product; copied
 */
// Arrays: a network has millions of values. They are copied in and out, and compared by content.
@SuppressWarnings("ArrayRecordComponent")
public record WeightTensor(String name, long[] shape, float[] values) {
    public WeightTensor {
        shape = shape.clone();
        values = values.clone();
        long count = 1;
        for (long length : shape) {
            if (length <= 0) {
                throw new IllegalArgumentException(
                        "lengths of a tensor's axes must be > 0: name=" + name + " shape=" + Arrays.toString(shape));
            }
            count = Math.multiplyExact(count, length);
        }
        if (count != values.length) {
            throw new IllegalArgumentException("a tensor must have as many values as its shape says: name=" + name
                    + " shape=" + Arrays.toString(shape) + " values=" + values.length);
        }
    }

    /** The lengths of its axes; a copy. */
    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** Its values row by row; a copy. */
    @Override
    public float[] values() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightTensor tensor
                && name.equals(tensor.name)
                && Arrays.equals(shape, tensor.shape)
                && Arrays.equals(values, tensor.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + Arrays.hashCode(shape)) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "WeightTensor[name=" + name + ", shape=" + Arrays.toString(shape) + "]";
    }
}

package idiom.training.evaluate;

import java.util.function.IntToDoubleFunction;

/**
 * Mean and standard deviation over phrases, as in table 1 of Brunner et al. 2019.
 *
 * @param mean arithmetic
 * @param deviation of the population
 */
public record Spread(double mean, double deviation) {

    /** Over the values of 0 to {@code count} (exclusive); {@code count} at least 1. */
    static Spread over(int count, IntToDoubleFunction value) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double v = value.applyAsDouble(i);
            sum += v;
            squares += v * v;
        }
        double mean = sum / count;
        return new Spread(mean, Math.sqrt(Math.max(0, squares / count - mean * mean)));
    }
}

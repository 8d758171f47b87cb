package idiom.training.evaluate;

import java.util.function.IntToDoubleFunction;

/**
 * Mean and standard deviation over phrases, as in table 1 of Brunner et al. 2019.
 *
 * @param mean arithmetic
 * @param deviation of the population
 */
public record Spread(double mean, double deviation) {

    /** Standard error of the mean of so many values. */
    double error(int count) {
        return deviation / Math.sqrt(count);
    }

    /**
     * Over the values of 0 to {@code count} (exclusive). NaN values are left out: a ratio to a silent phrase says
     * nothing. NaN if nothing is left.
     */
    static Spread over(int count, IntToDoubleFunction value) {
        int known = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double v = value.applyAsDouble(i);
            if (!Double.isNaN(v)) {
                known++;
                sum += v;
                squares += v * v;
            }
        }
        double mean = sum / known;
        double variance = squares / known - mean * mean;
        // Rounding may take a variance of 0 below it; NaN stays what it is.
        return new Spread(mean, variance < 0 ? 0 : Math.sqrt(variance));
    }
}

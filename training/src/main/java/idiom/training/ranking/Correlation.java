package idiom.training.ranking;

import java.util.Arrays;

/** Correlation of two columns of numbers. */
public final class Correlation {
    private Correlation() {}

    /**
     * Pearson's r, -1 to 1: the covariance over the root of both variances. NaN if a column is the same everywhere, or has
     * fewer than two numbers.
     */
    public static double pearson(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("columns must be of one length: x=" + x.length + " y=" + y.length);
        }
        if (isConstant(x) || isConstant(y)) {
            return Double.NaN;
        }
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double both = 0;
        double squaresX = 0;
        double squaresY = 0;
        for (int i = 0; i < x.length; i++) {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            both += dx * dy;
            squaresX += dx * dx;
            squaresY += dy * dy;
        }
        return Math.max(-1, Math.min(1, both / (Math.sqrt(squaresX) * Math.sqrt(squaresY))));
    }

    /** Spearman's rho: Pearson's r of the ranks, equal numbers sharing the mean of theirs. */
    public static double spearman(double[] x, double[] y) {
        return pearson(meanRanks(x), meanRanks(y));
    }

    /** Ranks from 1 (least), equal numbers sharing the mean of theirs. */
    public static double[] meanRanks(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int less = 0;
            int same = 0;
            // -0 and 0 are one number here, as in pearson.
            for (double other : sorted) {
                less += other < values[i] ? 1 : 0;
                same += other == values[i] ? 1 : 0;
                if (other > values[i]) {
                    break;
                }
            }
            ranks[i] = less + (same + 1) / 2.0;
        }
        return ranks;
    }

    /** Whether there is no difference between any two numbers. */
    static boolean isConstant(double[] values) {
        for (double value : values) {
            if (value != values[0]) {
                return false;
            }
        }
        return true;
    }
}

package idiom.training.attribution;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Many tests at once: Benjamini and Hochberg, "Controlling the False Discovery Rate", Journal of the Royal Statistical Society B
 * 57(1), 1995. Of all that have q at most 0.05, one in twenty is expected to be chance. Holds for independent tests and for
 * positively dependent ones (Benjamini and Yekutieli 2001).
 */
final class FalseDiscovery {
    private FalseDiscovery() {}

    /**
     * Corrects p-values.
     *
     * @param p in [0, 1], or NaN for what was not tested and does not count
     * @return q in the same order; NaN where p is
     */
    static double[] q(double[] p) {
        int[] order = IntStream.range(0, p.length)
                .filter(i -> !Double.isNaN(p[i]))
                .boxed()
                .sorted((a, b) -> Double.compare(p[b], p[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] q = new double[p.length];
        Arrays.fill(q, Double.NaN);
        double least = 1;
        for (int n = 0; n < order.length; n++) {
            int rank = order.length - n;
            least = Math.min(least, p[order[n]] * order.length / rank);
            q[order[n]] = least;
        }
        return q;
    }
}

package idiom.training.ranking;

import idiom.training.ranking.Agreement.Coefficient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * How sure a correlation is, where points come in items. Ranks of one item depend on each other, as what is first there leaves
 * the others to be second, so points are not drawn one by one:
 *
 * <ul>
 *   <li>The p value is of a permutation test, two-sided: human scores are exchanged among the models of each item, and p is the
 *       share, (1 + hits) / (1 + permutations), of those whose coefficient is at least as far from 0. If no item has two
 *       models, they are exchanged among all.
 *   <li>The interval is a percentile bootstrap's (Efron, 1979): whole items are drawn with putting back, and the coefficient
 *       lies between the 2.5th and the 97.5th percentile of theirs. None for fewer than {@value #LEAST_ITEMS} items.
 * </ul>
 */
final class Resampling {
    static final int LEAST_ITEMS = 3;

    private final List<int[]> items;
    private final int resamples;
    private final long seed;

    /** For points of these items, one name each. */
    Resampling(List<String> itemOfPoint, int resamples, long seed) {
        Map<String, List<Integer>> byItem = new LinkedHashMap<>();
        for (int i = 0; i < itemOfPoint.size(); i++) {
            byItem.computeIfAbsent(itemOfPoint.get(i), key -> new ArrayList<>()).add(i);
        }
        this.items = byItem.values().stream()
                .map(points -> points.stream().mapToInt(i -> i).toArray())
                .toList();
        this.resamples = resamples;
        this.seed = seed;
    }

    /** A kind of correlation. */
    interface Statistic {
        double of(double[] scores, double[] values);
    }

    Coefficient measure(Statistic statistic, double[] scores, double[] values) {
        double[] interval = interval(statistic, scores, values);
        return new Coefficient(
                statistic.of(scores, values), interval[0], interval[1], pValue(statistic, scores, values));
    }

    private double pValue(Statistic statistic, double[] scores, double[] values) {
        RandomGenerator random = new SplittableRandom(seed);
        // Sums in another order differ in their last digits; an equal arrangement must count as equal.
        double found = Math.abs(statistic.of(scores, values)) - 1e-12;
        double[] exchanged = scores.clone();
        List<int[]> groups = items.stream().anyMatch(points -> points.length > 1)
                ? items
                : List.of(items.stream().flatMapToInt(Arrays::stream).toArray());
        int hits = 0;
        for (int n = 0; n < resamples; n++) {
            groups.forEach(points -> shuffle(exchanged, points, random));
            hits += Math.abs(statistic.of(exchanged, values)) >= found ? 1 : 0;
        }
        return (1.0 + hits) / (1.0 + resamples);
    }

    private static void shuffle(double[] values, int[] points, RandomGenerator random) {
        for (int last = points.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            double value = values[points[last]];
            values[points[last]] = values[points[other]];
            values[points[other]] = value;
        }
    }

    private double[] interval(Statistic statistic, double[] scores, double[] values) {
        if (items.size() < LEAST_ITEMS) {
            return new double[] {Double.NaN, Double.NaN};
        }
        RandomGenerator random = new SplittableRandom(seed);
        double[] drawn = new double[resamples];
        for (int n = 0; n < resamples; n++) {
            int[] points = random.ints(items.size(), 0, items.size())
                    .mapToObj(items::get)
                    .flatMapToInt(Arrays::stream)
                    .toArray();
            drawn[n] = statistic.of(
                    Arrays.stream(points).mapToDouble(i -> scores[i]).toArray(),
                    Arrays.stream(points).mapToDouble(i -> values[i]).toArray());
        }
        // A draw in which a column is the same everywhere has no coefficient.
        double[] sorted = Arrays.stream(drawn).filter(Double::isFinite).sorted().toArray();
        return new double[] {percentile(sorted, 0.025), percentile(sorted, 0.975)};
    }

    private static double percentile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}

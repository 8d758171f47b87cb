package idiom.training.ranking;

import idiom.training.data.DataException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What people said of pieces and models, beside what metrics say.
 *
 * @param metrics names of the metrics
 * @param points one for each piece and model
 */
public record Study(List<String> metrics, List<Point> points) {
    public Study {
        metrics = List.copyOf(metrics);
        points = List.copyOf(points);
    }

    /**
     * One piece as one model plays it.
     *
     * @param subject which
     * @param score human ranking score, 0 to 1
     * @param judgements how many people ranked it; 0 if that is not known
     * @param values of the metrics, in their order; NaN where there is none
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Point(Subject subject, double score, int judgements, double[] values) {}

    /**
     * Means over a model's items.
     *
     * @param model which
     * @param items how many
     * @param score mean human ranking score
     * @param values means of the metrics, each over the items where there is one; NaN if there is none
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record ModelMean(String model, int items, double score, double[] values) {}

    /** Means of each model, in the order in which models appear. */
    public List<ModelMean> models() {
        Map<String, List<Point>> byModel = points.stream()
                .collect(
                        Collectors.groupingBy(point -> point.subject.model(), LinkedHashMap::new, Collectors.toList()));
        List<ModelMean> means = new ArrayList<>();
        byModel.forEach((model, own) -> {
            double[] values = new double[metrics.size()];
            for (int m = 0; m < values.length; m++) {
                int metric = m;
                values[m] = own.stream()
                        .mapToDouble(point -> point.values[metric])
                        .filter(Double::isFinite)
                        .average()
                        .orElse(Double.NaN);
            }
            double score = own.stream().mapToDouble(Point::score).average().orElseThrow();
            means.add(new ModelMean(model, own.size(), score, values));
        });
        return means;
    }

    /** The points at which a metric has a number. */
    List<Point> known(int metric) {
        return points.stream()
                .filter(point -> Double.isFinite(point.values[metric]))
                .toList();
    }

    /**
     * The correlation of a metric with the human scores.
     *
     * @param metric its index
     * @param resamples how many for each p value and interval, at least 1
     * @param seed of those
     * @throws DataException if there is none: fewer than three points, or a column that is the same everywhere
     */
    public Agreement agreement(int metric, int resamples, long seed) {
        List<Point> known = known(metric);
        double[] scores = known.stream().mapToDouble(Point::score).toArray();
        double[] values = known.stream().mapToDouble(p -> p.values[metric]).toArray();
        String name = metrics.get(metric);
        if (known.size() < 3) {
            throw new DataException(
                    "a correlation needs three points or more: column=" + name + " points=" + known.size());
        }
        requireChange("the human score", scores);
        requireChange(name, values);
        List<String> items = known.stream().map(p -> p.subject.item()).toList();
        Resampling resampling = new Resampling(items, resamples, seed);
        return new Agreement(
                name,
                known.size(),
                resampling.measure(Correlation::pearson, scores, values),
                resampling.measure(Correlation::spearman, scores, values));
    }

    private static void requireChange(String name, double[] values) {
        if (Correlation.isConstant(values)) {
            throw new DataException("what is the same at all points has no correlation: column=" + name + " value="
                    + values[0] + " points=" + values.length);
        }
    }
}

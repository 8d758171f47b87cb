package idiom.training.ranking;

/**
 * How a metric goes with the human scores.
 *
 * @param metric its name
 * @param points n, at how many pieces and models there are both
 * @param pearson of the numbers
 * @param spearman of their ranks
 */
public record Agreement(String metric, int points, Coefficient pearson, Coefficient spearman) {

    /**
     * A correlation coefficient and how sure it is ({@link Resampling}).
     *
     * @param value -1 to 1
     * @param low lower end of its 95 % interval; NaN if there are too few items for one
     * @param high upper end
     * @param p share of permutations that agree as well or better, either way
     */
    public record Coefficient(double value, double low, double high, double p) {}
}

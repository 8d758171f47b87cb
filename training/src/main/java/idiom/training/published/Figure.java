package idiom.training.published;

/**
 * One number of a table and where it is from.
 *
 * @param measure what it says, by the key that {@code evaluate --json} has for it
 * @param source genre that went in; of a measure of a pair, the first genre
 * @param target genre that was to come out, or the second genre
 * @param model of the papers' models, or a name given to a measured one
 * @param setting what else decides it, such as {@code "sigma_C=0.1"}
 * @param value share from 0 to 1, or ratio
 * @param deviation standard deviation over phrases; NaN where there is none
 * @param origin {@code "Brunner et al. 2018, transfer table"}, or the file it was measured into
 */
public record Figure(
        String measure,
        String source,
        String target,
        String model,
        String setting,
        double value,
        double deviation,
        String origin) {

    /** The same with another origin. */
    public Figure from(String newOrigin) {
        return new Figure(measure, source, target, model, setting, value, deviation, newOrigin);
    }

    /** Whether it is about these two genres, in whatever order. */
    public boolean isOf(String a, String b) {
        return isFrom(a, b) || isFrom(b, a);
    }

    /** Whether it is about the way from one genre to another, or a pair named in this order. */
    public boolean isFrom(String from, String to) {
        return source.equals(from) && target.equals(to);
    }
}

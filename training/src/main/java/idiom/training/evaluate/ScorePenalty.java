package idiom.training.evaluate;

/**
 * What is taken off a direction's strength when checkpoints or ways to decode are compared: nothing while a transfer keeps the
 * tune, the key and the amount of music, and the more the further it goes beyond (docs/training.md). Each term is a weight times the distance
 * from a limit, so that there is no step at which a little more is suddenly forbidden:
 *
 * <ul>
 *   <li>content change above {@value #MOST_CONTENT_CHANGE}, times {@value #CONTENT_WEIGHT};
 *   <li>tune F1 below {@value #LEAST_TUNE}, times {@value #TUNE_WEIGHT};
 *   <li>share of phrases that change key above {@value #MOST_KEY_CHANGES}, times {@value #KEY_WEIGHT}: a phrase in another key
 *       counts as much as a phrase that was not transferred;
 *   <li>chroma similarity below {@value #LEAST_CHROMA}, times {@value #CHROMA_WEIGHT};
 *   <li>density outside {@value #LEAST_DENSITY} to {@value #MOST_DENSITY} times the target's, times {@value #DENSITY_WEIGHT}.
 * </ul>
 */
public final class ScorePenalty {
    /** Changes with the rule by which checkpoints are chosen: a score of one rule does not compare with one of another. */
    public static final int VERSION = 3;

    /** Content change up to which nothing is taken off. */
    public static final double MOST_CONTENT_CHANGE = 0.66;

    static final double CONTENT_WEIGHT = 0.5;
    /** Tune F1 from which on nothing is taken off. */
    public static final double LEAST_TUNE = 0.75;

    static final double TUNE_WEIGHT = 1;
    /** Share of phrases that may change key. */
    public static final double MOST_KEY_CHANGES = 0.05;

    static final double KEY_WEIGHT = 1;
    static final double LEAST_CHROMA = 0.85;
    static final double CHROMA_WEIGHT = 1;
    /** Density over the target's, from which on nothing is taken off. */
    public static final double LEAST_DENSITY = 0.7;
    /** Density over the target's, up to which nothing is taken off. */
    public static final double MOST_DENSITY = 1.4;

    static final double DENSITY_WEIGHT = 0.5;

    private ScorePenalty() {}

    /** What checkpoints are compared by: the strength, less the penalty. */
    public static double score(DirectionResult direction) {
        return direction.strength().value() - of(direction);
    }

    /** At least 0. */
    public static double of(DirectionResult direction) {
        return of(direction, 0);
    }

    /** The same where content change has to keep its limit by so many of its standard errors, so that it does on other phrases. */
    public static double of(DirectionResult direction, double errors) {
        double density = direction.densityRatio();
        Spread content = direction.total();
        return CONTENT_WEIGHT * above(content.mean() + errors * content.error(direction.phrases()), MOST_CONTENT_CHANGE)
                + TUNE_WEIGHT * above(LEAST_TUNE, direction.melodyF1())
                + KEY_WEIGHT * above(direction.keyChanges(), MOST_KEY_CHANGES)
                + CHROMA_WEIGHT * above(LEAST_CHROMA, direction.chroma())
                + DENSITY_WEIGHT * (above(density, MOST_DENSITY) + above(LEAST_DENSITY, density));
    }

    private static double above(double value, double limit) {
        return Math.max(0, value - limit);
    }
}

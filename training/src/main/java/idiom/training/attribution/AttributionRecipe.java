package idiom.training.attribution;

/**
 * What decides an analysis, beside data and classifier.
 *
 * @param sample phrases of each genre, at most, drawn from those that the classifier gets right
 * @param pictured phrases of each genre in the picture, drawn from these
 * @param permutations of each null hypothesis
 * @param seed of the draws and the permutations
 */
public record AttributionRecipe(int sample, int pictured, int permutations, long seed) {

    public AttributionRecipe {
        if (sample < 1 || pictured < 1 || permutations < 1) {
            throw new IllegalArgumentException("an attribution needs sample, pictured, permutations >= 1: sample="
                    + sample + " pictured=" + pictured + " permutations=" + permutations);
        }
    }
}

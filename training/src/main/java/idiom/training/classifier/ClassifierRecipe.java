package idiom.training.classifier;

/**
 * What decides a classifier's training, beside the data.
 *
 * @param architecture how it is built
 * @param width channels after the first convolution (the papers' is 64), or values a token
 * @param steps of the optimiser
 * @param batch phrases a step, equally many of each genre
 * @param rate Adam's learning rate, falling linearly to 0 over the second half
 * @param noise standard deviation of Gaussian noise on training phrases
 * @param average decay of the moving average of the weights, which is what is validated and kept; 0 for none
 * @param validateEvery steps between two looks at the validation part
 * @param seed of weights, order and noise
 */
public record ClassifierRecipe(
        Architecture architecture,
        int width,
        int steps,
        int batch,
        double rate,
        double noise,
        double average,
        int validateEvery,
        long seed) {

    /**
     * The papers' width and rate. Noise and a long average keep it from learning phrases by heart and make a judge that
     * does not turn round at a few cells; the papers' data needs no more steps (docs/models.md).
     */
    public static final ClassifierRecipe DEFAULT =
            new ClassifierRecipe(Architecture.PAPERS, 64, 800, 64, 2e-4, 0.2, 0.995, 100, 1);

    public ClassifierRecipe {
        if (width < 1
                || steps < 1
                || batch < 2
                || validateEvery < 1
                || !(rate > 0)
                || !(noise >= 0)
                || !(average >= 0 && average < 1)) {
            throw new IllegalArgumentException("classifier recipe needs width, steps, validateEvery >= 1, batch >= 2,"
                    + " rate > 0, noise >= 0, average in [0, 1): width=" + width + " steps=" + steps + " validateEvery="
                    + validateEvery
                    + " batch=" + batch + " rate=" + rate + " noise=" + noise + " average="
                    + average);
        }
    }

    /** The same from another seed. */
    public ClassifierRecipe withSeed(long newSeed) {
        return new ClassifierRecipe(architecture, width, steps, batch, rate, noise, average, validateEvery, newSeed);
    }
}

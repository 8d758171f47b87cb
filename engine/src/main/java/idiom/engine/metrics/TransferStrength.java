package idiom.engine.metrics;

/**
 * How far a transfer moves phrases from one genre to another in the eyes of a classifier: Brunner, Wang, Wattenhofer,
 * Zhao, "Symbolic Music Genre Transfer with CycleGAN", 2018, section V, restated in Brunner et al. 2019, section 3.3:
 *
 * <pre>S(A to B) = 1/2 (P_A(x) + P_A(back) - 2 P_A(transferred))</pre>
 *
 * <p>P_A is the <em>share</em> of phrases that the classifier calls A (argmax, not a mean probability).
 *
 * @param original share of the source genre's phrases called by their own genre, 0 to 1
 * @param transferred share of them still called so after the transfer, 0 to 1
 * @param back share of them called so after the transfer there and back, 0 to 1
 */
public record TransferStrength(double original, double transferred, double back) {
    public TransferStrength {
        requireShare("original", original);
        requireShare("transferred", transferred);
        requireShare("back", back);
    }

    /** S of this direction, -1 to 1; 1 is every phrase recognised, moved, and recognised again when it is back. */
    public double value() {
        return (original + back - 2 * transferred) / 2;
    }

    /** S_tot of a pair: the mean of both directions. */
    public static double total(TransferStrength there, TransferStrength otherWay) {
        return (there.value() + otherWay.value()) / 2;
    }

    /**
     * Share of rows whose largest score is the one of {@code genre}; of equal scores the lower index counts, as numpy's
     * argmax has it.
     *
     * @param scores logits or probabilities, shape (rows, genres) row by row
     * @param genres scores in a row, at least 1
     * @param genre index in [0, genres)
     * @throws IllegalArgumentException if there is no row, or a broken one
     */
    public static double share(float[] scores, int genres, int genre) {
        if (genres < 1 || genre < 0 || genre >= genres || scores.length == 0 || scores.length % genres != 0) {
            throw new IllegalArgumentException("scores must hold whole rows and the genre be one of them: length="
                    + scores.length + " genres=" + genres + " genre=" + genre);
        }
        int hits = 0;
        for (int row = 0; row < scores.length; row += genres) {
            int best = 0;
            for (int i = 1; i < genres; i++) {
                if (scores[row + i] > scores[row + best]) {
                    best = i;
                }
            }
            hits += best == genre ? 1 : 0;
        }
        int rows = scores.length / genres;
        return (double) hits / rows;
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1: " + name + "=" + value);
        }
    }
}

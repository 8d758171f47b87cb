package idiom.training.attribution;

import idiom.training.attribution.motif.Motif;

/**
 * How much of a genre's attribution a motif carries. Shares are means over the phrases, which weigh alike: a phrase without the
 * motif counts as 0.
 *
 * @param genre whose phrases, and whose logit
 * @param motif which
 * @param occurrences in all phrases
 * @param phrases that have it
 * @param notes that take part in it
 * @param noteShare mean share of a phrase's notes that take part: what it would carry if all notes were alike
 * @param saliencyShare mean share of a phrase's saliency that these notes have
 * @param phrasesAbove share of the phrases that have it in which it carries more than its share of notes
 * @param inPhrase against saliencies shuffled in the phrase
 * @param inOctave against saliencies shuffled in the octaves of the phrase
 */
public record MotifResult(
        String genre,
        Motif motif,
        int occurrences,
        int phrases,
        int notes,
        double noteShare,
        double saliencyShare,
        double phrasesAbove,
        Evidence inPhrase,
        Evidence inOctave) {

    /** At most this false discovery rate counts as an effect. */
    public static final double LIMIT = 0.05;

    /** Against one null hypothesis. */
    public Evidence against(Shuffle chance) {
        return chance == Shuffle.PHRASE ? inPhrase : inOctave;
    }

    /**
     * A motif against chance.
     *
     * @param lift its saliency over what the null hypothesis expects of it, 1 where it makes no difference
     * @param low lift below which 2.5 % of the permutations lie
     * @param high lift above which 2.5 % of them lie
     * @param z deviations of the null hypothesis; NaN if nothing could change places
     * @param p two-sided; NaN likewise
     * @param q the same, corrected for all motifs and genres of the analysis; NaN likewise
     */
    public record Evidence(double lift, double low, double high, double z, double p, double q) {

        static Evidence of(NullTest.Outcome outcome, double q) {
            return new Evidence(
                    outcome.observed() / outcome.mean(),
                    outcome.low() / outcome.mean(),
                    outcome.high() / outcome.mean(),
                    outcome.z(),
                    outcome.isTestable() ? outcome.p() : Double.NaN,
                    q);
        }

        /** Whether it stands out from chance, whichever way. */
        public boolean isEffect() {
            return q <= LIMIT;
        }
    }
}

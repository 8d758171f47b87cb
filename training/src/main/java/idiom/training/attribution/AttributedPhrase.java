package idiom.training.attribution;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.attribution.motif.PhraseNotes;

/**
 * A phrase and what the classifier hears its genre by.
 *
 * @param row in its genre's test file
 * @param saliency of its own genre
 * @param notes its notes
 */
public record AttributedPhrase(int row, SaliencyMap saliency, PhraseNotes notes) {

    /** From a phrase's cells and saliency. */
    static AttributedPhrase of(int row, SaliencyMap saliency) {
        return new AttributedPhrase(row, saliency, PhraseNotes.of(saliency.roll()));
    }

    /** Its cells. */
    public PianoRoll roll() {
        return saliency.roll();
    }

    /** The notes' saliencies as shares of their sum, so that all phrases weigh alike; all 0 if no note has any. */
    double[] noteShares() {
        double[] shares = notes.notes().stream().mapToDouble(saliency::of).toArray();
        double sum = 0;
        for (double share : shares) {
            sum += share;
        }
        for (int i = 0; sum > 0 && i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }
}

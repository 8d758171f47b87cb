package idiom.training.evaluate;

import idiom.engine.metrics.Texture;
import idiom.engine.metrics.TransferStrength;

/** Results as if they had been measured. */
public final class Measured {
    private Measured() {}

    /**
     * Of 10 phrases from jazz to pop, with a strength of (1 + 1 - 2 p) / 2.
     *
     * @param content what changed, all of it added
     * @param density over the target genre's
     */
    public static DirectionResult direction(
            double p, Spread content, double density, double tune, double keys, double chroma) {
        ContentSpread changed = new ContentSpread(content, content, new Spread(0, 0));
        return new DirectionResult(
                "jazz",
                "pop",
                10,
                new TransferStrength(1, p, 1),
                0.01,
                0.75,
                changed,
                changed,
                changed,
                tune,
                chroma,
                keys,
                0.5,
                0,
                new Texture(4, 0, 0, 0, 0, 0, 0),
                new Texture(4 * density, 0, 0, 0, 0, 0, 0),
                new Texture(4, 0, 0, 0, 0, 0, 0),
                new ChangedNotes(0, 0, 0, 0, 0, 0),
                new ChangedNotes(0, 0, 0, 0, 0, 0));
    }
}

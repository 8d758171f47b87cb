package idiom.training.evaluate;

import idiom.engine.metrics.Texture;
import idiom.training.data.PhraseSet;

/**
 * Means of {@link Texture} over phrases.
 *
 * @param cellsPerStep sounding cells per step
 * @param onsetsPerBar onsets per bar
 * @param polyphony pitches at once where there are any
 * @param emptyBars share of silent bars
 */
public record MeanTexture(double cellsPerStep, double onsetsPerBar, double polyphony, double emptyBars) {

    static MeanTexture of(PhraseSet phrases) {
        int n = phrases.size();
        Texture[] all = new Texture[n];
        for (int i = 0; i < n; i++) {
            all[i] = Texture.of(phrases.roll(i));
        }
        return new MeanTexture(
                Spread.over(n, i -> all[i].cellsPerStep()).mean(),
                Spread.over(n, i -> all[i].onsetsPerBar()).mean(),
                Spread.over(n, i -> all[i].polyphony()).mean(),
                Spread.over(n, i -> all[i].emptyBars()).mean());
    }
}

package idiom.engine.harmony;

/**
 * What a {@link KeyFinder} found.
 *
 * @param key the key of the highest correlation
 * @param correlation Pearson correlation of the durations with the key's profile, -1 to 1
 * @param margin how far the second best key lies behind, at least 0; small where the music is ambiguous
 */
public record KeyEstimate(Key key, double correlation, double margin) {}

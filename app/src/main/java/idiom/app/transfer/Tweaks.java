package idiom.app.transfer;

import idiom.presets.Decoding;
import idiom.presets.Feel;
import idiom.presets.Hop;
import idiom.presets.Preset;
import org.jspecify.annotations.Nullable;

/**
 * What the musician wants otherwise than the preset says; null leaves the preset's value.
 *
 * @param threshold as {@link Decoding#threshold}
 * @param mix as {@link Decoding#mix}
 * @param melodyLock as {@link Decoding#melodyLock}
 * @param keyLock as {@link Decoding#keyLock}
 * @param keepKey as {@link Decoding#keepKey}
 * @param densityLimit as {@link Decoding#densityLimit}
 * @param swing as {@link Feel#swing}
 * @param hop as {@link Preset#hop}
 */
public record Tweaks(
        @Nullable Double threshold,
        @Nullable Double mix,
        @Nullable Boolean melodyLock,
        @Nullable Boolean keyLock,
        @Nullable Boolean keepKey,
        @Nullable Double densityLimit,
        @Nullable Double swing,
        @Nullable Hop hop) {

    /** Everything as the preset says. */
    public static final Tweaks NONE = new Tweaks(null, null, null, null, null, null, null, null);

    /**
     * The decoding with these values in place.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Decoding applied(Decoding decoding) {
        Feel feel = decoding.feel();
        return new Decoding(
                or(threshold, decoding.threshold()),
                or(mix, decoding.mix()),
                or(melodyLock, decoding.melodyLock()),
                or(keyLock, decoding.keyLock()),
                or(keepKey, decoding.keepKey()),
                or(densityLimit, decoding.densityLimit()),
                new Feel(or(swing, feel.swing()), feel.delaySteps(), feel.velocityScale(), feel.accent()),
                decoding.range());
    }

    /** The hop between windows. */
    public Hop hop(Preset preset) {
        return or(hop, preset.hop());
    }

    private static <T> T or(@Nullable T wanted, T preset) {
        return wanted == null ? preset : wanted;
    }
}

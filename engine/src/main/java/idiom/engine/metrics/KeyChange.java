package idiom.engine.metrics;

import idiom.engine.harmony.Key;
import idiom.engine.harmony.KeyEstimate;
import idiom.engine.harmony.KeyFinder;
import idiom.engine.pianoroll.PianoRoll;
import java.util.List;
import java.util.Optional;

/**
 * Key before and after a transfer, by the Krumhansl-Schmuckler algorithm (see {@link KeyFinder}). The share of phrases
 * or songs that change key is the measure of the chord-conditioned CycleGAN of 2023/24 (docs/models.md).
 *
 * @param before key of the source; empty if it is silent
 * @param after key of the result; empty if it is silent
 */
public record KeyChange(Optional<Key> before, Optional<Key> after) {

    /** Keys of two rolls. */
    public static KeyChange of(PianoRoll source, PianoRoll result, KeyFinder finder) {
        return of(List.of(source), List.of(result), finder);
    }

    /** Keys of two songs, given as rolls one after the other. */
    public static KeyChange of(List<PianoRoll> source, List<PianoRoll> result, KeyFinder finder) {
        return new KeyChange(keyOf(source, finder), keyOf(result, finder));
    }

    private static Optional<Key> keyOf(List<PianoRoll> rolls, KeyFinder finder) {
        return finder.find(KeyFinder.durations(rolls)).map(KeyEstimate::key);
    }

    /** Whether both keys are known; shares of key changes count only these. */
    public boolean isKnown() {
        return before.isPresent() && after.isPresent();
    }

    /** Whether both are known and differ in tonic or mode: going to the relative minor is a change too. */
    public boolean isChange() {
        return isKnown() && !before.equals(after);
    }
}

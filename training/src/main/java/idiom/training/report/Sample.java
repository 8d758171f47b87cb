package idiom.training.report;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.data.Draw;
import idiom.training.data.PhraseSet;
import idiom.training.evaluate.PhraseTransfer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One phrase and what became of it.
 *
 * @param source genre that went in
 * @param target genre that was to come out
 * @param index in the phrases that were measured
 * @param before as it was
 * @param after transferred
 * @param back transferred and brought back
 */
record Sample(String source, String target, int index, PianoRoll before, PianoRoll after, PianoRoll back) {
    /** Unique among the samples of a run, fit for file names: genres are lower-case letters, digits and hyphens. */
    String id() {
        return source + "-to-" + target + "-" + index;
    }

    /** Some phrases drawn from those in which something sounds: of others there is nothing to show. Fewer if there are no more. */
    static List<Sample> draw(
            String source, String target, PhraseSet phrases, Generator there, Generator back, int count, long seed) {
        int[] audible = IntStream.range(0, phrases.size())
                .filter(i -> !phrases.isSilent(i))
                .toArray();
        int[] chosen = IntStream.of(Draw.of(audible.length, count, seed))
                .map(i -> audible[i])
                .toArray();
        if (chosen.length == 0) {
            return List.of();
        }
        PhraseSet before = phrases.select(chosen);
        PhraseSet after = PhraseTransfer.through(there, before);
        PhraseSet returned = PhraseTransfer.through(back, after);
        return IntStream.range(0, chosen.length)
                .mapToObj(i -> new Sample(source, target, chosen[i], before.roll(i), after.roll(i), returned.roll(i)))
                .toList();
    }
}

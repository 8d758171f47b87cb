package idiom.training.evaluate;

import idiom.engine.generator.Generator;
import idiom.engine.harmony.KeyFinder;
import idiom.engine.harmony.KeyProfile;
import idiom.engine.metrics.Chroma;
import idiom.engine.metrics.ContentChange;
import idiom.engine.metrics.KeyChange;
import idiom.engine.metrics.Melody;
import idiom.engine.metrics.OutOfKey;
import idiom.engine.metrics.Texture;
import idiom.engine.metrics.TransferStrength;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.PhraseSet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Measures a pair of generators on phrases of both genres with a classifier as judge. One thread. */
public final class PairEvaluation {
    private static final KeyFinder OTHER_FINDER = new KeyFinder(KeyProfile.KRUMHANSL_KESSLER_1982);
    private static final long CONTROL_SEED = 20180806;

    private final GenreClassifier judge;
    private final Genre a;
    private final Genre b;

    /** A genre's phrases, and which of them the judge takes for it: asked once, for they stay what they are. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Genre(String name, PhraseSet phrases, boolean[] calls) {}

    /**
     * An evaluation of phrases of genre {@code a} and {@code b}.
     *
     * @throws IllegalArgumentException if there are none of a genre, or the judge does not know it
     */
    public PairEvaluation(GenreClassifier judge, String a, PhraseSet phrasesA, String b, PhraseSet phrasesB) {
        if (phrasesA.size() == 0 || phrasesB.size() == 0) {
            throw new IllegalArgumentException("nothing to evaluate: " + a + "=" + phrasesA.size() + " phrases, " + b
                    + "=" + phrasesB.size() + " phrases");
        }
        this.judge = judge;
        // Asked now, so that a judge of other genres isn't found out when hours of training come to their first
        // validation.
        this.a = new Genre(a, phrasesA, judge.calls(phrasesA, a));
        this.b = new Genre(b, phrasesB, judge.calls(phrasesB, b));
    }

    /** Measures the generators from a to b and from b to a. */
    public PairResult run(Generator toB, Generator toA) {
        return new PairResult(
                (double) (hits(a.calls) + hits(b.calls)) / (a.calls.length + b.calls.length),
                direction(a, b, toB, toA),
                direction(b, a, toA, toB));
    }

    private DirectionResult direction(Genre source, Genre target, Generator there, Generator back) {
        PhraseSet originals = source.phrases;
        PhraseSet results = PhraseTransfer.through(there, originals);
        PhraseSet returned = PhraseTransfer.through(back, results);
        PhraseSet control = PhraseTransfer.atRandom(originals, results, CONTROL_SEED);
        Pairs pairs = new Pairs(originals, results);
        boolean[] before = source.calls;
        boolean[] after = judge.calls(results, source.name);
        boolean[] again = judge.calls(returned, source.name);
        return new DirectionResult(
                source.name,
                target.name,
                originals.size(),
                new TransferStrength(share(before), share(after), share(again)),
                Spread.over(before.length, i -> (one(before[i]) + one(again[i])) / 2.0 - one(after[i]))
                        .error(before.length),
                share(judge.calls(control, source.name)),
                pairs.change(ContentChange::of),
                pairs.change(ContentChange::leastOverShifts),
                new Pairs(originals, control).change(ContentChange::leastOverShifts),
                pairs.melody().f1(),
                pairs.mean(Chroma::similarity),
                pairs.keyChanges(KeyFinder.standard()),
                pairs.keyChanges(OTHER_FINDER),
                pairs.outOfKey(),
                Texture.mean(originals.rolls()),
                Texture.mean(results.rolls()),
                Texture.mean(target.phrases.rolls()),
                ChangedNotes.between(originals, results),
                ChangedNotes.between(results, originals));
    }

    private static double share(boolean[] calls) {
        return (double) hits(calls) / calls.length;
    }

    private static int hits(boolean[] calls) {
        int hits = 0;
        for (boolean call : calls) {
            hits += one(call);
        }
        return hits;
    }

    private static int one(boolean value) {
        return value ? 1 : 0;
    }

    /** Originals beside results. */
    private record Pairs(PhraseSet originals, PhraseSet results) {

        interface RollMeasure {
            double of(PianoRoll original, PianoRoll result);
        }

        ContentSpread change(BiFunction<PianoRoll, PianoRoll, ContentChange> measure) {
            return ContentSpread.over(IntStream.range(0, originals.size())
                    .mapToObj(i -> measure.apply(originals.roll(i), results.roll(i)))
                    .toList());
        }

        double mean(RollMeasure measure) {
            return Spread.over(originals.size(), i -> measure.of(originals.roll(i), results.roll(i)))
                    .mean();
        }

        Melody melody() {
            Melody sum = Melody.NONE;
            for (int i = 0; i < originals.size(); i++) {
                sum = sum.plus(Melody.of(originals.roll(i), results.roll(i)));
            }
            return sum;
        }

        double keyChanges(KeyFinder finder) {
            int known = 0;
            int changed = 0;
            for (int i = 0; i < originals.size(); i++) {
                KeyChange change = KeyChange.of(originals.roll(i), results.roll(i), finder);
                known += change.isKnown() ? 1 : 0;
                changed += change.isChange() ? 1 : 0;
            }
            return known == 0 ? 0 : (double) changed / known;
        }

        double outOfKey() {
            KeyFinder finder = KeyFinder.standard();
            long added = 0;
            long outside = 0;
            for (int i = 0; i < originals.size(); i++) {
                PianoRoll original = originals.roll(i);
                PianoRoll result = results.roll(i);
                List<OutOfKey> measured = finder.find(original).stream()
                        .map(estimate -> OutOfKey.of(original, result, estimate.key()))
                        .toList();
                for (OutOfKey notes : measured) {
                    added += notes.addedNotes();
                    outside += notes.outsideNotes();
                }
            }
            return added == 0 ? 0 : (double) outside / added;
        }
    }
}

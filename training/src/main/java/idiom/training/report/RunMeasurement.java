package idiom.training.report;

import idiom.engine.generator.Generator;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.Dataset;
import idiom.training.data.Draw;
import idiom.training.data.GenrePair;
import idiom.training.data.PhraseSet;
import idiom.training.data.Progress;
import idiom.training.evaluate.PairEvaluation;
import idiom.training.evaluate.PairResult;
import idiom.training.evaluate.PhraseTransfer;
import idiom.training.net.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Measures saved runs on a data set's test split. One thread. */
final class RunMeasurement {
    private final Device device;
    private final Dataset data;
    private final Judges judges;
    private final ReportRecipe recipe;

    RunMeasurement(Device device, Dataset data, Judges judges, ReportRecipe recipe) {
        this.device = device;
        this.data = data;
        this.judges = judges;
        this.recipe = recipe;
    }

    /** Phrases that go through a generator for a run, for a progress. */
    int work(SavedRun run) {
        GenrePair pair = data.pair(run.a(), run.b());
        return 2 * (drawn(pair.testA()).size() + drawn(pair.testB()).size());
    }

    /**
     * Measures a run.
     *
     * @param progress is told of each phrase that has gone through a generator
     */
    RunResult measure(SavedRun run, Progress progress) {
        GenrePair pair = data.pair(run.a(), run.b());
        PhraseSet phrasesA = drawn(pair.testA());
        PhraseSet phrasesB = drawn(pair.testB());
        try (Generator toB = new Remembering(run.generator(device, true, progress));
                Generator toA = new Remembering(run.generator(device, false, progress))) {
            GenreClassifier second = judges.second(run.a(), run.b());
            PairResult judged = judge(judges.first(run.a(), run.b()), run, phrasesA, phrasesB, toB, toA);
            PairResult secondOpinion = second == null ? null : judge(second, run, phrasesA, phrasesB, toB, toA);
            List<Sample> samples = new ArrayList<>(samples(run.a(), run.b(), phrasesA, toB, toA));
            samples.addAll(samples(run.b(), run.a(), phrasesB, toA, toB));
            return new RunResult(run, phrasesA.size(), judged, secondOpinion, samples);
        }
    }

    private static PairResult judge(
            GenreClassifier judge, SavedRun run, PhraseSet a, PhraseSet b, Generator toB, Generator toA) {
        return new PairEvaluation(judge, run.a(), a, run.b(), b).run(toB, toA);
    }

    private PhraseSet drawn(PhraseSet phrases) {
        return recipe.phrases() == 0 ? phrases : phrases.sample(recipe.phrases(), recipe.seed());
    }

    /** Phrases in which something sounds: of others there is nothing to show. */
    private List<Sample> samples(String source, String target, PhraseSet phrases, Generator there, Generator back) {
        int[] audible = IntStream.range(0, phrases.size())
                .filter(i -> !phrases.isSilent(i))
                .toArray();
        int[] chosen = IntStream.of(Draw.of(audible.length, recipe.shown(), recipe.seed() + 1))
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

    /** Which classifier judges which pair: the first that knows both genres. */
    interface Judges {
        /**
         * That whose verdict counts.
         *
         * @throws IllegalArgumentException if none knows both genres
         */
        GenreClassifier first(String a, String b);

        /** Another one, or null. */
        @Nullable
        GenreClassifier second(String a, String b);
    }
}

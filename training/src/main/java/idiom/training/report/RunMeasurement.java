package idiom.training.report;

import idiom.engine.generator.Generator;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.Dataset;
import idiom.training.data.GenrePair;
import idiom.training.data.PhraseSet;
import idiom.training.data.Progress;
import idiom.training.evaluate.PairEvaluation;
import idiom.training.evaluate.PairResult;
import idiom.training.net.Device;
import java.util.ArrayList;
import java.util.List;

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
        return 2 * (recipe.of(pair.testA()).size() + recipe.of(pair.testB()).size());
    }

    /**
     * Measures a run.
     *
     * @param progress is told of each phrase that has gone through a generator
     */
    RunResult measure(SavedRun run, Progress progress) {
        GenrePair pair = data.pair(run.a(), run.b());
        PhraseSet phrasesA = recipe.of(pair.testA());
        PhraseSet phrasesB = recipe.of(pair.testB());
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

    private List<Sample> samples(String source, String target, PhraseSet phrases, Generator there, Generator back) {
        return Sample.draw(source, target, phrases, there, back, recipe.shown(), recipe.seed() + 1);
    }
}

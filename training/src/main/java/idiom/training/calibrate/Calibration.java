package idiom.training.calibrate;

import idiom.engine.generator.Generator;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.onnx.OnnxRuntimeGenerator;
import idiom.presets.Decoding;
import idiom.presets.Preset;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.GenrePair;
import idiom.training.data.Progress;
import idiom.training.evaluate.DecodingGenerator;
import idiom.training.evaluate.DirectionResult;
import idiom.training.evaluate.PairEvaluation;
import idiom.training.evaluate.PairResult;
import idiom.training.evaluate.RememberingGenerator;
import idiom.training.evaluate.ScorePenalty;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Chooses the thresholds and density limits of two presets that lead to one another's genre. A generator's probabilities are what
 * training left: how many cells lie just below a half is chance, and another limit may be worth more. One thread.
 *
 * <p>What a way to decode is worth is the mean over both directions of the strength, less {@value #PENALTY_WEIGHT} times the
 * {@linkplain ScorePenalty#of penalty} that checkpoints are chosen by, for decoding can keep the limits that training only nears
 * (that of content change by {@value #RESERVE} standard errors, so that it holds for other phrases as well),
 * less {@value #DENSITY_WEIGHT} times the absolute logarithm of the density over the target genre's. Without the last, whatever
 * is sparse is taken for the sparser genre: leaving notes out at random has a strength, too.
 *
 * @param judge classifier of both genres, none that models are judged by in the end
 * @param there preset from the pair's first genre to its second
 * @param back preset from the second to the first
 * @param progress where progress goes
 */
public record Calibration(GenreClassifier judge, Preset there, Preset back, PrintStream progress) {
    private static final int BATCH = 16;
    private static final double PENALTY_WEIGHT = 10;
    private static final double RESERVE = 2;
    private static final double DENSITY_WEIGHT = 0.5;
    /** Silence has a density whose logarithm is infinite. */
    private static final double LEAST_DENSITY = 1e-3;

    /**
     * What was found.
     *
     * @param decodings the best ones
     * @param before what was measured with the presets as they are
     * @param after the same with the decodings found
     */
    public record Found(Decodings decodings, PairResult before, PairResult after) {

        /** What became of two presets and of the score, in three lines. */
        public List<String> changes(Preset there, Preset back) {
            return List.of(
                    change(there, decodings.there()),
                    change(back, decodings.back()),
                    String.format(Locale.ROOT, "score: %.3f, was %.3f", score(after), score(before)));
        }

        private static String change(Preset preset, Decoding found) {
            return String.format(
                    Locale.ROOT,
                    "%s: threshold %s, was %s; density-limit %s, was %s",
                    preset.name(),
                    found.threshold(),
                    preset.decoding().threshold(),
                    found.densityLimit(),
                    preset.decoding().densityLimit());
        }
    }

    /** Searches on the test parts of a pair, which are held-out phrases, not those that models are judged by in the end. */
    public Found run(GenrePair phrases) {
        PairEvaluation evaluation =
                new PairEvaluation(judge, phrases.a(), phrases.testA(), phrases.b(), phrases.testB());
        Progress said = new Progress(
                progress,
                System::nanoTime,
                "ways to decode " + there.name() + " and " + back.name() + ":",
                DecodingSearch.looks());
        // The originals, what the other generator made of its own, and room for what is new.
        int windows = 2 * (phrases.testA().size() + phrases.testB().size());
        try (Generator toB = new RememberingGenerator(load(there), windows);
                Generator toA = new RememberingGenerator(load(back), windows)) {
            Decodings start = new Decodings(there.decoding(), back.decoding());
            Decodings best = new DecodingSearch(
                            decodings -> score(measured(evaluation, toB, toA, decodings)), said::step, start)
                    .run();
            return new Found(best, measured(evaluation, toB, toA, start), measured(evaluation, toB, toA, best));
        }
    }

    /** What a way to decode is worth. */
    static double score(PairResult result) {
        return (score(result.there()) + score(result.back())) / 2;
    }

    private static double score(DirectionResult direction) {
        return direction.strength().value()
                - PENALTY_WEIGHT * ScorePenalty.of(direction, RESERVE)
                - DENSITY_WEIGHT * Math.abs(Math.log(Math.max(LEAST_DENSITY, direction.densityRatio())));
    }

    private static PairResult measured(PairEvaluation evaluation, Generator toB, Generator toA, Decodings decodings) {
        return evaluation.run(
                new DecodingGenerator(toB, decodings.there()), new DecodingGenerator(toA, decodings.back()));
    }

    private static Generator load(Preset preset) {
        return OnnxRuntimeGenerator.load(
                preset.model().path(), InferenceOptions.defaults().withMaxBatch(BATCH));
    }
}

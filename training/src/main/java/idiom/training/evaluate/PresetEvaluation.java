package idiom.training.evaluate;

import idiom.engine.generator.Generator;
import idiom.presets.Mode;
import idiom.presets.Preset;
import idiom.training.classifier.GenreClassifier;
import idiom.training.data.GenrePair;
import idiom.training.data.Progress;
import java.io.PrintStream;

/**
 * Measures two presets that lead from one genre to another and back, with the decoding that they ask for. One thread.
 *
 * @param judge classifier of both genres
 * @param there preset from the pair's first genre to its second
 * @param back preset from the second to the first
 * @param whole whether {@code instant}, too, is measured with the generators of all modes
 * @param progress where progress goes
 */
public record PresetEvaluation(GenreClassifier judge, Preset there, Preset back, boolean whole, PrintStream progress) {

    /** Measures on the test parts of a pair, with the generators asked in one way. */
    public PairResult run(GenrePair pair, Answering answering) {
        int a = pair.testA().size();
        int b = pair.testB().size();
        // Each phrase goes there and back.
        Progress said = new Progress(
                progress,
                System::nanoTime,
                pair.a() + " / " + pair.b() + ", " + answering.label() + ", " + a + " and " + b + " phrases:",
                2 * (a + b));
        try (Generator toB = answering.over(load(there, answering.mode()));
                Generator toA = answering.over(load(back, answering.mode()))) {
            return new PairEvaluation(judge, pair.a(), pair.testA(), pair.b(), pair.testB())
                    .run(new ProgressGenerator(toB, said), new ProgressGenerator(toA, said));
        }
    }

    private Generator load(Preset preset, Mode mode) {
        return DecodingGenerator.load(preset, whole ? preset.model() : preset.modelFor(mode));
    }
}

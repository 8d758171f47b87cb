package idiom.training.gan;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.data.PhraseSet;
import idiom.training.net.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch;

/**
 * Times training steps of several recipes against each other. All models take turns, a step each, round after round, so
 * that whatever else the machine does meets all of them alike; each round gives one ratio to the first variant, and the
 * median of those is far steadier than the ratio of two times.
 *
 * <p>Phrases are random rolls: how long a step takes does not depend on what is learnt. Steps past a recipe's warm-up
 * are timed. Changes PyTorch's number of threads; one thread.
 */
public final class StepBenchmark {
    private static final double DENSITY = 0.05;
    private static final int PHRASES = 64;
    private static final long SEED = 1;

    private final Device device;
    private final List<Variant> variants;

    /**
     * What is timed.
     *
     * @param name as shown
     * @param recipe what a step computes
     * @param threads of each operation, at least 1
     */
    public record Variant(String name, Recipe recipe, int threads) {
        public Variant {
            if (threads < 1) {
                throw new IllegalArgumentException("threads must be at least 1: threads=" + threads);
            }
        }
    }

    /**
     * What came out of one variant.
     *
     * @param variant which
     * @param medianSeconds of a step
     * @param medianRatio of its time to the first variant's in the same round
     */
    public record Timing(Variant variant, double medianSeconds, double medianRatio) {}

    /** A benchmark of variants, of which the first is what the others are compared with. */
    public StepBenchmark(Device device, List<Variant> variants) {
        if (variants.isEmpty()) {
            throw new IllegalArgumentException("a benchmark needs a variant");
        }
        this.device = device;
        this.variants = List.copyOf(variants);
    }

    /**
     * Times all variants.
     *
     * @param warmupRounds rounds that are not counted
     * @param rounds that are, at least 1
     * @param listener told after each round, from 1 on, how many are done, uncounted ones included
     * @return a timing of each variant, in their order
     */
    public List<Timing> run(int warmupRounds, int rounds, Consumer<Integer> listener) {
        if (warmupRounds < 0 || rounds < 1) {
            throw new IllegalArgumentException(
                    "rounds must be at least 1: rounds=" + rounds + " warmupRounds=" + warmupRounds);
        }
        List<CycleGan> models = new ArrayList<>();
        double[][] seconds = new double[rounds][variants.size()];
        int threadsBefore = torch.get_num_threads();
        try {
            variants.forEach(variant -> models.add(model(variant.recipe)));
            for (int round = -warmupRounds; round < rounds; round++) {
                double[] row = round < 0 ? new double[variants.size()] : seconds[round];
                for (int i = 0; i < row.length; i++) {
                    row[i] = step(models.get(i), variants.get(i).threads);
                }
                listener.accept(round + warmupRounds + 1);
            }
        } finally {
            models.forEach(CycleGan::close);
            Device.useThreads(threadsBefore);
        }
        return timings(variants, seconds);
    }

    private CycleGan model(Recipe recipe) {
        Recipe.Schedule s = recipe.schedule();
        Recipe.Schedule atOnce = new Recipe.Schedule(
                10_000_000,
                0,
                s.rate(),
                s.discriminatorRate(),
                s.genreRate(),
                s.attentionRate(),
                s.beta1(),
                s.decayFrom(),
                s.average(),
                s.clip());
        return new CycleGan(
                device,
                new Recipe(
                        recipe.generator(),
                        recipe.discriminators(),
                        recipe.losses(),
                        atOnce,
                        recipe.locks(),
                        recipe.batch(),
                        recipe.precision(),
                        recipe.layout(),
                        recipe.seed()),
                randomPhrases(SEED),
                randomPhrases(SEED + 1),
                randomPhrases(SEED + 2));
    }

    private static double step(CycleGan model, int threads) {
        Device.useThreads(threads);
        long startNs = System.nanoTime();
        model.train();
        return (System.nanoTime() - startNs) / 1e9;
    }

    /** Medians of times and of ratios within a round; {@code seconds} by round, then variant. */
    static List<Timing> timings(List<Variant> variants, double[][] seconds) {
        List<Timing> timings = new ArrayList<>();
        for (int i = 0; i < variants.size(); i++) {
            int variant = i;
            timings.add(new Timing(
                    variants.get(i),
                    median(Arrays.stream(seconds)
                            .mapToDouble(row -> row[variant])
                            .toArray()),
                    median(Arrays.stream(seconds)
                            .mapToDouble(row -> row[variant] / row[0])
                            .toArray())));
        }
        return timings;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    private static PhraseSet randomPhrases(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        float[] cells = new float[PianoRoll.CELLS];
        return PhraseSet.ofRolls(IntStream.range(0, PHRASES)
                .mapToObj(phrase -> {
                    for (int i = 0; i < cells.length; i++) {
                        cells[i] = random.nextDouble() < DENSITY ? 1 : 0;
                    }
                    return PianoRoll.ofCells(cells, 0, 0.5f);
                })
                .toList());
    }
}

package idiom.training.attribution;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A permutation test of many statistics at once. Each statistic is a sum of weights over members; under the null hypothesis
 * the weights within a group could as well be dealt out in any other way (Good, Permutation, Parametric and Bootstrap Tests of
 * Hypotheses, 2005). Mean and deviation of a sum under it are those of a sample without putting back from a finite population,
 * and exact; its tails come from dealing out anew. The same seed gives the same numbers. One thread.
 */
final class NullTest {

    /** Weights that belong together, such as a phrase's. Adopts its arrays and changes none. */
    static final class Block {
        private final double[] weights;
        private final List<int[]> groups;
        private final int[][] members;
        /** The statistics that have members here: most have none. */
        private final int[] present;

        /**
         * Weights and who counts them.
         *
         * @param weights of each member
         * @param groups members, by index, among which weights change places; no member in two of them
         * @param members indices of the members of each statistic; empty where it has none
         */
        Block(double[] weights, List<int[]> groups, int[][] members) {
            this.weights = weights;
            this.groups = groups;
            this.members = members;
            this.present = IntStream.range(0, members.length)
                    .filter(s -> members[s].length > 0)
                    .toArray();
        }
    }

    /**
     * What became of one statistic.
     *
     * @param observed its value
     * @param mean exact, under the null
     * @param deviation exact, under the null; 0 if there is nothing to change places with
     * @param low 2.5th percentile of the permutations
     * @param high 97.5th percentile
     * @param p two-sided: the share of permutations, the observed one counted, that lie at least as far from the mean; 1 if the
     *     deviation is 0
     */
    record Outcome(double observed, double mean, double deviation, double low, double high, double p) {

        /** Deviations from the mean; NaN if the deviation is 0. */
        double z() {
            return isTestable() ? (observed - mean) / deviation : Double.NaN;
        }

        /** Whether it could have come out otherwise. */
        boolean isTestable() {
            return deviation > 0;
        }
    }

    private static final double ROUNDING = 1e-9;

    private final List<Block> blocks;
    private final int statistics;
    private final double[] observed;
    private final double[] mean;
    private final double[] variance;

    /** A test of so many statistics, of which each block says who its members are. */
    NullTest(List<Block> blocks, int statistics) {
        this.blocks = blocks;
        this.statistics = statistics;
        this.observed = new double[statistics];
        this.mean = new double[statistics];
        this.variance = new double[statistics];
        blocks.forEach(this::addMoments);
    }

    private void addMoments(Block block) {
        add(block, block.weights, observed);
        boolean[] member = new boolean[block.weights.length];
        for (int s : block.present) {
            Arrays.fill(member, false);
            for (int i : block.members[s]) {
                member[i] = true;
            }
            for (int[] group : block.groups) {
                addMoments(block.weights, group, member, s);
            }
        }
    }

    private void addMoments(double[] weights, int[] group, boolean[] member, int s) {
        int size = group.length;
        int drawn = 0;
        double sum = 0;
        for (int i : group) {
            drawn += member[i] ? 1 : 0;
            sum += weights[i];
        }
        double average = sum / size;
        mean[s] += drawn * average;
        if (drawn > 0 && drawn < size) {
            double squares = 0;
            for (int i : group) {
                squares += (weights[i] - average) * (weights[i] - average);
            }
            variance[s] += (double) drawn * (size - drawn) / size * squares / (size - 1);
        }
    }

    /** Deals out so many times; {@code progress} is run after each. */
    Outcome[] run(int permutations, long seed, Runnable progress) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] drawn = new double[statistics][permutations];
        double[] sums = new double[statistics];
        List<double[]> dealt =
                blocks.stream().map(block -> block.weights.clone()).toList();
        for (int n = 0; n < permutations; n++) {
            Arrays.fill(sums, 0);
            for (int b = 0; b < blocks.size(); b++) {
                Block block = blocks.get(b);
                block.groups.forEach(shuffled(dealt.get(b), random));
                add(block, dealt.get(b), sums);
            }
            for (int s = 0; s < statistics; s++) {
                drawn[s][n] = sums[s];
            }
            progress.run();
        }
        Outcome[] outcomes = new Outcome[statistics];
        for (int s = 0; s < statistics; s++) {
            outcomes[s] = outcome(s, drawn[s]);
        }
        return outcomes;
    }

    private static Consumer<int[]> shuffled(double[] weights, SplittableRandom random) {
        return group -> {
            for (int last = group.length - 1; last > 0; last--) {
                int other = random.nextInt(last + 1);
                double kept = weights[group[last]];
                weights[group[last]] = weights[group[other]];
                weights[group[other]] = kept;
            }
        };
    }

    private static void add(Block block, double[] weights, double[] sums) {
        for (int s : block.present) {
            double sum = 0;
            for (int i : block.members[s]) {
                sum += weights[i];
            }
            sums[s] += sum;
        }
    }

    private Outcome outcome(int s, double[] drawn) {
        double slack = ROUNDING * Math.max(1, Math.abs(mean[s]));
        double deviation = Math.sqrt(variance[s]);
        if (deviation <= slack) {
            return new Outcome(observed[s], mean[s], 0, mean[s], mean[s], 1);
        }
        double distance = Math.abs(observed[s] - mean[s]) - slack;
        long asFar = Arrays.stream(drawn)
                .filter(value -> Math.abs(value - mean[s]) >= distance)
                .count();
        Arrays.sort(drawn);
        return new Outcome(
                observed[s],
                mean[s],
                deviation,
                percentile(drawn, 0.025),
                percentile(drawn, 0.975),
                (1.0 + asFar) / (1 + drawn.length));
    }

    private static double percentile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}

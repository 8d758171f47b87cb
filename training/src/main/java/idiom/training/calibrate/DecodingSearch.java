package idiom.training.calibrate;

import idiom.presets.Decoding;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Looks for the thresholds and density limits of two presets whose score is highest: first over a grid of
 * both numbers of a direction, for a limit that is needed at one threshold may not be at another, and twice, for what is best one
 * way depends on the way back; then number by number in ever smaller steps around the best (coordinate search). Everything else about the decoding stays as it is.
 */
final class DecodingSearch {
    /** A gain below this is chance, and nothing is changed for it. */
    static final double LEAST_GAIN = 0.002;

    private static final double[] THRESHOLDS = {0.4, 0.45, 0.5, 0.55, 0.6};
    private static final double[] LIMITS = {16, 2, 1.7, 1.5};

    private final ToDoubleFunction<Decodings> score;
    private final Runnable afterEach;
    private Decodings best;
    private double highest;

    /** Other values of a direction's decoding. */
    private interface Choice {
        Stream<Decoding> around(Decoding decoding);
    }

    private static final List<Choice> ROUNDS = List.of(
            DecodingSearch::grid,
            DecodingSearch::grid,
            decoding -> thresholdsBy(0.02, decoding),
            decoding -> limitsBy(1.1, decoding),
            decoding -> thresholdsBy(0.01, decoding),
            decoding -> limitsBy(1.05, decoding));

    /** All choices of both directions, and the start. */
    static int looks() {
        long choices = ROUNDS.stream()
                .mapToLong(choice -> choice.around(Decoding.PLAIN).count())
                .sum();
        return 1 + 2 * (int) choices;
    }

    /**
     * A search.
     *
     * @param score what a choice is worth; costs much
     * @param afterEach called {@link #looks} times
     */
    DecodingSearch(ToDoubleFunction<Decodings> score, Runnable afterEach, Decodings start) {
        this.score = score;
        this.afterEach = afterEach;
        this.best = start;
    }

    /** The best there is around the start; the start itself if nothing is better. */
    Decodings run() {
        highest = score.applyAsDouble(best);
        afterEach.run();
        for (Choice choice : ROUNDS) {
            for (boolean isThere : new boolean[] {true, false}) {
                List<Decoding> others = choice.around(best.get(isThere)).toList();
                others.forEach(other -> look(best.with(isThere, other)));
            }
        }
        return best;
    }

    private void look(Decodings other) {
        if (!other.equals(best)) {
            double found = score.applyAsDouble(other);
            if (found > highest + LEAST_GAIN) {
                highest = found;
                best = other;
            }
        }
        afterEach.run();
    }

    private static Stream<Decoding> grid(Decoding decoding) {
        return DoubleStream.of(LIMITS)
                .mapToObj(decoding::withDensityLimit)
                .flatMap(limited -> DoubleStream.of(THRESHOLDS).mapToObj(value -> withThreshold(limited, value)));
    }

    private static Stream<Decoding> thresholdsBy(double step, Decoding decoding) {
        return Stream.of(-step, step).map(by -> withThreshold(decoding, decoding.threshold() + by));
    }

    private static Decoding withThreshold(Decoding decoding, double value) {
        double inside = Math.max(0.01, Math.min(0.99, value));
        return decoding.with(rounded(inside), decoding.mix());
    }

    private static Stream<Decoding> limitsBy(double factor, Decoding decoding) {
        return Stream.<UnaryOperator<Double>>of(limit -> limit / factor, limit -> limit * factor)
                .map(by -> decoding.withDensityLimit(rounded(Math.min(16, by.apply(decoding.densityLimit())))));
    }

    /** So that a preset's file can be read. */
    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}

package idiom.training.project;

import idiom.training.evaluate.DirectionResult;
import idiom.training.evaluate.PairResult;
import idiom.training.evaluate.ScorePenalty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured of both presets, in words and numbers. */
final class Findings {
    /** Below, a classifier that judges a pair of genres says little. */
    static final double WEAK_JUDGE = 0.7;

    /** Share of added notes outside the key; five of twelve are where notes are added without regard to it. */
    static final double MANY_FOREIGN = 0.25;

    private static final double STRONG = 0.75;
    private static final double CLEAR = 0.45;

    private Findings() {}

    /** Some lines; of presets of these names. */
    static String of(PairResult measured, String there, String back) {
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "The judge, which neither trained nor chose these models, is right on %.0f %% of real music it has not"
                        + " learnt from.",
                100 * measured.accuracy()));
        if (measured.accuracy() < WEAK_JUDGE) {
            lines.add("That is little: by their notes alone the genres are hard to tell apart, or there is too little"
                    + " music; the strengths below say as little.");
        }
        double real = realMusic(measured);
        direction(there, measured.there(), real, lines);
        direction(back, measured.back(), real, lines);
        return String.join("\n", lines) + "\n";
    }

    /** The strength that the target genre's own music would have, by this judge: what a perfect transfer reaches. */
    static double realMusic(PairResult measured) {
        return measured.there().strength().original()
                + measured.back().strength().original()
                - 1;
    }

    private static void direction(String name, DirectionResult d, double real, List<String> lines) {
        lines.add("");
        lines.add(format("%s, %s as %s, on %d phrases: %s", name, d.source(), d.target(), d.phrases(), word(d, real)));
        lines.add(format(
                "  strength        %.2f (error %.2f); real %s would have %.2f, changes by chance %.2f",
                d.strength().value(), d.strengthError(), d.target(), real, d.controlStrength()));
        lines.add(format("  tune kept       %.2f of 1", d.melodyF1()));
        lines.add(format(
                "  key changes     in %.0f %% of the phrases, by another key finder in %.0f %%",
                100 * d.keyChanges(), 100 * d.keyChangesByOthers()));
        lines.add(format(
                "  content change  %.2f (%.2f added, %.2f taken away, of what sounds)",
                d.total().mean(), d.added().mean(), d.removed().mean()));
        lines.add(format("  foreign notes   %.0f %% of those added are outside the key", 100 * d.outOfKey()));
        lines.add(format("  density         %.2f times that of %s", d.densityRatio(), d.target()));
        weak(d, real).forEach(line -> lines.add("  weak: " + line));
    }

    private static String word(DirectionResult d, double real) {
        if (!beatsChance(d)) {
            return "no more than chance";
        }
        double share = d.strength().value() / Math.max(real, 1e-9);
        return share >= STRONG ? "strong" : share >= CLEAR ? "clear" : "timid";
    }

    private static boolean beatsChance(DirectionResult d) {
        return d.strength().value() > Math.max(0, d.controlStrength()) + 2 * d.strengthError();
    }

    private static List<String> weak(DirectionResult d, double real) {
        List<String> weak = new ArrayList<>();
        if (!beatsChance(d) || d.strength().value() < CLEAR * real) {
            weak.add("it changes the genre too little: more songs, more --steps, or --set losses.genre=6");
        }
        if (d.melodyF1() < ScorePenalty.LEAST_TUNE) {
            weak.add("it loses the tune: transfer --melody-lock keeps it, --set losses.tune=4 teaches that");
        }
        if (d.keyChanges() > ScorePenalty.MOST_KEY_CHANGES) {
            weak.add("it changes keys: transfer --key-lock keeps more of them, new --key-lock teaches that");
        }
        if (d.outOfKey() > MANY_FOREIGN) {
            weak.add("it adds wrong notes, which a judge may take for style: transfer --key-lock leaves them out, new"
                    + " --key-lock teaches that, and so do more --steps");
        }
        if (d.total().mean() > ScorePenalty.MOST_CONTENT_CHANGE) {
            weak.add("it changes much: transfer --mix 0.6 takes only so much of it, --set losses.content=0.5 teaches"
                    + " that");
        }
        if (d.densityRatio() > ScorePenalty.MOST_DENSITY) {
            weak.add("it plays too much: transfer --threshold 0.7 takes the less certain notes away");
        }
        if (d.densityRatio() < ScorePenalty.LEAST_DENSITY) {
            weak.add("it plays too little: transfer --threshold 0.3 lets less certain notes through");
        }
        return weak;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}

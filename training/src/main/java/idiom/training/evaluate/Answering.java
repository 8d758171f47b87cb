package idiom.training.evaluate;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Hop;
import idiom.presets.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a generator is asked while music is played: in one of the modes of a live session (docs/live.md), with this before each
 * phrase.
 *
 * @param mode {@code timeline} answers what {@code phrase} does
 * @param hop of the mode {@code follow}; the whole window in all others
 * @param before what was played before each phrase; of no account where the window is the phrase
 */
public record Answering(Mode mode, Hop hop, Before before) {
    public Answering {
        if (mode != Mode.FOLLOW && hop != Hop.WINDOW) {
            throw new IllegalArgumentException(
                    "a hop belongs to the mode follow: mode=" + lower(mode) + " hop=" + lower(hop));
        }
    }

    /** All that these modes and hops ask for, in their order; a mode other than {@code follow} has no hop. */
    public static List<Answering> all(List<Mode> modes, List<Hop> hops, Before before) {
        List<Answering> all = new ArrayList<>();
        for (Mode mode : modes) {
            for (Hop hop : mode == Mode.FOLLOW ? hops : List.of(Hop.WINDOW)) {
                all.add(new Answering(mode, hop, before));
            }
        }
        return all;
    }

    /** A generator that is asked so; closes the other with itself. */
    public Generator over(Generator generator) {
        return mode == Mode.INSTANT
                ? new InstantGenerator(generator, before)
                : new HopGenerator(generator, hop.steps(), before);
    }

    /** {@code "phrase"}, {@code "follow bar"}, {@code "instant (after silence)"}; the last where it counts. */
    public String label() {
        String name = lower(mode) + (mode == Mode.FOLLOW ? " " + lower(hop) : "");
        boolean hearsBefore = mode == Mode.INSTANT || hop.steps() < PianoRoll.STEPS;
        return hearsBefore && before == Before.SILENCE ? name + " (after silence)" : name;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

package idiom.engine.live;

import idiom.presets.Controls;
import java.util.OptionalInt;

/** What the player's controls say to the preset that plays. [session] */
final class Knobs {
    /** A switch is on from here. */
    static final int ON = 64;

    private static final double HIGHEST = 127;
    private static final double PLACES = 128;

    /** What a control change did. */
    enum Effect {
        /** Nothing: it is no control of the preset's. */
        NONE,
        /** Mix or threshold is another now. */
        SOUND,
        /** It is the bypass switch. */
        BYPASS,
        /** It taps the tempo. */
        TAP
    }

    private final Choice choice;

    Knobs(Choice choice) {
        this.choice = choice;
    }

    /** A control is at a value, 0 to 127. */
    Effect turn(int control, int value) {
        Controls controls = choice.controls();
        if (is(controls.mix(), control)) {
            choice.mix(value / HIGHEST);
            return Effect.SOUND;
        }
        if (is(controls.threshold(), control)) {
            // Between 0 and 1, both left out.
            choice.threshold(Math.max(1, value) / PLACES);
            return Effect.SOUND;
        }
        if (is(controls.bypass(), control)) {
            return Effect.BYPASS;
        }
        return is(controls.tap(), control) ? Effect.TAP : Effect.NONE;
    }

    /** Mix and threshold are what the preset says. */
    void reset() {
        choice.resetKnobs();
    }

    private static boolean is(OptionalInt assigned, int control) {
        return assigned.isPresent() && assigned.getAsInt() == control;
    }
}

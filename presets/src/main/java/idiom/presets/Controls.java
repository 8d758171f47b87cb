package idiom.presets;

import java.util.OptionalInt;

/**
 * Knobs and switches of a controller that change how a live session plays: numbers of MIDI control changes, 0 to 119, each
 * different; empty where nothing is assigned.
 *
 * @param mix from the player's own notes (0) to all of the generator's change (127)
 * @param threshold from many cells (1 / 128) to few (127 / 128)
 * @param bypass the player's notes pass unchanged from 64 on
 * @param tap a value of 64 or more is a beat: some of them say the tempo
 */
public record Controls(OptionalInt mix, OptionalInt threshold, OptionalInt bypass, OptionalInt tap) {
    /** No control is assigned. */
    public static final Controls NONE =
            new Controls(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    /** The highest control change that is none: from 120 on they are channel mode messages. */
    public static final int HIGHEST = 119;

    public Controls {
        requireControl("controls.mix", mix);
        requireControl("controls.threshold", threshold);
        requireControl("controls.bypass", bypass);
        requireControl("controls.tap", tap);
        requireDifferent("controls.threshold", threshold, mix);
        requireDifferent("controls.bypass", bypass, mix, threshold);
        requireDifferent("controls.tap", tap, mix, threshold, bypass);
    }

    /** These, and where none is assigned, those of {@code others} whose numbers are free. */
    public Controls orElse(Controls others) {
        OptionalInt newMix = mix.isPresent() ? mix : unless(others.mix, threshold, bypass, tap);
        OptionalInt newThreshold = threshold.isPresent() ? threshold : unless(others.threshold, newMix, bypass, tap);
        OptionalInt newBypass = bypass.isPresent() ? bypass : unless(others.bypass, newMix, newThreshold, tap);
        OptionalInt newTap = tap.isPresent() ? tap : unless(others.tap, newMix, newThreshold, newBypass);
        return new Controls(newMix, newThreshold, newBypass, newTap);
    }

    private static OptionalInt unless(OptionalInt control, OptionalInt... taken) {
        return isIn(control, taken) ? OptionalInt.empty() : control;
    }

    private static boolean isIn(OptionalInt control, OptionalInt... others) {
        for (OptionalInt other : others) {
            if (control.isPresent() && control.equals(other)) {
                return true;
            }
        }
        return false;
    }

    private static void requireControl(String key, OptionalInt control) {
        control.ifPresent(number -> Ranges.closed(key, number, 0, HIGHEST));
    }

    private static void requireDifferent(String key, OptionalInt control, OptionalInt... others) {
        if (isIn(control, others)) {
            throw new RangeException(
                    key, key + " must be another control than the ones before: " + key + "=" + control.getAsInt());
        }
    }
}

package idiom.engine.transfer;

import idiom.engine.pianoroll.BeatGrid;
import idiom.presets.Feel;

/**
 * Where added notes lie between the steps: swing stretches the first half of each beat and presses the second together,
 * evenly within each half, so that the order of steps stays; then all is moved by the delay.
 */
public record Timing(Feel feel) {
    /** Place of the beginning of a step, in steps. */
    public double place(int step) {
        double beat = Math.floorDiv(step, BeatGrid.STEPS_PER_QUARTER);
        double inBeat = (double) Math.floorMod(step, BeatGrid.STEPS_PER_QUARTER) / BeatGrid.STEPS_PER_QUARTER;
        double swung =
                inBeat < 0.5 ? inBeat * 2 * feel.swing() : feel.swing() + (inBeat - 0.5) * 2 * (1 - feel.swing());
        return (beat + swung) * BeatGrid.STEPS_PER_QUARTER + feel.delaySteps();
    }

    /** What is added to the velocity of a note that begins with the step. */
    public int accent(int step) {
        return Math.floorMod(step, BeatGrid.STEPS_PER_QUARTER) == 0 ? feel.accent() : -feel.accent();
    }

    /** Furthest that a place lies from its step, in whole steps. */
    static int reach() {
        return 2;
    }
}

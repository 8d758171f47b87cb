package idiom.presets;

/**
 * Timing and velocity of the notes a generator adds; the player's own keep theirs.
 *
 * @param swing place of the off-beat eighth within its beat: 0.5 straight, 0.667 triplet swing, at most 0.75
 * @param delaySteps laid back (positive) or pushed (negative), in steps of a 16th, -0.5 to 0.5
 * @param velocityScale multiplies the velocity taken from the surroundings, 0.1 to 2
 * @param accent velocity added on the beat and taken off between beats, -32 to 32
 */
public record Feel(double swing, double delaySteps, double velocityScale, int accent) {
    /** On the grid, as loud as the surroundings. */
    public static final Feel STRAIGHT = new Feel(0.5, 0, 1, 0);

    public Feel {
        Ranges.closed("feel.swing", swing, 0.5, 0.75);
        Ranges.closed("feel.delay-steps", delaySteps, -0.5, 0.5);
        Ranges.closed("feel.velocity-scale", velocityScale, 0.1, 2);
        Ranges.closed("feel.accent", accent, -32, 32);
    }
}

package idiom.engine.live;

import idiom.presets.Mode;

/**
 * How a session answers.
 *
 * @param mode one of the four ways
 * @param hopSteps how far it moves on from one window to the next, in 16ths; in {@code phrase} always 64
 * @param sync who says where the music is
 * @param guardNs how long before the end of a hop its window is taken, so that the answer is there in time; notes that come
 *     later than that pass through unchanged
 */
public record LiveSettings(Mode mode, int hopSteps, Sync sync, long guardNs) {
    /** Enough for a network of some milliseconds and a busy machine. */
    public static final long GUARD_NS = 40_000_000;

    public LiveSettings {
        if (hopSteps < 1 || hopSteps > 64 || 64 % hopSteps != 0) {
            throw new IllegalArgumentException("hop must divide a window of 64 steps: hopSteps=" + hopSteps);
        }
        if (mode == Mode.PHRASE && hopSteps != 64) {
            throw new IllegalArgumentException("mode phrase answers four bars at once: hopSteps=" + hopSteps);
        }
        if (guardNs < 0) {
            throw new IllegalArgumentException("guardNs must be >= 0: guardNs=" + guardNs);
        }
    }

    /** Settings of a mode with the usual guard; {@code hopSteps} is 64 in {@code phrase}, whatever is given. */
    public static LiveSettings of(Mode mode, int hopSteps, Sync sync) {
        return new LiveSettings(mode, mode == Mode.PHRASE ? 64 : hopSteps, sync, GUARD_NS);
    }
}

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
 * @param thru how the player's own notes get to the output
 * @param changeSteps at which steps another preset, mix or threshold, or bypass, takes effect: every step (1) or bar (16)
 */
public record LiveSettings(Mode mode, int hopSteps, Sync sync, long guardNs, Thru thru, int changeSteps) {
    /** Enough for a network of some milliseconds and a busy machine. */
    public static final long GUARD_NS = 40_000_000;

    /** How the player's own notes, and all that is no note, get to the output. */
    public enum Thru {
        /** With the answer, which may leave some out. */
        ANSWERED,
        /** At once; the answer brings what it adds, and takes nothing away. */
        AT_ONCE,
        /** The same, and the device has already sent them by itself. */
        BY_DEVICE,
        /** With the answer; but where the mode {@code timeline} passes or remembers, the device sends what it is told to. */
        ROUTED;

        /** Whether they get there without any answer. */
        boolean isAtOnce() {
            return this == AT_ONCE || this == BY_DEVICE;
        }

        /**
         * The way for what is wanted.
         *
         * @param atOnce whether they shall get there at once
         * @param isByDevice whether the device sees to that by itself
         */
        public static Thru of(boolean atOnce, boolean isByDevice) {
            return !atOnce ? ANSWERED : isByDevice ? BY_DEVICE : AT_ONCE;
        }
    }

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
        if (changeSteps < 1 || changeSteps > 64) {
            throw new IllegalArgumentException("changes must take effect within 64 steps: changeSteps=" + changeSteps);
        }
    }

    /** Settings in which changes take effect at the next step and the player's notes come with the answer. */
    public LiveSettings(Mode mode, int hopSteps, Sync sync, long guardNs) {
        this(mode, hopSteps, sync, guardNs, Thru.ANSWERED, 1);
    }

    /** The same with another way for the player's own notes. */
    public LiveSettings withThru(Thru other) {
        return new LiveSettings(mode, hopSteps, sync, guardNs, other, changeSteps);
    }

    /** The same with changes that take effect at multiples of so many steps. */
    public LiveSettings withChangeSteps(int steps) {
        return new LiveSettings(mode, hopSteps, sync, guardNs, thru, steps);
    }

    /** Settings of a mode with the usual guard; {@code hopSteps} is 64 in {@code phrase}, whatever is given. */
    public static LiveSettings of(Mode mode, int hopSteps, Sync sync) {
        return new LiveSettings(mode, mode == Mode.PHRASE ? 64 : hopSteps, sync, GUARD_NS);
    }
}

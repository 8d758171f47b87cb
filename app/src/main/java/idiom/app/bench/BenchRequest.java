package idiom.app.bench;

import idiom.engine.live.LiveSettings;
import idiom.presets.Mode;
import idiom.presets.Preset;

/**
 * What is measured.
 *
 * @param preset with its model on disk
 * @param isIdentity whether a network that changes nothing plays in place of the preset's
 * @param settings mode and hop
 * @param bpm tempo in quarters a minute
 * @param messages to play, 1 to {@link #MOST_MESSAGES}
 * @param gapMs mean time from chord to chord, more than 0
 * @param seed of what is played
 * @param load how many processes keep the machine busy meanwhile
 * @param isThru whether the player's own notes go straight through, and the answer adds to them
 * @param isRealtime whether the session's and the networks' threads run before all that is not realtime
 * @param windows inferences to compare with bare ones
 */
public record BenchRequest(
        Preset preset,
        boolean isIdentity,
        LiveSettings settings,
        double bpm,
        int messages,
        double gapMs,
        long seed,
        int load,
        boolean isThru,
        boolean isRealtime,
        int windows) {
    /** More would run out of messages that differ. */
    public static final int MOST_MESSAGES = Score.MOST;

    private static final double STEPS_A_SECOND_AND_BPM = 4 / 60.0;

    public BenchRequest {
        if (messages < 1 || messages > MOST_MESSAGES) {
            throw new IllegalArgumentException(
                    "messages must be from 1 to " + MOST_MESSAGES + ": messages=" + messages);
        }
        if (!(gapMs > 0)) {
            throw new IllegalArgumentException("gapMs must be > 0: gapMs=" + gapMs);
        }
        if (load < 0 || windows < 0) {
            throw new IllegalArgumentException("load and windows must be >= 0: load=" + load + ", windows=" + windows);
        }
    }

    /** Whether output comes a constant delay after input. */
    boolean hasDelay() {
        return !isThru && (settings.mode() == Mode.PHRASE || settings.mode() == Mode.FOLLOW);
    }

    /** That delay in units of a clock; 0 without one. */
    long delay(long clockRate) {
        return hasDelay() ? Math.round(settings.hopSteps() / (bpm * STEPS_A_SECOND_AND_BPM) * clockRate) : 0;
    }
}

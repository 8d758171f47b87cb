package idiom.app.live;

import idiom.engine.live.Sync;
import idiom.presets.Hop;
import idiom.presets.Mode;
import org.jspecify.annotations.Nullable;

/**
 * What live session is wanted.
 *
 * @param to genre to play in; null if {@code all} or {@code preset} say it
 * @param all one device for each genre that can be played in
 * @param preset name of the only preset to play with; null to choose by genre
 * @param from genre of what comes in; null to listen and choose while playing
 * @param mode how to answer; null for the preset's
 * @param hop how far {@code follow} trails; null for the preset's
 * @param in part of the name of a port to listen to, null for none
 * @param out the same for a port to play to
 * @param backend name of the system of ports, null for the best there is
 * @param sync who says where the music is
 * @param bpm tempo in quarters a minute, until somebody else says one
 * @param thru whether the player's own notes go to the output at once
 * @param change where another preset takes effect
 * @param realtime whether the session's and the networks' threads go before all that is not realtime
 */
public record LiveRequest(
        @Nullable String to,
        boolean all,
        @Nullable String preset,
        @Nullable String from,
        @Nullable Mode mode,
        @Nullable Hop hop,
        @Nullable String in,
        @Nullable String out,
        @Nullable String backend,
        Sync sync,
        double bpm,
        boolean thru,
        Change change,
        boolean realtime) {

    /** Where another preset, a knob or bypass takes effect. */
    public enum Change {
        /** At the next 16th. */
        STEP(1),
        /** At the next bar. */
        BAR(16);

        private final int steps;

        Change(int steps) {
            this.steps = steps;
        }

        /** In 16ths. */
        public int steps() {
            return steps;
        }
    }

    /** Tempos that sessions play in. */
    public static final double SLOWEST_BPM = 20;

    /** See {@link #SLOWEST_BPM}. */
    public static final double FASTEST_BPM = 400;

    public LiveRequest {
        if (!(bpm >= SLOWEST_BPM && bpm <= FASTEST_BPM)) {
            throw new IllegalArgumentException("--bpm must be from 20 to 400: --bpm=" + bpm);
        }
        if ((to == null ? 0 : 1) + (all ? 1 : 0) + (preset == null ? 0 : 1) != 1) {
            throw new IllegalArgumentException(
                    "say where it shall go: --to jazz, --to classic, --to pop, --all or --preset NAME");
        }
    }
}

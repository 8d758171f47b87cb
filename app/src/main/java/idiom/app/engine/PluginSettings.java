package idiom.app.engine;

import idiom.engine.live.Adjustment;
import idiom.engine.live.Adjustment.Lock;
import idiom.presets.Hop;
import idiom.presets.Mode;
import idiom.presets.Preset;
import java.util.List;

/** A plugin's parameters as they stand, by their numbers in docs/plugin-protocol.md. [session] */
final class PluginSettings {
    private static final int PRESET = 0;
    private static final int MODE = 1;
    private static final int HOP = 2;
    private static final int MIX = 3;
    private static final int THRESHOLD = 4;
    private static final int MELODY_LOCK = 5;
    private static final int KEY_LOCK = 6;
    private static final int DENSITY = 7;
    private static final int SWING = 8;
    private static final int COMPENSATE = 10;

    /** What the plugin's numbers mean; the first of each is the preset's. */
    private static final List<Mode> MODES = List.of(Mode.PHRASE, Mode.FOLLOW, Mode.INSTANT, Mode.TIMELINE);

    private static final List<Hop> HOPS = List.of(Hop.STEP, Hop.BEAT, Hop.BAR);
    private static final List<Lock> LOCKS = List.of(Lock.AS_PRESET, Lock.OFF, Lock.ON);

    private int program;
    private int mode;
    private int hop;
    private Adjustment adjustment = Adjustment.NONE;
    private double mix = 1;
    private boolean compensates;

    /** What a change asks for. */
    enum Change {
        /** Nothing: it is none, or the plugin sees to it itself. */
        NONE,
        /** Another preset. */
        PRESET,
        /** The preset played with another difference. */
        ADJUSTMENT,
        /** Another share of the preset's mix, or the mix followed in another way. */
        MIX,
        /** A session of another kind. */
        SESSION
    }

    /** A parameter has a value, which is brought into its range. */
    Change set(int parameter, double value) {
        switch (parameter) {
            case PRESET -> {
                int chosen = index(value, 127);
                boolean isOther = program != chosen;
                program = chosen;
                return isOther ? Change.PRESET : Change.NONE;
            }
            case MODE -> {
                int chosen = index(value, MODES.size());
                boolean isOther = mode != chosen;
                mode = chosen;
                return isOther ? Change.SESSION : Change.NONE;
            }
            case HOP -> {
                int chosen = index(value, HOPS.size());
                boolean isOther = hop != chosen;
                hop = chosen;
                return isOther ? Change.SESSION : Change.NONE;
            }
            case MIX -> {
                double before = mix;
                mix = clamp(value, 0, 1);
                return mix != before ? Change.MIX : Change.NONE;
            }
            case COMPENSATE -> {
                boolean before = compensates;
                compensates = value >= 0.5;
                return compensates != before ? Change.MIX : Change.NONE;
            }
            default -> {
                Adjustment before = adjustment;
                adjustment = adjusted(parameter, value);
                return before.equals(adjustment) ? Change.NONE : Change.ADJUSTMENT;
            }
        }
    }

    private Adjustment adjusted(int parameter, double value) {
        Adjustment a = adjustment;
        return new Adjustment(
                a.mix(),
                parameter == THRESHOLD ? clamp(value, -0.5, 0.5) : a.thresholdShift(),
                parameter == MELODY_LOCK ? lock(value) : a.melodyLock(),
                parameter == KEY_LOCK ? lock(value) : a.keyLock(),
                parameter == DENSITY ? clamp(value, 0, 2) : a.density(),
                parameter == SWING ? clamp(value, -0.25, 0.25) : a.swingShift());
    }

    private static Lock lock(double value) {
        return LOCKS.get(index(value, LOCKS.size() - 1));
    }

    private static int index(double value, int highest) {
        return (int) clamp(Math.rint(value), 0, highest);
    }

    private static double clamp(double value, double lowest, double highest) {
        return Math.max(lowest, Math.min(highest, value));
    }

    /** Program number that is wanted. */
    int program() {
        return program;
    }

    /** A Program Change has chosen another preset. */
    void program(int other) {
        program = other;
    }

    /**
     * Whether the mix is followed by the song's position: where the host knows how late the answer is, or where it is not. Elsewhere
     * what is heard now should be what the mix says now.
     */
    boolean mixesBySong(Mode playing) {
        return playing == Mode.TIMELINE || (compensates && playing != Mode.INSTANT);
    }

    /** Share of the preset's mix. */
    double mix() {
        return mix;
    }

    /** How presets are played in a mode; with the mix, but where that is followed by the song. */
    Adjustment adjustment(Mode playing) {
        Adjustment a = adjustment;
        return mixesBySong(playing)
                ? a
                : new Adjustment(mix, a.thresholdShift(), a.melodyLock(), a.keyLock(), a.density(), a.swingShift());
    }

    /** The mode that is wanted, or the preset's. */
    Mode mode(Preset preset) {
        return mode == 0 ? preset.mode() : MODES.get(mode - 1);
    }

    /** The hop that is wanted, or the preset's, in steps. */
    int hopSteps(Preset preset) {
        return (hop == 0 ? preset.hop() : HOPS.get(hop - 1)).steps();
    }
}

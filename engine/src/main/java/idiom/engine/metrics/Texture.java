package idiom.engine.metrics;

import idiom.engine.harmony.Key;
import idiom.engine.harmony.KeyEstimate;
import idiom.engine.harmony.KeyFinder;
import idiom.engine.pianoroll.PianoRoll;
import java.util.List;

/**
 * How full a roll is, and what a listener might stumble over. Density and polyphony are those of Dong, Hsiao, Yang, Yang,
 * "MuseGAN", 2018, section "Objective metrics" (ratio of empty bars) and of the symbolic features of jSymbolic (McKay and
 * Fujinaga, 2006: note density, average number of simultaneous pitches), on cells. None of the figures is good or bad by itself:
 * they are to be held against those of real music.
 *
 * <p>An onset is the first cell of a run of sounding cells of one pitch. A note held from before the window counts as an
 * onset at step 0, and notes struck again without a gap, which a roll cannot show, count once.
 *
 * @param cellsPerStep sounding cells per step, 0 to 84
 * @param onsetsPerBar onsets per bar of 16 steps
 * @param polyphony mean number of pitches over the steps at which anything sounds; 0 if silent
 * @param emptyBars share of the four bars in which nothing sounds, 0 to 1
 * @param longestSilence steps in a row in which nothing sounds, 0 to 64
 * @param outOfKey share of the onsets outside the scale of the roll's own key, 0 to 1; 0 if it has none
 * @param rapidRepeats share of the onsets that are the third or a later one of a pitch struck every second step, which is as fast as
 *     a roll can show: machine-gunning, 0 to 1
 */
public record Texture(
        double cellsPerStep,
        double onsetsPerBar,
        double polyphony,
        double emptyBars,
        double longestSilence,
        double outOfKey,
        double rapidRepeats) {
    private static final int BARS = PianoRoll.STEPS / PianoRoll.STEPS_PER_BAR;

    /** Measures a roll. */
    public static Texture of(PianoRoll roll) {
        Key key = KeyFinder.standard().find(roll).map(KeyEstimate::key).orElse(null);
        int cells = 0;
        int onsets = 0;
        int outside = 0;
        int rapid = 0;
        long sounding = 0;
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            long steps = roll.steps(pitch);
            long struck = onsetsOf(steps);
            int count = Long.bitCount(struck);
            cells += Long.bitCount(steps);
            onsets += count;
            outside += key == null || key.contains(pitch + PianoRoll.LOWEST_PITCH) ? 0 : count;
            rapid += Long.bitCount(struck & struck << 2 & struck << 4);
            sounding |= steps;
        }
        int empty = 0;
        for (int bar = 0; bar < BARS; bar++) {
            empty += (sounding >>> (bar * PianoRoll.STEPS_PER_BAR) & 0xFFFF) == 0 ? 1 : 0;
        }
        return new Texture(
                (double) cells / PianoRoll.STEPS,
                (double) onsets / BARS,
                sounding == 0 ? 0 : (double) cells / Long.bitCount(sounding),
                (double) empty / BARS,
                longestRun(~sounding),
                onsets == 0 ? 0 : (double) outside / onsets,
                onsets == 0 ? 0 : (double) rapid / onsets);
    }

    /** Means of the figures over some rolls; all 0 for none. */
    public static Texture mean(List<PianoRoll> rolls) {
        double[] sums = new double[7];
        for (PianoRoll roll : rolls) {
            Texture texture = of(roll);
            sums[0] += texture.cellsPerStep;
            sums[1] += texture.onsetsPerBar;
            sums[2] += texture.polyphony;
            sums[3] += texture.emptyBars;
            sums[4] += texture.longestSilence;
            sums[5] += texture.outOfKey;
            sums[6] += texture.rapidRepeats;
        }
        int count = Math.max(1, rolls.size());
        return new Texture(
                sums[0] / count,
                sums[1] / count,
                sums[2] / count,
                sums[3] / count,
                sums[4] / count,
                sums[5] / count,
                sums[6] / count);
    }

    /** Number of runs of set bits. */
    static int onsets(long steps) {
        return Long.bitCount(onsetsOf(steps));
    }

    private static long onsetsOf(long steps) {
        return steps & ~(steps << 1);
    }

    /** Length of the longest run of set bits. */
    private static int longestRun(long bits) {
        int length = 0;
        for (long left = bits; left != 0; left &= left << 1) {
            length++;
        }
        return length;
    }
}

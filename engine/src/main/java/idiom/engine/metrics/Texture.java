package idiom.engine.metrics;

import idiom.engine.pianoroll.PianoRoll;
import java.util.List;

/**
 * How full a roll is. Density and polyphony are those of Dong, Hsiao, Yang, Yang, "MuseGAN", 2018, section "Objective
 * metrics" (ratio of empty bars) and of the symbolic features of jSymbolic (McKay and Fujinaga, 2006: note density,
 * average number of simultaneous pitches), on cells.
 *
 * <p>An onset is the first cell of a run of sounding cells of one pitch. A note held from before the window counts as an
 * onset at step 0, and notes struck again without a gap, which a roll cannot show, count once.
 *
 * @param cellsPerStep sounding cells per step, 0 to 84
 * @param onsetsPerBar onsets per bar of 16 steps
 * @param polyphony mean number of pitches over the steps at which anything sounds; 0 if silent
 * @param emptyBars share of the four bars in which nothing sounds, 0 to 1
 */
public record Texture(double cellsPerStep, double onsetsPerBar, double polyphony, double emptyBars) {
    private static final int BARS = PianoRoll.STEPS / PianoRoll.STEPS_PER_BAR;

    /** Measures a roll. */
    public static Texture of(PianoRoll roll) {
        int cells = 0;
        int onsets = 0;
        long sounding = 0;
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            long steps = roll.steps(pitch);
            cells += Long.bitCount(steps);
            onsets += onsets(steps);
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
                (double) empty / BARS);
    }

    /** Means of the four figures over some rolls; all 0 for none. */
    public static Texture mean(List<PianoRoll> rolls) {
        double[] sums = new double[4];
        for (PianoRoll roll : rolls) {
            Texture texture = of(roll);
            sums[0] += texture.cellsPerStep;
            sums[1] += texture.onsetsPerBar;
            sums[2] += texture.polyphony;
            sums[3] += texture.emptyBars;
        }
        int count = Math.max(1, rolls.size());
        return new Texture(sums[0] / count, sums[1] / count, sums[2] / count, sums[3] / count);
    }

    /** Number of runs of set bits. */
    static int onsets(long steps) {
        return Long.bitCount(steps & ~(steps << 1));
    }
}

package idiom.training.attribution;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.attribution.motif.PhraseNote;
import java.util.Arrays;
import java.util.Objects;

/**
 * The saliency map of a phrase for a genre: at each cell {@code max(0, gradient) * input}, where the gradient is that of the
 * genre's logit by the cell (Brunner et al. 2019, section 3.4: "multiplies all positive gradients with the original sample
 * element-wise", after Simonyan et al. 2014). The input is 1 where something sounds and 0 elsewhere, so nothing but sounding
 * cells carries any.
 *
 * <p>Immutable; values at least 0.
 */
public final class SaliencyMap {
    /** "Pixels with intensity less than one-fourth of the maximum were removed" (Brunner et al. 2019, section 4.2). */
    public static final double THRESHOLD = 0.25;

    private final PianoRoll roll;
    private final float[] values;

    private SaliencyMap(PianoRoll roll, float[] values) {
        this.roll = roll;
        this.values = values;
    }

    /**
     * From a phrase and the gradient of a genre's logit by its cells, step by step, from {@code offset} on.
     *
     * @throws IllegalArgumentException if a sounding cell's gradient is no number
     */
    public static SaliencyMap of(PianoRoll roll, float[] gradients, int offset) {
        Objects.checkFromIndexSize(offset, PianoRoll.CELLS, gradients.length);
        float[] values = new float[PianoRoll.CELLS];
        for (int step = 0; step < PianoRoll.STEPS; step++) {
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                if (roll.isOn(step, pitch)) {
                    float gradient = gradients[offset + index(step, pitch)];
                    if (!Float.isFinite(gradient)) {
                        throw new IllegalArgumentException("the classifier's gradient is no number: step=" + step
                                + " pitch=" + (pitch + PianoRoll.LOWEST_PITCH) + " gradient=" + gradient);
                    }
                    values[index(step, pitch)] = Math.max(0, gradient);
                }
            }
        }
        return new SaliencyMap(roll, values);
    }

    /** The phrase. */
    public PianoRoll roll() {
        return roll;
    }

    /** At a step in [0, 64) and a pitch index in [0, 84). */
    public float at(int step, int pitch) {
        return values[index(Objects.checkIndex(step, PianoRoll.STEPS), Objects.checkIndex(pitch, PianoRoll.PITCHES))];
    }

    /** The largest value; 0 if no sounding cell speaks for the genre. */
    public float max() {
        float max = 0;
        for (float value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    /** Sum over all cells. */
    public double sum() {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    /**
     * Instance-normalised: divided by the phrase's own maximum, so that it lies in [0, 1] and each phrase is seen on its own
     * scale. The paper says "instance normalized" and its code for this was not published; to take off a mean and divide by a
     * deviation, as the layer of that name does, would give silent cells values too, so this does not. All 0 stays all 0.
     */
    public SaliencyMap normalised() {
        float max = max();
        if (max == 0) {
            return this;
        }
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = values[i] / max;
        }
        return new SaliencyMap(roll, scaled);
    }

    /** With 0 where a value is below this share of the maximum, {@link #THRESHOLD} in the paper. */
    public SaliencyMap from(double share) {
        float least = (float) (share * max());
        float[] kept = values.clone();
        for (int i = 0; i < kept.length; i++) {
            kept[i] = kept[i] < least ? 0 : kept[i];
        }
        return new SaliencyMap(roll, kept);
    }

    /** Number of cells that are not 0. */
    public int cellCount() {
        int count = 0;
        for (float value : values) {
            count += value > 0 ? 1 : 0;
        }
        return count;
    }

    /**
     * Share of the sum that lies in the highest so many percent of the sounding cells, rounded up; NaN if all is 0. As much as
     * that share itself if all sounding cells are alike.
     */
    public double sumOfHighest(double share) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        int count = (int) Math.ceil(share * roll.cellCount());
        double sum = 0;
        for (int i = sorted.length - count; i < sorted.length; i++) {
            sum += sorted[i];
        }
        return sum / sum();
    }

    /**
     * The saliency of a note: the mean over its cells. With their sum every long note would weigh much for being long; as it
     * is, a note weighs what it says while it sounds.
     */
    public double of(PhraseNote note) {
        double sum = 0;
        for (int step = note.onset(); step < note.end(); step++) {
            sum += at(step, note.pitch() - PianoRoll.LOWEST_PITCH);
        }
        return sum / note.length();
    }

    private static int index(int step, int pitch) {
        return step * PianoRoll.PITCHES + pitch;
    }
}

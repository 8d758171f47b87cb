package idiom.training.gan;

import idiom.engine.pianoroll.PianoRoll;
import java.util.Arrays;

/**
 * How much it costs a generator to change a cell: the same everywhere, more where the change is heard as another tune, and
 * more where a note is added that is foreign to the window.
 *
 * <p>The tune is the top line, as {@link idiom.engine.metrics.Melody} has it: its cells decide it, and so do all above them
 * and all of a step in which nothing sounds. Foreign is graded: 1 for a pitch class that does not sound in the window, 0
 * for the one that sounds most.
 */
final class ContentWeights {
    private static final int PITCH_CLASSES = 12;

    private ContentWeights() {}

    /** Weights of so many windows of {@code PianoRoll.CELLS} cells of 0 or 1 each, in the order of the cells. */
    static float[] of(float[] cells, Recipe.Losses losses) {
        float[] weights = new float[cells.length];
        Arrays.fill(weights, (float) losses.content());
        for (int window = 0; window < cells.length; window += PianoRoll.CELLS) {
            if (losses.tune() > 0) {
                addTune(cells, window, (float) losses.tune(), weights);
            }
            if (losses.foreign() > 0) {
                addForeign(cells, window, (float) losses.foreign(), weights);
            }
        }
        return weights;
    }

    private static void addTune(float[] cells, int window, float weight, float[] weights) {
        for (int step = 0; step < PianoRoll.STEPS; step++) {
            int row = window + step * PianoRoll.PITCHES;
            for (int pitch = PianoRoll.PITCHES - 1; pitch >= 0; pitch--) {
                weights[row + pitch] += weight;
                if (cells[row + pitch] > 0) {
                    break;
                }
            }
        }
    }

    private static void addForeign(float[] cells, int window, float weight, float[] weights) {
        float[] sounding = new float[PITCH_CLASSES];
        for (int cell = 0; cell < PianoRoll.CELLS; cell++) {
            sounding[cell % PianoRoll.PITCHES % PITCH_CLASSES] += cells[window + cell];
        }
        float most = 0;
        for (float count : sounding) {
            most = Math.max(most, count);
        }
        for (int cell = 0; most > 0 && cell < PianoRoll.CELLS; cell++) {
            if (cells[window + cell] == 0) {
                weights[window + cell] += weight * (1 - sounding[cell % PianoRoll.PITCHES % PITCH_CLASSES] / most);
            }
        }
    }
}

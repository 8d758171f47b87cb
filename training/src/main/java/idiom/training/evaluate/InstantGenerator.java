package idiom.training.evaluate;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import java.util.Arrays;

/**
 * A generator as a live session uses it in the mode {@code instant} ({@code engine.live.InstantAnswering}). Each step in which
 * something is struck is answered with the 64 steps that end with it, and only that last step of the answer counts; in between,
 * what sounds goes on.
 *
 * <ul>
 *   <li>A note that the answer at its own step leaves out stays out; one that a later answer leaves out ends there. If a
 *       still later answer has it again while its key is down, it comes back and ends with its key.
 *   <li>Added notes last until the next answer leaves them out, or all keys are up.
 * </ul>
 *
 * <p>Notes lie on the grid, and a window shows what the phrase shows: a key that will be struck again in the next step is up
 * already, where a live session can't know that yet. What comes out is decided, so the probabilities are 0 or 1.
 *
 * <p>Closes the generator it is made of. One thread.
 */
public final class InstantGenerator implements Generator {
    private static final float THRESHOLD = 0.5f;

    private final Generator generator;
    private final Before before;
    private final float[] windows;
    private final float[] answers;
    private final int[] steps;
    private final float[] decided = new float[PianoRoll.CELLS];
    private final boolean[] isPlayed = new boolean[PianoRoll.PITCHES];
    private final boolean[] isAdded = new boolean[PianoRoll.PITCHES];

    /**
     * A generator that answers chord by chord.
     *
     * @param before what was played before each phrase
     */
    public InstantGenerator(Generator generator, Before before) {
        this.generator = generator;
        this.before = before;
        this.windows = new float[generator.maxBatch() * PianoRoll.CELLS];
        this.answers = new float[generator.maxBatch() * PianoRoll.CELLS];
        this.steps = new int[generator.maxBatch()];
    }

    @Override
    public int maxBatch() {
        return generator.maxBatch();
    }

    @Override
    public void generate(float[] phrases, float[] probabilities, int count) {
        for (int phrase = 0; phrase < count; phrase++) {
            int offset = phrase * PianoRoll.CELLS;
            ask(phrases, offset);
            Arrays.fill(isPlayed, false);
            Arrays.fill(isAdded, false);
            if (before == Before.ITSELF) {
                play(phrases, offset, probabilities, false);
            }
            play(phrases, offset, probabilities, before == Before.ITSELF);
        }
    }

    /** Has all steps of a phrase answered in which something is struck, by its last steps: into {@code decided}. */
    private void ask(float[] phrases, int phrase) {
        int waiting = 0;
        for (int step = 0; step < PianoRoll.STEPS; step++) {
            if (isStruck(phrases, phrase, step, false)) {
                before.window(phrases, phrase, step + 1, windows, waiting * PianoRoll.CELLS);
                steps[waiting++] = step;
            }
            if (waiting == steps.length || (step == PianoRoll.STEPS - 1 && waiting > 0)) {
                answer(waiting);
                waiting = 0;
            }
        }
    }

    private void answer(int count) {
        generator.generate(windows, answers, count);
        for (int i = 0; i < count; i++) {
            System.arraycopy(
                    answers,
                    (i + 1) * PianoRoll.CELLS - PianoRoll.PITCHES,
                    decided,
                    steps[i] * PianoRoll.PITCHES,
                    PianoRoll.PITCHES);
        }
    }

    /** Plays a phrase once, from what sounds already; {@code isAgain} says that it was played just before as well. */
    private void play(float[] phrases, int phrase, float[] sounding, boolean isAgain) {
        for (int step = 0; step < PianoRoll.STEPS; step++) {
            int row = phrase + step * PianoRoll.PITCHES;
            if (isStruck(phrases, phrase, step, isAgain)) {
                decide(phrases, row, step);
            } else if (isSilent(phrases, row)) {
                Arrays.fill(isAdded, false);
            }
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                boolean isPlayersOwn = phrases[row + pitch] > 0 && isPlayed[pitch];
                sounding[row + pitch] = isPlayersOwn || isAdded[pitch] ? 1 : 0;
            }
        }
    }

    private void decide(float[] phrases, int row, int step) {
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            boolean isDown = phrases[row + pitch] > 0;
            boolean isWanted = decided[step * PianoRoll.PITCHES + pitch] > THRESHOLD;
            isPlayed[pitch] = isDown && isWanted;
            isAdded[pitch] = isWanted && !isDown;
        }
    }

    private static boolean isStruck(float[] phrases, int phrase, int step, boolean isAgain) {
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            if (phrases[phrase + step * PianoRoll.PITCHES + pitch] > 0
                    && !isHeld(phrases, phrase, step, pitch, isAgain)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a pitch sounded in the step before. */
    private static boolean isHeld(float[] phrases, int phrase, int step, int pitch, boolean isAgain) {
        int earlier = step > 0 ? step - 1 : PianoRoll.STEPS - 1;
        return (step > 0 || isAgain) && phrases[phrase + earlier * PianoRoll.PITCHES + pitch] > 0;
    }

    private static boolean isSilent(float[] phrases, int row) {
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            if (phrases[row + pitch] > 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        generator.close();
    }
}

package idiom.training.distil;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.data.PhraseSet;
import idiom.training.evaluate.Before;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Phrases, and what the teacher makes of each as a whole. A lesson is a step of a phrase in which something is struck: the
 * student is shown the 64 steps that end there, and has to say what the teacher, who knows how the phrase goes on, decides of it.
 * Decisions are taught, not probabilities: those of a generator that was trained by what is heard lie close to the threshold
 * everywhere, and tell little else.
 *
 * <p>A third of the lessons begin in silence, the others follow the phrase itself ({@link Before}).
 */
public final class Lessons {
    private static final double SILENCE = 1 / 3.0;
    private static final float THRESHOLD = 0.5f;

    private final PhraseSet phrases;
    private final PhraseSet answers;

    private Lessons(PhraseSet phrases, PhraseSet answers) {
        this.phrases = phrases;
        this.answers = answers;
    }

    /**
     * Asks the teacher about all phrases in which anything sounds.
     *
     * @param eachDone called after each phrase
     */
    public static Lessons of(PhraseSet all, Generator teacher, Runnable eachDone) {
        PhraseSet phrases = all.where(i -> !all.isSilent(i));
        List<PianoRoll> answers = new ArrayList<>();
        int batch = teacher.maxBatch();
        float[] windows = new float[batch * PianoRoll.CELLS];
        float[] probabilities = new float[batch * PianoRoll.CELLS];
        for (int first = 0; first < phrases.size(); first += batch) {
            int count = Math.min(batch, phrases.size() - first);
            for (int i = 0; i < count; i++) {
                phrases.toCells(first + i, windows, i * PianoRoll.CELLS);
            }
            teacher.generate(windows, probabilities, count);
            for (int i = 0; i < count; i++) {
                answers.add(PianoRoll.ofCells(probabilities, i * PianoRoll.CELLS, THRESHOLD));
                eachDone.run();
            }
        }
        return new Lessons(phrases, PhraseSet.ofRolls(answers));
    }

    /** Number of phrases, all of which sound. */
    public int size() {
        return phrases.size();
    }

    /**
     * Draws a lesson from a phrase.
     *
     * @param windows receives what the student hears, 64 steps of 84 pitches from {@code offset} on
     * @param wanted receives what the teacher decides of the same cells, 0 or 1, in its answer to the whole phrase
     */
    void draw(int phrase, RandomGenerator random, float[] windows, float[] wanted, int offset) {
        float[] played = new float[PianoRoll.CELLS];
        float[] answered = new float[PianoRoll.CELLS];
        phrases.toCells(phrase, played, 0);
        answers.toCells(phrase, answered, 0);
        int[] struck = IntStream.range(0, PianoRoll.STEPS)
                .filter(step -> isStruck(played, step))
                .toArray();
        int end = struck[random.nextInt(struck.length)] + 1;
        Before before = random.nextDouble() < SILENCE ? Before.SILENCE : Before.ITSELF;
        before.window(played, 0, end, windows, offset);
        before.window(answered, 0, end, wanted, offset);
    }

    private static boolean isStruck(float[] cells, int step) {
        int row = step * PianoRoll.PITCHES;
        return IntStream.range(row, row + PianoRoll.PITCHES)
                .anyMatch(cell -> cells[cell] > 0 && (step == 0 || cells[cell - PianoRoll.PITCHES] == 0));
    }
}

package idiom.training.evaluate;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;

/**
 * A generator as a live session that follows the player uses it: it hears no more than what has been played so far. A phrase
 * is cut into hops; each is answered by the last steps of the answer to the 64 steps that end with it. With a hop of 64 steps
 * this is the generator itself.
 *
 * <p>Closes the generator it is made of. One thread.
 */
public final class HopGenerator implements Generator {
    private final Generator generator;
    private final int hopSteps;
    private final Before before;
    private final float[] windows;
    private final float[] answers;

    /**
     * A generator that answers hop by hop.
     *
     * @param hopSteps divides 64
     * @param before what was played before each phrase
     */
    public HopGenerator(Generator generator, int hopSteps, Before before) {
        if (hopSteps < 1 || PianoRoll.STEPS % hopSteps != 0) {
            throw new IllegalArgumentException("hop must divide 64 steps: hopSteps=" + hopSteps);
        }
        this.generator = generator;
        this.hopSteps = hopSteps;
        this.before = before;
        this.windows = new float[generator.maxBatch() * PianoRoll.CELLS];
        this.answers = new float[generator.maxBatch() * PianoRoll.CELLS];
    }

    @Override
    public int maxBatch() {
        return generator.maxBatch();
    }

    @Override
    public void generate(float[] phrases, float[] probabilities, int count) {
        int hop = hopSteps * PianoRoll.PITCHES;
        for (int end = hopSteps; end <= PianoRoll.STEPS; end += hopSteps) {
            for (int phrase = 0; phrase < count; phrase++) {
                before.window(phrases, phrase * PianoRoll.CELLS, end, windows, phrase * PianoRoll.CELLS);
            }
            generator.generate(windows, answers, count);
            for (int phrase = 0; phrase < count; phrase++) {
                int begin = phrase * PianoRoll.CELLS;
                int played = end * PianoRoll.PITCHES;
                System.arraycopy(answers, begin + PianoRoll.CELLS - hop, probabilities, begin + played - hop, hop);
            }
        }
    }

    @Override
    public void close() {
        generator.close();
    }
}

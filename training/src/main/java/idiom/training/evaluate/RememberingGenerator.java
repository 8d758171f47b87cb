package idiom.training.evaluate;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A generator that remembers what it said of the windows it was asked about last: where ways to decode are compared, the same ones
 * come again and again. 21 KB a window. Closes the generator it is made of. One thread.
 */
public final class RememberingGenerator implements Generator {
    private final Generator generator;
    private final Map<PianoRoll, float[]> known;
    private final float[] asked;
    private final float[] answered;

    /** A generator that remembers so many windows. */
    public RememberingGenerator(Generator generator, int capacity) {
        this.generator = generator;
        this.known = new Memory(capacity);
        this.asked = new float[generator.maxBatch() * PianoRoll.CELLS];
        this.answered = new float[asked.length];
    }

    /** Forgets what was asked about longest ago. */
    private static final class Memory extends LinkedHashMap<PianoRoll, float[]> {
        private static final long serialVersionUID = 1;
        private final int capacity;

        Memory(int capacity) {
            super(16, 0.75f, true);
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<PianoRoll, float[]> eldest) {
            return size() > capacity;
        }
    }

    @Override
    public int maxBatch() {
        return generator.maxBatch();
    }

    @Override
    public void generate(float[] windows, float[] probabilities, int count) {
        PianoRoll[] rolls = new PianoRoll[count];
        int[] unknown = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            int offset = i * PianoRoll.CELLS;
            rolls[i] = PianoRoll.ofCells(windows, offset, 0.5f);
            float[] answer = known.get(rolls[i]);
            if (answer == null) {
                System.arraycopy(windows, offset, asked, size * PianoRoll.CELLS, PianoRoll.CELLS);
                unknown[size++] = i;
            } else {
                System.arraycopy(answer, 0, probabilities, offset, PianoRoll.CELLS);
            }
        }
        if (size > 0) {
            generator.generate(asked, answered, size);
        }
        for (int i = 0; i < size; i++) {
            int from = i * PianoRoll.CELLS;
            System.arraycopy(answered, from, probabilities, unknown[i] * PianoRoll.CELLS, PianoRoll.CELLS);
            known.put(rolls[unknown[i]], Arrays.copyOfRange(answered, from, from + PianoRoll.CELLS));
        }
    }

    @Override
    public void close() {
        generator.close();
    }
}

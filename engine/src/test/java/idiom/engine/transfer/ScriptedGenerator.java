package idiom.engine.transfer;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** A generator whose answers are known: a function of a window's cells. Remembers what it was asked. */
final class ScriptedGenerator implements Generator {
    private final int maxBatch;
    private final UnaryOperator<float[]> script;
    final List<PianoRoll> asked = new ArrayList<>();
    final List<Integer> batches = new ArrayList<>();

    ScriptedGenerator(int maxBatch, UnaryOperator<float[]> script) {
        this.maxBatch = maxBatch;
        this.script = script;
    }

    /** Returns its input. */
    static ScriptedGenerator identity() {
        return new ScriptedGenerator(4, cells -> cells);
    }

    /** Says the cells of a roll, whatever it is asked. */
    static ScriptedGenerator saying(PianoRoll roll) {
        float[] answer = new float[PianoRoll.CELLS];
        roll.toCells(answer, 0);
        return new ScriptedGenerator(4, cells -> answer);
    }

    /** Keeps most of a window and adds some cells, by a seed and the window itself. */
    static ScriptedGenerator random(long seed) {
        return new ScriptedGenerator(3, cells -> {
            SplittableRandom random = new SplittableRandom(
                    seed ^ PianoRoll.ofCells(cells, 0, 0.5f).hashCode());
            float[] answer = new float[cells.length];
            for (int i = 0; i < cells.length; i++) {
                double drawn = random.nextDouble();
                answer[i] = (float) (cells[i] > 0 ? Math.sqrt(drawn) : drawn * drawn * drawn * drawn);
            }
            return answer;
        });
    }

    @Override
    public int maxBatch() {
        return maxBatch;
    }

    @Override
    public void generate(float[] windows, float[] probabilities, int count) {
        if (count < 1 || count > maxBatch) {
            throw new IllegalArgumentException("count must be from 1 to " + maxBatch + ": count=" + count);
        }
        batches.add(count);
        for (int i = 0; i < count; i++) {
            float[] cells = java.util.Arrays.copyOfRange(windows, i * PianoRoll.CELLS, (i + 1) * PianoRoll.CELLS);
            asked.add(PianoRoll.ofCells(cells, 0, 0.5f));
            System.arraycopy(script.apply(cells), 0, probabilities, i * PianoRoll.CELLS, PianoRoll.CELLS);
        }
    }

    @Override
    public void close() {}
}

package idiom.training.report;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A generator whose answers are 0 or 1, each of which is computed once: several judges and the pictures ask for the same phrases.
 * Closes the generator it is made of. One thread.
 */
final class Remembering implements Generator {
    private final Generator generator;
    private final Map<PianoRoll, PianoRoll> answers = new HashMap<>();

    Remembering(Generator generator) {
        this.generator = generator;
    }

    @Override
    public int maxBatch() {
        return generator.maxBatch();
    }

    @Override
    public void generate(float[] windows, float[] probabilities, int count) {
        List<PianoRoll> asked = new ArrayList<>(count);
        Map<PianoRoll, Integer> fresh = new HashMap<>();
        for (int i = 0; i < count; i++) {
            PianoRoll window = PianoRoll.ofCells(windows, i * PianoRoll.CELLS, 0);
            asked.add(window);
            if (!answers.containsKey(window)) {
                fresh.putIfAbsent(window, fresh.size());
            }
        }
        ask(fresh);
        for (int i = 0; i < count; i++) {
            answer(asked.get(i)).toCells(probabilities, i * PianoRoll.CELLS);
        }
    }

    private PianoRoll answer(PianoRoll window) {
        PianoRoll answer = answers.get(window);
        if (answer == null) {
            throw new IllegalStateException("every window has been asked for");
        }
        return answer;
    }

    private void ask(Map<PianoRoll, Integer> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        float[] cells = new float[fresh.size() * PianoRoll.CELLS];
        float[] results = new float[cells.length];
        fresh.forEach((window, i) -> window.toCells(cells, i * PianoRoll.CELLS));
        generator.generate(cells, results, fresh.size());
        fresh.forEach((window, i) -> answers.put(window, PianoRoll.ofCells(results, i * PianoRoll.CELLS, 0.5f)));
    }

    @Override
    public void close() {
        generator.close();
    }
}

package idiom.training.evaluate;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.data.PhraseSet;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Sends whole sets of phrases through a generator, binarised as in the papers, or through chance. */
public final class PhraseTransfer {
    private static final float THRESHOLD = 0.5f;

    private PhraseTransfer() {}

    /** Each phrase as the generator makes it, cells of a probability above 0.5 sounding. */
    public static PhraseSet through(Generator generator, PhraseSet phrases) {
        int most = generator.maxBatch();
        float[] windows = new float[most * PianoRoll.CELLS];
        float[] probabilities = new float[most * PianoRoll.CELLS];
        List<PianoRoll> results = new ArrayList<>(phrases.size());
        for (int start = 0; start < phrases.size(); start += most) {
            int count = Math.min(most, phrases.size() - start);
            for (int i = 0; i < count; i++) {
                phrases.toCells(start + i, windows, i * PianoRoll.CELLS);
            }
            generator.generate(windows, probabilities, count);
            for (int i = 0; i < count; i++) {
                results.add(PianoRoll.ofCells(probabilities, i * PianoRoll.CELLS, THRESHOLD));
            }
        }
        return PhraseSet.ofRolls(results);
    }

    /**
     * The control: each original with as many cells added and as many removed as the transfer added and removed, at
     * random places. A classifier calls noise something too; a transfer has to beat this.
     */
    public static PhraseSet atRandom(PhraseSet originals, PhraseSet transferred, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<PianoRoll> results = new ArrayList<>(originals.size());
        for (int i = 0; i < originals.size(); i++) {
            PianoRoll original = originals.roll(i);
            PianoRoll result = transferred.roll(i);
            float[] before = new float[PianoRoll.CELLS];
            original.toCells(before, 0);
            float[] cells = before.clone();
            flip(before, cells, 1, original.minus(result).cellCount(), random);
            flip(before, cells, 0, result.minus(original).cellCount(), random);
            results.add(PianoRoll.ofCells(cells, 0, THRESHOLD));
        }
        return PhraseSet.ofRolls(results);
    }

    /** Inverts so many of the cells that were {@code from} before. */
    private static void flip(float[] before, float[] cells, float from, int count, RandomGenerator random) {
        int[] places = new int[before.length];
        int size = 0;
        for (int i = 0; i < before.length; i++) {
            if (before[i] == from) {
                places[size++] = i;
            }
        }
        for (int n = 0; n < count; n++) {
            int drawn = n + random.nextInt(size - n);
            int place = places[drawn];
            places[drawn] = places[n];
            cells[place] = 1 - from;
        }
    }
}

package idiom.training;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.data.NpyFile;
import idiom.training.data.PhraseSet;
import idiom.training.gan.Recipe;
import idiom.training.gan.RecipeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Tiny data and recipes, the same for the same arguments. */
public final class Synthetic {
    private static final List<String> TINY = List.of(
            "generator.width=2",
            "generator.blocks=1",
            "batch=2",
            "discriminators.width=2",
            "discriminators.pool=3",
            "schedule.steps=10");

    private Synthetic() {}

    /** The papers' recipe at the smallest size, with changes. */
    public static Recipe recipe(String... changes) {
        List<String> all = new ArrayList<>(TINY);
        all.addAll(List.of(changes));
        return RecipeText.read("", all);
    }

    /** Phrases of which one cell in ten sounds within the pitch indices [from, to), none elsewhere. */
    public static PhraseSet phrases(int count, int from, int to, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        return PhraseSet.ofRolls(IntStream.range(0, count)
                .mapToObj(i -> {
                    long[] pitches = new long[PianoRoll.PITCHES];
                    for (int pitch = from; pitch < to; pitch++) {
                        for (int step = 0; step < PianoRoll.STEPS; step++) {
                            pitches[pitch] |= (random.nextInt(10) == 0 ? 1L : 0L) << step;
                        }
                    }
                    return PianoRoll.ofPitches(pitches);
                })
                .toList());
    }

    /** A roll with one cell at each of the steps 0 to {@code cells} - 1, all on one pitch index. */
    public static PianoRoll line(int pitch, int cells) {
        long[] pitches = new long[PianoRoll.PITCHES];
        pitches[pitch] = (1L << cells) - 1;
        return PianoRoll.ofPitches(pitches);
    }

    /** Cells of phrases, one after the other. */
    public static float[] cells(PhraseSet phrases) {
        float[] cells = new float[phrases.size() * PianoRoll.CELLS];
        for (int i = 0; i < phrases.size(); i++) {
            phrases.toCells(i, cells, i * PianoRoll.CELLS);
        }
        return cells;
    }

    /** Two genres that anything can tell apart, jazz high and classic low, as a data set without tables. */
    public static Path dataset(Path folder, int train, int test, long seed) throws IOException {
        NpyFile.write(
                folder.resolve("jazz/train.npy"), phrases(train, 60, 72, seed).packed());
        NpyFile.write(
                folder.resolve("jazz/test.npy"), phrases(test, 60, 72, seed + 1).packed());
        NpyFile.write(
                folder.resolve("classic/train.npy"),
                phrases(train, 12, 24, seed + 2).packed());
        NpyFile.write(
                folder.resolve("classic/test.npy"),
                phrases(test, 12, 24, seed + 3).packed());
        return folder;
    }
}

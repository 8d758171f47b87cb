package idiom.engine.transfer;

import idiom.engine.harmony.Key;
import idiom.engine.harmony.KeyEstimate;
import idiom.engine.harmony.KeyFinder;
import idiom.engine.pianoroll.Cells;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.pianoroll.SongRoll;
import idiom.engine.pianoroll.Windows;
import idiom.presets.Decoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides the cells of a whole song, block by block of 64 steps from bar 1. Each hop of a block is filled with what the
 * generator says of it in the window of {@link Windows} that answers for it; a silent window says silence and is not
 * inferred. The block is then decoded as one window, so that mix, density limit and locks mean the same with every hop. A
 * silent block stays silent, and nothing is added before the first or after the last bar in which the player sounds.
 */
final class SongDecoder {
    private static final int WINDOW = PianoRoll.STEPS;

    private final SongRoll song;
    private final Windows windows;
    private final Answers answers;
    private final CellDecoder decoder;
    private final boolean needsKey;
    private final float[] block = new float[PianoRoll.CELLS];
    private final int firstSounding;
    private final int endSounding;

    SongDecoder(SongRoll song, Windows windows, Answers answers, Decoding decoding) {
        this.song = song;
        this.windows = windows;
        this.answers = answers;
        this.decoder = new CellDecoder(decoding);
        this.needsKey = decoding.keyLock();
        this.firstSounding = Math.floorDiv(song.firstStep(), PianoRoll.STEPS_PER_BAR) * PianoRoll.STEPS_PER_BAR;
        this.endSounding = endSounding(song);
    }

    /** First step after the last bar in which the player sounds; nothing is added from there on. */
    static int endSounding(SongRoll song) {
        return -Math.floorDiv(-song.endStep(), PianoRoll.STEPS_PER_BAR) * PianoRoll.STEPS_PER_BAR;
    }

    /** The cells that sound in the result, over the steps of the song's own cells. */
    Cells decode() {
        Cells after = new Cells(song.cells().firstStep(), song.cells().endStep());
        int perGroup = Answers.most();
        Map<Integer, PianoRoll> group = new LinkedHashMap<>();
        int decodedTo = after.firstStep();
        for (int hop = 0; hop < windows.count(); hop++) {
            if (hop % perGroup == 0) {
                group = prepare(hop, Math.min(windows.count(), hop + perGroup));
            }
            PianoRoll window = group.get(hop);
            if (window != null) {
                decodedTo = decodeUpTo(after, decodedTo, windows.hopStep(hop));
                fill(hop, answers.of(window));
            }
        }
        decodeUpTo(after, decodedTo, after.endStep());
        return after;
    }

    /** Infers the windows of some hops; those that sound, by hop. */
    private Map<Integer, PianoRoll> prepare(int firstHop, int endHop) {
        Map<Integer, PianoRoll> group = new LinkedHashMap<>();
        for (int hop = firstHop; hop < endHop; hop++) {
            PianoRoll window = song.cells().window(windows.windowStep(hop));
            if (!window.isEmpty()) {
                group.put(hop, window);
            }
        }
        answers.prepare(group.values());
        return group;
    }

    /** Decodes all blocks that end by {@code step}, from the block at {@code from} on; returns where the next begins. */
    private int decodeUpTo(Cells after, int from, int step) {
        int begin = from;
        for (; begin + WINDOW <= step; begin += WINDOW) {
            PianoRoll window = song.cells().window(begin);
            if (!window.isEmpty()) {
                PianoRoll heard = song.heard().window(begin);
                after.put(begin, decoder.decode(window, heard, block, 0, needsKey ? keyAround(begin) : null));
            }
            Arrays.fill(block, 0);
        }
        return begin;
    }

    /** Copies a hop's steps out of its window's answer into their places in the block. */
    private void fill(int hop, float[] answer) {
        int from = Math.max(windows.hopStep(hop), firstSounding);
        int end = Math.min(windows.hopStep(hop) + windows.hopSteps(), endSounding);
        if (from < end) {
            System.arraycopy(
                    answer,
                    (from - windows.windowStep(hop)) * PianoRoll.PITCHES,
                    block,
                    Math.floorMod(from, WINDOW) * PianoRoll.PITCHES,
                    (end - from) * PianoRoll.PITCHES);
        }
    }

    /** Key of a block and its two neighbours: twelve bars, enough to be sure and few enough to follow a modulation. */
    private @Nullable Key keyAround(int step) {
        List<PianoRoll> rolls = new ArrayList<>();
        for (int i = -1; i <= 1; i++) {
            rolls.add(song.cells().window(step + i * WINDOW));
        }
        return KeyFinder.standard()
                .find(KeyFinder.durations(rolls))
                .map(KeyEstimate::key)
                .orElse(null);
    }
}

package idiom.training.attribution.motif;

import idiom.engine.pianoroll.PianoRoll;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The notes of a phrase, sorted by onset, then pitch, with what sounds and begins at each step. Notes are named by their index
 * in that order. Immutable; [any].
 */
public final class PhraseNotes {
    private final List<PhraseNote> notes;
    private final List<List<Integer>> beginning = new ArrayList<>();
    private final List<List<Integer>> sounding = new ArrayList<>();

    private PhraseNotes(List<PhraseNote> notes) {
        this.notes = notes;
        for (int step = 0; step < PianoRoll.STEPS; step++) {
            int now = step;
            beginning.add(byPitch(i -> notes.get(i).onset() == now));
            sounding.add(byPitch(
                    i -> notes.get(i).onset() <= now && now < notes.get(i).end()));
        }
    }

    private List<Integer> byPitch(IntPredicate which) {
        return IntStream.range(0, notes.size())
                .filter(which)
                .boxed()
                .sorted(Comparator.comparingInt(i -> notes.get(i).pitch()))
                .toList();
    }

    /** The notes of a roll; none if it is silent. */
    public static PhraseNotes of(PianoRoll roll) {
        List<PhraseNote> notes = new ArrayList<>();
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            long left = roll.steps(pitch);
            while (left != 0) {
                int onset = Long.numberOfTrailingZeros(left);
                int length = Long.numberOfTrailingZeros(~(left >>> onset));
                notes.add(new PhraseNote(pitch + PianoRoll.LOWEST_PITCH, onset, length));
                left = onset + length == Long.SIZE ? 0 : left >>> (onset + length) << (onset + length);
            }
        }
        notes.sort(Comparator.comparingInt(PhraseNote::onset).thenComparingInt(PhraseNote::pitch));
        return new PhraseNotes(List.copyOf(notes));
    }

    /** All notes. */
    public List<PhraseNote> notes() {
        return notes;
    }

    /** How many. */
    public int size() {
        return notes.size();
    }

    /** Note {@code i}. */
    public PhraseNote note(int i) {
        return notes.get(i);
    }

    /** Notes that begin at a step, from the lowest up. */
    public List<Integer> beginning(int step) {
        return beginning.get(step);
    }

    /** Notes that sound at a step, from the lowest up. */
    public List<Integer> sounding(int step) {
        return sounding.get(step);
    }

    /** Steps at which something begins. */
    public int[] onsetSteps() {
        return IntStream.range(0, PianoRoll.STEPS)
                .filter(step -> !beginning.get(step).isEmpty())
                .toArray();
    }

    /** The top line: notes above which nothing sounds when they begin, in time. */
    public List<Integer> topLine() {
        List<Integer> line = new ArrayList<>();
        for (int step : onsetSteps()) {
            List<Integer> all = sounding(step);
            int highest = all.get(all.size() - 1);
            if (note(highest).onset() == step) {
                line.add(highest);
            }
        }
        return line;
    }

    /** The lowest line: notes below {@code limit} (MIDI, exclusive) under which nothing sounds when they begin, in time. */
    public List<Integer> lowestLine(int limit) {
        List<Integer> line = new ArrayList<>();
        for (int step : onsetSteps()) {
            int lowest = sounding(step).get(0);
            if (note(lowest).onset() == step && note(lowest).pitch() < limit) {
                line.add(lowest);
            }
        }
        return line;
    }
}

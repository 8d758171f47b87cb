package idiom.engine.pianoroll;

import idiom.engine.midi.Note;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A song on the grid, with a way back from each cell to every note it came from: the cells are lossy, the links are not. A
 * cell may come from several notes, struck one after the other, on several channels, or overlapping.
 *
 * <p>Notes are known by their index in the list the roll was made of. Notes that a roll can't show ({@link
 * Rendering#shows}) have no cells and are in no link. Immutable; any thread.
 */
public final class SongRoll {
    /** Most steps a song may have: 18 hours of 4/4 at 240 quarters a minute. */
    public static final int MOST_STEPS = 1 << 20;

    private final BeatGrid grid;
    private final List<Note> notes;
    private final Cells cells;
    private int firstStep;
    private int endStep;
    private final int[] firstSteps;
    private final int[] endSteps;
    /** Per pitch: indices of its notes by first step. */
    private final int[][] byPitch;
    /** Per pitch, as long as {@link #byPitch}: the latest end step of the notes so far. */
    private final int[][] latestEnds;

    private SongRoll(BeatGrid grid, List<Note> notes) {
        this.grid = grid;
        this.notes = List.copyOf(notes);
        this.firstSteps = new int[notes.size()];
        this.endSteps = new int[notes.size()];
        this.cells = locate();
        this.byPitch = sortByPitch();
        this.latestEnds = new int[PianoRoll.PITCHES][];
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            latestEnds[pitch] = fill(pitch);
        }
    }

    /**
     * Renders notes.
     *
     * @param notes in any order
     * @throws IllegalArgumentException if the notes lie further apart than {@link #MOST_STEPS}
     */
    public static SongRoll of(List<Note> notes, BeatGrid grid) {
        return new SongRoll(grid, notes);
    }

    /** The grid under the cells. */
    public BeatGrid grid() {
        return grid;
    }

    /** All notes, also those without cells, as given. */
    public List<Note> notes() {
        return notes;
    }

    /** The cells; not to be written to. */
    public Cells cells() {
        return cells;
    }

    /** Whether the note of that index has cells. */
    public boolean shows(int note) {
        return Rendering.shows(notes.get(note));
    }

    /** First step at which anything sounds, negative in a pick-up; 0 if nothing does. */
    public int firstStep() {
        return firstStep;
    }

    /** First step after all that sounds; 0 if nothing does. */
    public int endStep() {
        return endStep;
    }

    /** First step of a note's cells; 0 if it has none. */
    public int firstStep(int note) {
        return firstSteps[note];
    }

    /** First step after a note's cells; 0 if it has none. */
    public int endStep(int note) {
        return endSteps[note];
    }

    /** Indices of the notes of a pitch index in [0, 84), by first step, equal ones by index; a copy. */
    public int[] notesOf(int pitch) {
        return byPitch[pitch].clone();
    }

    /** Indices of all notes that cover the cell, by first step; empty exactly if the cell is silent. */
    public List<Integer> notesAt(int step, int pitch) {
        List<Integer> found = new ArrayList<>();
        int[] candidates = byPitch[pitch];
        for (int i = firstAfter(candidates, step) - 1; i >= 0 && latestEnds[pitch][i] > step; i--) {
            if (endSteps[candidates[i]] > step) {
                found.add(0, candidates[i]);
            }
        }
        return found;
    }

    private int firstAfter(int[] candidates, int step) {
        int low = 0;
        int high = candidates.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (firstSteps[candidates[middle]] <= step) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Cells locate() {
        long first = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        for (Note note : notes) {
            if (Rendering.shows(note)) {
                first = Math.min(first, Rendering.firstStep(note, grid));
                end = Math.max(end, Rendering.endStep(note, grid));
            }
        }
        if (end < first) {
            return new Cells(0, 0);
        }
        if (end - first > MOST_STEPS || first < -MOST_STEPS || end > MOST_STEPS) {
            throw new IllegalArgumentException("a song must lie within " + MOST_STEPS
                    + " steps of a 16th from its first bar line: firstStep=" + first + " endStep=" + end);
        }
        for (int i = 0; i < firstSteps.length; i++) {
            if (shows(i)) {
                firstSteps[i] = (int) Rendering.firstStep(notes.get(i), grid);
                endSteps[i] = (int) Rendering.endStep(notes.get(i), grid);
            }
        }
        firstStep = (int) first;
        endStep = (int) end;
        return new Cells(firstStep, endStep);
    }

    private int[][] sortByPitch() {
        List<List<Integer>> lists = new ArrayList<>();
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            lists.add(new ArrayList<>());
        }
        for (int i = 0; i < notes.size(); i++) {
            if (shows(i)) {
                lists.get(notes.get(i).pitch() - PianoRoll.LOWEST_PITCH).add(i);
            }
        }
        int[][] sorted = new int[PianoRoll.PITCHES][];
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            List<Integer> list = lists.get(pitch);
            list.sort(Comparator.comparingInt(i -> firstSteps[i]));
            sorted[pitch] = list.stream().mapToInt(Integer::intValue).toArray();
        }
        return sorted;
    }

    /** Sets the cells of a pitch, each once however many notes lie over it, and tells the latest ends. */
    private int[] fill(int pitch) {
        int[] ends = new int[byPitch[pitch].length];
        int filledTo = Integer.MIN_VALUE;
        for (int i = 0; i < ends.length; i++) {
            int note = byPitch[pitch][i];
            cells.set(pitch, Math.max(filledTo, firstSteps[note]), endSteps[note]);
            filledTo = Math.max(filledTo, endSteps[note]);
            ends[i] = filledTo;
        }
        return ends;
    }

    @Override
    public String toString() {
        return "SongRoll[notes=" + notes.size() + ", firstStep=" + firstStep + ", endStep=" + endStep + "]";
    }
}

package idiom.engine.pianoroll;

import idiom.engine.midi.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A song on the grid, with a way back from each cell to every note it came from: the cells are lossy, the links are not. A
 * cell may come from several notes, struck one after the other, on several channels, or overlapping.
 *
 * <p>Three views of a song, for the rules of {@link Rendering} show other steps than the ear hears:
 *
 * <ul>
 *   <li>{@link #cells}: what the model sees.
 *   <li>{@link #covered}: the same and the steps hidden before a strike: all that any note touches.
 *   <li>{@link #heard}: the notes' <em>cores</em>, hidden steps included. A note's core is the steps it covers without a
 *       first or last one that it fills by less than half (of two such steps alone the one it fills more stays; a first one
 *       stays if all others are hidden). The step that a note ending on the grid covers beyond its end is never in it.
 * </ul>
 *
 * <p>The song ends where its last note is heard out, and no cell lies beyond that. Notes are known by their index in the
 * list the roll was made of. Notes that a roll can't show ({@link Rendering#shows}) have no cells and are in no link.
 * Immutable; any thread.
 */
public final class SongRoll {
    /** Most steps a song may have: 18 hours of 4/4 at 240 quarters a minute. */
    public static final int MOST_STEPS = 1 << 20;

    private final BeatGrid grid;
    private final List<Note> notes;
    private final Cells cells;
    private final Cells covered;
    private final Cells heard;
    private int firstStep;
    private int endStep;
    private final int[] firstSteps;
    private final int[] endSteps;
    private final int[] coreFirsts;
    private final int[] coreEnds;
    /** Per pitch: indices of its notes by first step. */
    private final int[][] byPitch;
    /** Per pitch, as long as {@link #byPitch}: the latest end step of the notes so far. */
    private final int[][] latestEnds;

    private final Strikes[] strikes = new Strikes[PianoRoll.PITCHES];

    private SongRoll(BeatGrid grid, List<Note> notes) {
        this.grid = grid;
        this.notes = List.copyOf(notes);
        this.firstSteps = new int[notes.size()];
        this.endSteps = new int[notes.size()];
        this.coreFirsts = new int[notes.size()];
        this.coreEnds = new int[notes.size()];
        locate();
        this.cells = new Cells(firstStep, endStep);
        this.covered = new Cells(firstStep, endStep);
        this.heard = new Cells(firstStep, endStep);
        this.byPitch = sortByPitch();
        this.latestEnds = new int[PianoRoll.PITCHES][];
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            int[] indices = byPitch[pitch];
            strikes[pitch] = Strikes.of(
                    Arrays.stream(indices).map(this::voice).toArray(),
                    Arrays.stream(indices).map(i -> firstSteps[i]).toArray());
            show(pitch);
            latestEnds[pitch] = cover(pitch);
            hear(pitch);
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

    /** The cells that the roll shows; not to be written to. */
    public Cells cells() {
        return cells;
    }

    /** The cells that any note covers, shown or hidden before a strike; not to be written to. */
    public Cells covered() {
        return covered;
    }

    /** The cells of the notes' cores, shown or hidden before a strike; not to be written to. */
    public Cells heard() {
        return heard;
    }

    /** Whether the note of that index is one that rolls show. */
    public boolean shows(int note) {
        return Rendering.shows(notes.get(note));
    }

    /** First step at which a note lies, negative in a pick-up; 0 if there is none. */
    public int firstStep() {
        return firstStep;
    }

    /** First step after all that is heard; 0 if nothing is. */
    public int endStep() {
        return endStep;
    }

    /** First step that a note covers; 0 if it has none. */
    public int firstStep(int note) {
        return firstSteps[note];
    }

    /** First step after those a note covers; 0 if it has none. */
    public int endStep(int note) {
        return endSteps[note];
    }

    /** First step of a note's core; 0 if it has none. */
    public int coreFirstStep(int note) {
        return coreFirsts[note];
    }

    /** First step after a note's core; 0 if it has none. */
    public int coreEndStep(int note) {
        return coreEnds[note];
    }

    /** First step from {@code step} on that is not hidden in the voice and pitch of a note. */
    public int nextShown(int note, int step) {
        return strikes[pitchIndex(note)].nextShown(voice(note), step);
    }

    /** First step in [{@code step}, {@code limit}) that is hidden in the voice and pitch of a note; else the limit. */
    public int nextHidden(int note, int step, int limit) {
        return strikes[pitchIndex(note)].nextHidden(voice(note), step, limit);
    }

    /** Indices of the notes of a pitch index in [0, 84), by first step, equal ones by index; a copy. */
    public int[] notesOf(int pitch) {
        return byPitch[pitch].clone();
    }

    /** Indices of all notes that the cell shows, by first step; empty exactly if the cell is silent. */
    public List<Integer> notesAt(int step, int pitch) {
        List<Integer> found = new ArrayList<>();
        int[] candidates = byPitch[pitch];
        for (int i = firstAfter(candidates, step) - 1; i >= 0 && latestEnds[pitch][i] > step; i--) {
            if (endSteps[candidates[i]] > step && !strikes[pitch].hides(voice(candidates[i]), step)) {
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

    private int voice(int note) {
        return Rendering.voice(notes.get(note));
    }

    private int pitchIndex(int note) {
        return notes.get(note).pitch() - PianoRoll.LOWEST_PITCH;
    }

    private void locate() {
        long first = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        for (Note note : notes) {
            if (Rendering.shows(note)) {
                first = Math.min(first, Rendering.firstStep(note, grid));
                end = Math.max(end, Rendering.heardEndStep(note, grid));
            }
        }
        if (end < first) {
            return;
        }
        if (end - first > MOST_STEPS || first < -MOST_STEPS || end > MOST_STEPS) {
            throw new IllegalArgumentException("a song must lie within " + MOST_STEPS
                    + " steps of a 16th from its first bar line: firstStep=" + first + " endStep=" + end);
        }
        for (int i = 0; i < firstSteps.length; i++) {
            if (shows(i)) {
                firstSteps[i] = (int) Rendering.firstStep(notes.get(i), grid);
                endSteps[i] = (int) Math.min(end, Rendering.endStep(notes.get(i), grid));
            }
        }
        firstStep = (int) first;
        endStep = (int) end;
    }

    private int[][] sortByPitch() {
        List<List<Integer>> lists = new ArrayList<>();
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            lists.add(new ArrayList<>());
        }
        for (int i = 0; i < notes.size(); i++) {
            if (shows(i)) {
                lists.get(pitchIndex(i)).add(i);
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

    /** Sets what the roll shows of a pitch: in each voice, from strike to strike, each cell once. */
    private void show(int pitch) {
        Map<Integer, int[]> endAndFilled = new HashMap<>();
        for (int note : byPitch[pitch]) {
            int first = firstSteps[note];
            int[] known = endAndFilled.computeIfAbsent(voice(note), voice -> new int[] {first, first});
            known[0] = Math.max(known[0], endSteps[note]);
            int end = strikes[pitch].nextHidden(voice(note), first, known[0]);
            int from = Math.max(first, known[1]);
            if (from < end) {
                cells.set(pitch, from, end);
                known[1] = end;
            }
        }
    }

    /** Sets what notes of a pitch cover, each cell once however many lie over it, and tells the latest ends. */
    private int[] cover(int pitch) {
        int[] ends = new int[byPitch[pitch].length];
        int filledTo = Integer.MIN_VALUE;
        for (int i = 0; i < ends.length; i++) {
            int note = byPitch[pitch][i];
            covered.set(pitch, Math.max(filledTo, firstSteps[note]), endSteps[note]);
            filledTo = Math.max(filledTo, endSteps[note]);
            ends[i] = filledTo;
        }
        return ends;
    }

    /** Finds the cores of a pitch and sets their cells. */
    private void hear(int pitch) {
        int filledTo = Integer.MIN_VALUE;
        for (int note : byPitch[pitch]) {
            findCore(note, strikes[pitch]);
            // Cores are in order but for their first steps, which may lie one after another's.
            heard.set(pitch, coreFirsts[note], coreFirsts[note] + 1);
            heard.set(pitch, Math.max(filledTo, coreFirsts[note]), coreEnds[note]);
            filledTo = Math.max(filledTo, coreEnds[note]);
        }
    }

    private void findCore(int index, Strikes struck) {
        Note note = notes.get(index);
        int first = firstSteps[index];
        // Not the end that the end of the song may have cut: a note is judged by its own.
        int end = (int) Math.min(MOST_STEPS + 1L, Rendering.endStep(note, grid));
        double inFirst = first + 1 - grid.position(note.onTick());
        double inLast = grid.position(note.offTick()) - (end - 1);
        boolean isOne = end - first == 1;
        boolean isPair = end - first == 2;
        boolean dropsFirst = !isOne && inFirst < 0.5 && !(isPair && inFirst >= inLast);
        boolean dropsLast = !isOne && inLast < 0.5 && !(isPair && inLast > inFirst);
        coreEnds[index] = dropsLast ? end - 1 : end;
        boolean restIsHidden = struck.nextShown(voice(index), first + 1) >= coreEnds[index];
        boolean keepsFirst = restIsHidden && !struck.hides(voice(index), first);
        coreFirsts[index] = dropsFirst && !keepsFirst ? first + 1 : first;
    }

    @Override
    public String toString() {
        return "SongRoll[notes=" + notes.size() + ", firstStep=" + firstStep + ", endStep=" + endStep + "]";
    }
}

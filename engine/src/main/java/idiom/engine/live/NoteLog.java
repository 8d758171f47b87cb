package idiom.engine.live;

import idiom.engine.pianoroll.PianoRoll;
import java.util.Arrays;

/**
 * The player's notes of the last windows, in the order of their onsets, and what became of them. Arrays of fixed size;
 * positions are steps of the song. [session]
 */
final class NoteLog {
    /** What becomes of a note at the output. */
    enum Fate {
        /** Not decided yet. */
        PENDING,
        /** It is played, and its end is still to come. */
        PLAYED,
        /** It was played and its end is decided. */
        ENDED,
        /** The generator left it out, or cut it short. */
        GONE
    }

    /** End of a note that is still held. */
    static final double HELD = Double.POSITIVE_INFINITY;

    /**
     * What comes this little before a step, in steps, is meant for it: hosts round to frames and ticks, and a note on the grid
     * must not fall into the step before. Two milliseconds at 120 quarters a minute.
     */
    static final double EARLY = 1 / 64.0;

    /**
     * So near to a step an end is one on the step. Less than a tick of most programs, which make legato notes a tick shorter;
     * more than what hosts round by.
     */
    static final double ROUNDED = 1 / 256.0;

    private static final int VOICES = 16 * PianoRoll.PITCHES;

    private final int[] ons;
    private final int[] offs;
    private final double[] onSteps;
    private final double[] offSteps;
    private final Fate[] fates;
    private final long[] strikes = new long[VOICES];
    private final NoteCore core = new NoteCore();
    private int size;

    NoteLog(int capacity) {
        this.ons = new int[capacity];
        this.offs = new int[capacity];
        this.onSteps = new double[capacity];
        this.offSteps = new double[capacity];
        this.fates = new Fate[capacity];
    }

    /** Whether a roll can show a note-on: no drum, and pitch 24 to 107. */
    static boolean shows(int message) {
        int index = Message.data1(message) - PianoRoll.LOWEST_PITCH;
        return Message.channel(message) != Message.DRUMS && index >= 0 && index < PianoRoll.PITCHES;
    }

    int size() {
        return size;
    }

    /** Enters a note that is struck; false if there is no room. */
    boolean strike(double step, int on, Fate fate) {
        if (size == ons.length) {
            return false;
        }
        ons[size] = on;
        onSteps[size] = step;
        offSteps[size] = HELD;
        fates[size] = fate;
        size++;
        return true;
    }

    /** Ends the oldest note of a key that is held; returns its place, or -1 if none is. */
    int release(double step, int off) {
        for (int i = 0; i < size; i++) {
            if (offSteps[i] == HELD && Message.key(ons[i]) == Message.key(off)) {
                offs[i] = off;
                offSteps[i] = Math.max(step, onSteps[i]);
                return i;
            }
        }
        return -1;
    }

    int on(int note) {
        return ons[note];
    }

    int off(int note) {
        return offs[note];
    }

    double onStep(int note) {
        return onSteps[note];
    }

    double offStep(int note) {
        return offSteps[note];
    }

    /** The step of a roll in which a note begins. */
    long onCell(int note) {
        return cellOf(onSteps[note]);
    }

    /** The step of a roll in which a note that has ended ends; never before the one in which it begins. */
    long offCell(int note) {
        return Math.max(onCell(note), (long) Math.floor(offSteps[note] + ROUNDED));
    }

    /** The step of a roll that a position belongs to. */
    static long cellOf(double step) {
        return (long) Math.floor(step + EARLY);
    }

    /** Whether a note begins at a position or later, and before another. */
    boolean isStruckWithin(int note, double from, double end) {
        double step = onSteps[note] + EARLY;
        return step >= from && step < end;
    }

    Fate fate(int note) {
        return fates[note];
    }

    void decide(int note, Fate fate) {
        fates[note] = fate;
    }

    /** The same becomes of all notes. */
    void decideAll(Fate fate) {
        Arrays.fill(fates, 0, size, fate);
    }

    /** Makes notes that a roll can show and that were struck in [{@code from}, {@code end}) undecided again. */
    void reopen(double from, double end) {
        for (int i = 0; i < size; i++) {
            if (isStruckWithin(i, from, end) && shows(ons[i])) {
                fates[i] = Fate.PENDING;
            }
        }
    }

    /** Says anew where a note ends. */
    void end(int note, int off, double step) {
        offs[note] = off;
        offSteps[note] = step;
    }

    /** Index of the note's pitch in a roll. */
    int pitch(int note) {
        return Message.data1(ons[note]) - PianoRoll.LOWEST_PITCH;
    }

    /** Forgets notes that ended before a step and of which nothing is to be decided any more. */
    void forgetBefore(double step) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            boolean isDone = fates[i] == Fate.ENDED || fates[i] == Fate.GONE;
            if (offSteps[i] >= step || !isDone) {
                move(i, kept++);
            }
        }
        size = kept;
    }

    /** Forgets notes struck in [{@code from}, {@code end}). */
    void removeStruck(double from, double end) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!isStruckWithin(i, from, end)) {
                move(i, kept++);
            }
        }
        size = kept;
    }

    /** The same of those that are undecided; whether there were any. */
    boolean removePending(double from, double end) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (fates[i] != Fate.PENDING || !isStruckWithin(i, from, end)) {
                move(i, kept++);
            }
        }
        boolean isLess = kept < size;
        size = kept;
        return isLess;
    }

    /** Forgets all notes but those that are played and whose end is still to come. */
    void keepPlayed() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (fates[i] == Fate.PLAYED) {
                move(i, kept++);
            }
        }
        size = kept;
    }

    /** Whether a note of another log is in this one. */
    boolean holds(NoteLog other, int note) {
        for (int i = 0; i < size; i++) {
            if (ons[i] == other.ons[note] && onSteps[i] == other.onSteps[note]) {
                return true;
            }
        }
        return false;
    }

    /** Enters a note of another log where its onset belongs, undecided; false if there is no room. */
    boolean insert(NoteLog other, int note) {
        return insert(other, note, Fate.PENDING);
    }

    /** The same, with what has become of it. */
    boolean insert(NoteLog other, int note, Fate fate) {
        if (size == ons.length) {
            return false;
        }
        int place = size++;
        while (place > 0 && onSteps[place - 1] > other.onSteps[note]) {
            move(place - 1, place);
            place--;
        }
        ons[place] = other.ons[note];
        offs[place] = other.offs[note];
        onSteps[place] = other.onSteps[note];
        offSteps[place] = other.offSteps[note];
        fates[place] = fate;
        return true;
    }

    /** Enters a note after all others, undecided; false if there is no room. */
    boolean append(SongMemory.PlayedNote note) {
        if (!strike(note.onStep(), note.on(), Fate.PENDING)) {
            return false;
        }
        end(size - 1, note.off(), note.offStep());
        return true;
    }

    private void move(int from, int to) {
        ons[to] = ons[from];
        offs[to] = offs[from];
        onSteps[to] = onSteps[from];
        offSteps[to] = offSteps[from];
        fates[to] = fates[from];
    }

    /** Whether any key that a roll can show is down. */
    boolean isHeld() {
        for (int i = 0; i < size; i++) {
            if (offSteps[i] == HELD && shows(ons[i])) {
                return true;
            }
        }
        return false;
    }

    /** Forgets everything. */
    void clear() {
        size = 0;
    }

    /**
     * Renders the window of 64 steps that begins at a step, by the rules of {@link idiom.engine.pianoroll.Rendering}, a voice
     * being a channel; notes that are held sound to the end of the window.
     *
     * @param before receives what the roll shows, a step mask per pitch
     * @param heard receives what is heard: the notes' cores ({@link NoteCore}), hidden steps included
     */
    void render(long first, long[] before, long[] heard) {
        Arrays.fill(before, 0);
        Arrays.fill(heard, 0);
        Arrays.fill(strikes, 0);
        for (int i = 0; i < size; i++) {
            long struck = onCell(i) - first;
            if (shows(ons[i]) && struck > 0 && struck <= PianoRoll.STEPS) {
                strikes[voice(i)] |= 1L << (struck - 1);
            }
        }
        for (int i = 0; i < size; i++) {
            if (shows(ons[i])) {
                before[pitch(i)] |= covered(i, first) & ~strikes[voice(i)];
            }
        }
        for (int i = 0; i < size; i++) {
            if (shows(ons[i])) {
                core.find(this, i, first, before[pitch(i)]);
                heard[pitch(i)] |= core.steps(first);
            }
        }
    }

    private int voice(int note) {
        return Message.channel(ons[note]) * PianoRoll.PITCHES + pitch(note);
    }

    /** Steps from the one the onset lies in to the one the end lies in, as mask of the window. */
    long covered(int note, long first) {
        long end = offSteps[note] == HELD ? first + PianoRoll.STEPS : offCell(note) + 1;
        return mask(onCell(note) - first, end - first);
    }

    /** Bits [from, end), what lies outside 0 to 63 cut off. */
    static long mask(long from, long end) {
        int low = (int) Math.max(0, Math.min(PianoRoll.STEPS, from));
        int high = (int) Math.max(0, Math.min(PianoRoll.STEPS, end));
        return low >= high ? 0 : (-1L >>> (PianoRoll.STEPS - (high - low))) << low;
    }
}

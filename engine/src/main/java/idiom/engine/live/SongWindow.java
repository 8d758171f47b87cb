package idiom.engine.live;

import idiom.engine.live.NoteLog.Fate;
import idiom.engine.pianoroll.PianoRoll;

/** What is known of four bars of a song: the notes played there, and what the network made of them. [session] */
final class SongWindow {
    /** Most that are kept. */
    static final int NOTES = 512;

    /** Played this much earlier or later in another pass, in steps, a note is the same. */
    static final double SAME = 0.1;

    final long[] before = new long[PianoRoll.PITCHES];
    final long[] after = new long[PianoRoll.PITCHES];
    /** What share of the changes was wanted at each step when it was answered. */
    final double[] shares = new double[PianoRoll.STEPS];

    private final HopDecoder.Ahead asAhead = new HopDecoder.Ahead(before, after);

    private final NoteLog notes = new NoteLog(NOTES);
    private boolean hasAnswer;
    private boolean isStale;
    private boolean isOutdated;

    /** The notes, in the order of their onsets; all undecided. */
    NoteLog notes() {
        return notes;
    }

    boolean hasAnswer() {
        return hasAnswer;
    }

    /** What the window before this one may know of it. */
    HopDecoder.Ahead asAhead() {
        return hasAnswer ? asAhead : HopDecoder.Ahead.UNKNOWN;
    }

    /** Whether notes have changed since the network was asked last. */
    boolean isStale() {
        return isStale;
    }

    /** Something that the answer depends on is other than it was, such as what sounds around it; it holds until there is a new one. */
    void doubtAnswer() {
        isStale = true;
    }

    void asked() {
        isStale = false;
    }

    void answered(WindowJob job) {
        System.arraycopy(job.before, 0, before, 0, PianoRoll.PITCHES);
        System.arraycopy(job.after, 0, after, 0, PianoRoll.PITCHES);
        System.arraycopy(job.shares, 0, shares, 0, PianoRoll.STEPS);
        hasAnswer = true;
        isOutdated &= isStale;
    }

    /** Another answer is wanted to the same notes, from now on; this one holds until it is there. */
    void outdateAnswer() {
        isOutdated = hasAnswer;
        isStale = true;
    }

    /** Whether the answer is one of before {@link #outdateAnswer}. */
    boolean isOutdated() {
        return isOutdated;
    }

    /** The answer is of no use any more: another preset plays, or everything passes through. */
    void forgetAnswer() {
        hasAnswer = false;
        isOutdated = false;
        isStale = true;
    }

    /**
     * Takes over what was played in another pass over steps [{@code from}, {@code end}). What is known of a note that was played
     * again stays, for it may be more: how long it sounds.
     *
     * @param pass notes of that pass, in the order of their onsets
     * @param missedFrom from where what is known and was not played again is forgotten; not before {@code from}
     * @param missedEnd to where; not after {@code end}
     * @return whether anything is other than what was known
     */
    boolean learn(NoteLog pass, double from, double end, double missedFrom, double missedEnd) {
        // Notes that were played again are marked as such.
        notes.decideAll(Fate.PENDING);
        boolean isOther = false;
        int first = 0;
        for (int i = 0; i < pass.size(); i++) {
            if (pass.isStruckWithin(i, from, end)) {
                while (first < notes.size() && notes.onStep(first) <= pass.onStep(i) - SAME) {
                    first++;
                }
                int known = find(pass, i, first);
                if (known < 0) {
                    isOther |= notes.insert(pass, i, Fate.PLAYED);
                } else {
                    notes.decide(known, Fate.PLAYED);
                    if (!hasSameEnd(pass, i, known, end)) {
                        notes.end(known, pass.off(i), pass.offStep(i));
                        isOther = true;
                    }
                }
            }
        }
        isOther |= notes.removePending(missedFrom, missedEnd);
        notes.decideAll(Fate.PENDING);
        isStale |= isOther;
        return isOther;
    }

    /** The first note from one on that is not marked and like one of another pass; -1 if there is none. */
    private int find(NoteLog pass, int note, int first) {
        for (int i = first; i < notes.size() && notes.onStep(i) < pass.onStep(note) + SAME; i++) {
            if (notes.fate(i) == Fate.PENDING && isLike(pass, note, i, 0)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a note of another pass, had it been struck so many steps earlier, would be like one that is known. */
    private boolean isLike(NoteLog pass, int note, int known, double earlier) {
        return notes.on(known) == pass.on(note) && Math.abs(notes.onStep(known) + earlier - pass.onStep(note)) < SAME;
    }

    /**
     * Whether a note played now ends where the known one does, as far as can be told at a position. An end that lies beyond it may be a cut:
     * hosts end what sounds just before they jump.
     */
    private boolean hasSameEnd(NoteLog pass, int note, int known, double position) {
        double end = pass.offStep(note);
        double before = notes.offStep(known);
        return end == before || Math.abs(end - before) < SAME || (end >= position && before >= position - SAME);
    }

    /** Whether there is a note as one of another pass would be, had it been struck so many steps earlier. */
    boolean has(NoteLog pass, int note, double earlier) {
        for (int i = 0; i < notes.size(); i++) {
            if (isLike(pass, note, i, earlier)) {
                return true;
            }
        }
        return false;
    }

    /** Takes over a note of another pass beside what is known; whether it was not known. */
    boolean learnNote(NoteLog pass, int note) {
        if (has(pass, note, 0) || !notes.insert(pass, note)) {
            return false;
        }
        isStale = true;
        return true;
    }

    /** Takes over where a note ended that was held beyond the window; the cells of the window don't change by that. */
    boolean learnEnd(NoteLog pass, int note) {
        for (int i = 0; i < notes.size(); i++) {
            if (isLike(pass, note, i, 0)) {
                double before = notes.offStep(i);
                notes.end(i, pass.off(note), pass.offStep(note));
                return !(Math.abs(before - pass.offStep(note)) < SAME);
            }
        }
        return false;
    }

    /** What is known of the window, to be kept, and whether its answer still holds. */
    SongMemory.Window remember(int index, boolean holds) {
        return new SongMemory.Window(
                index,
                SongMemory.notesOf(notes),
                hasAnswer && !isStale && holds
                        ? new SongMemory.Answer(PianoRoll.ofPitches(before), PianoRoll.ofPitches(after))
                        : null);
    }

    /**
     * Takes over what was kept, in place of what was known.
     *
     * @param keepsAnswer whether the answer still holds; if not, the network is asked again
     */
    void recall(SongMemory.Window kept, boolean keepsAnswer) {
        notes.clear();
        kept.notes().forEach(notes::append);
        SongMemory.Answer answer = kept.answer();
        hasAnswer = keepsAnswer && answer != null;
        isStale = !hasAnswer;
        isOutdated = false;
        if (answer != null) {
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                before[pitch] = answer.before().steps(pitch);
                after[pitch] = answer.after().steps(pitch);
            }
        }
    }

    /** The notes, those from a position on undecided again, and those before over. */
    NoteLog undecided(double from) {
        for (int i = 0; i < notes.size(); i++) {
            boolean isToCome = notes.isStruckWithin(i, from, Double.POSITIVE_INFINITY);
            notes.decide(i, isToCome ? Fate.PENDING : Fate.ENDED);
        }
        return notes;
    }
}

package idiom.engine.live;

import idiom.engine.live.NoteLog.Fate;
import idiom.engine.pianoroll.PianoRoll;

/** What is known of four bars of a song: the notes played there, and what the network made of them. [session] */
final class SongWindow {
    /** Most that are kept. */
    static final int NOTES = 512;

    /** Played this much earlier or later in another pass, in steps, a note is the same. */
    private static final double SAME = 0.1;

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
     * Takes over what was played in another pass over steps [{@code from}, {@code end}).
     *
     * @param pass notes of that pass, in the order of their onsets
     * @return whether that is other than what was known
     */
    boolean learn(NoteLog pass, double from, double end) {
        if (isSame(pass, from, end)) {
            return false;
        }
        isStale = true;
        notes.removeStruck(from, end);
        for (int i = 0; i < pass.size(); i++) {
            if (isWithin(pass, i, from, end)) {
                notes.insert(pass, i);
            }
        }
        return true;
    }

    private boolean isSame(NoteLog pass, double from, double end) {
        int known = 0;
        for (int i = 0; i < pass.size(); i++) {
            if (isWithin(pass, i, from, end)) {
                while (known < notes.size() && !isWithin(notes, known, from, end)) {
                    known++;
                }
                if (known == notes.size() || !isSame(pass, i, notes, known, end)) {
                    return false;
                }
                known++;
            }
        }
        while (known < notes.size() && !isWithin(notes, known, from, end)) {
            known++;
        }
        return known == notes.size();
    }

    private static boolean isWithin(NoteLog log, int note, double from, double end) {
        return log.isStruckWithin(note, from, end);
    }

    /**
     * Whether a note played now is one that is known, as far as can be told at a position. An end that lies beyond it may be a cut: hosts end
     * what sounds just before they jump.
     */
    private static boolean isSame(NoteLog a, int i, NoteLog b, int k, double position) {
        boolean sameEnd = a.offStep(i) == b.offStep(k)
                || Math.abs(a.offStep(i) - b.offStep(k)) < SAME
                || (a.offStep(i) >= position && b.offStep(k) >= position - SAME);
        return a.on(i) == b.on(k) && Math.abs(a.onStep(i) - b.onStep(k)) < SAME && sameEnd;
    }

    /** Takes over where a note ended that was held beyond the window; the cells of the window don't change by that. */
    boolean learnEnd(NoteLog pass, int note) {
        for (int i = 0; i < notes.size(); i++) {
            if (notes.on(i) == pass.on(note) && Math.abs(notes.onStep(i) - pass.onStep(note)) < SAME) {
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

package idiom.engine.live;

import idiom.engine.pianoroll.PianoRoll;

/**
 * The steps by which a note is judged: those it covers without a first or last one that it fills by less than half, by the
 * rules of {@link idiom.engine.pianoroll.SongRoll}. The live counterpart, for notes that may still be held: those go on to
 * the end of the window at least. One object serves for note after note. [session]
 */
final class NoteCore {
    private static final double HALF = 0.5;
    /** Later than any song, with room to count on. */
    private static final long HELD_END = 1L << 60;

    private long begin;
    private long end;

    /** First step. */
    long begin() {
        return begin;
    }

    /** First step after it; far away while the note is held. */
    long end() {
        return end;
    }

    /**
     * Finds the core of a note.
     *
     * @param first step of the window of 64 that is looked at
     * @param shown steps of the window that the roll shows of the note's pitch, as a mask
     */
    NoteCore find(NoteLog log, int note, long first, long shown) {
        long struck = log.onCell(note);
        boolean isHeld = log.offStep(note) == NoteLog.HELD;
        long covered = isHeld ? HELD_END : log.offCell(note) + 1;
        double inFirst = (double) (struck + 1) - log.onStep(note);
        double inLast = isHeld ? 1 : log.offStep(note) - (double) (covered - 1);
        boolean isOne = covered - struck == 1;
        boolean isPair = covered - struck == 2;
        boolean isLastKnown = isHeld && struck - first == PianoRoll.STEPS - 1;
        boolean dropsFirst = !isOne && !isLastKnown && inFirst < HALF && !(isPair && inFirst >= inLast);
        boolean dropsLast = !isOne && inLast < HALF && !(isPair && inLast > inFirst);
        end = dropsLast ? covered - 1 : covered;
        begin = dropsFirst && !isAllThereIs(struck, first, shown) ? struck + 1 : struck;
        return this;
    }

    /** Whether the step in which the note begins is shown and no other of its core, as far as the window goes. */
    private boolean isAllThereIs(long struck, long first, long shown) {
        long place = struck - first;
        boolean isShown = (NoteLog.mask(place, place + 1) & shown) != 0;
        boolean reachesBeyond = end - first > PianoRoll.STEPS;
        return isShown && !reachesBeyond && (NoteLog.mask(place + 1, end - first) & shown) == 0;
    }

    /** The core's steps in a window, as mask. */
    long steps(long first) {
        return NoteLog.mask(begin - first, end - first);
    }

    /**
     * The steps of the window that are left of the core once its cells have been decided. A step that is hidden before a strike
     * has no cell to judge by: it stays if the answer has it, else it shares the fate of the step before, and at the beginning
     * that of the strike that hides it. As {@code transfer.OwnCells}.
     *
     * @param before cells of the note's pitch that the network saw
     * @param after those of its answer
     * @param soundsBefore whether the note sounds just before the window, if it began there
     * @param staysThen whether a strike stays that is the first shown after the window
     */
    long staying(long first, long before, long after, boolean soundsBefore, boolean staysThen) {
        long core = steps(first);
        long lost = before & ~after;
        long hidden = core & ~before & ~after;
        long stays = core & ~lost & ~hidden;
        if (hidden == 0) {
            return stays;
        }
        int head = Long.numberOfTrailingZeros(core);
        long seen = before & -1L << head;
        boolean strikeStays = seen == 0 ? staysThen : (Long.lowestOneBit(seen) & lost) == 0;
        boolean staysHidden = begin < first ? soundsBefore : strikeStays;
        for (int step = head; step < PianoRoll.STEPS && (core & 1L << step) != 0; step++) {
            long bit = 1L << step;
            if ((hidden & bit) == 0) {
                staysHidden = (stays & bit) != 0;
            } else if (staysHidden) {
                stays |= bit;
            }
        }
        return stays;
    }
}

package idiom.engine.live;

import idiom.engine.live.NoteLog.Fate;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.transfer.Timing;
import idiom.presets.Feel;
import java.util.Arrays;

/**
 * Turns the answer for a hop into events: the player's own notes where their cells stay, new ones where cells come in. The
 * live counterpart of {@code transfer.NoteDecoder}, by the same rules, for music that is still going on: a note may be held
 * beyond the hop, and an added note that sounds to the end of one hop goes on in the next if the answer says so. Allocates
 * nothing. [session]
 *
 * <ul>
 *   <li>A player's note is judged by its core ({@link NoteCore}). If all of it stays, the note stays as it is, or is prolonged
 *       by what the answer adds behind it. What is left of the core otherwise sounds with the player's velocity, from where
 *       she struck it and to where she let it go at the core's edges, on the grid elsewhere.
 *   <li>A note that came after the window was taken is in nobody's answer, and stays.
 * </ul>
 */
final class HopDecoder {
    /** Receives what is decided; positions are those of the music that came in. */
    interface Events {
        /** A note of the player's. */
        void player(double step, int message);

        /** Begin or end of an added note. */
        void added(double step, int message, int serial);
    }

    /** What is known of the 64 steps after a window: cells that the network saw there and those of its answer. */
    static final class Ahead {
        /** Nothing is, so nothing is lost there. */
        static final Ahead UNKNOWN = new Ahead(new long[PianoRoll.PITCHES], new long[PianoRoll.PITCHES], false);

        private final long[] before;
        private final long[] after;
        private final boolean isKnown;

        /** A view of a window's cells, a step mask per pitch. */
        Ahead(long[] before, long[] after) {
            this(before, after, true);
        }

        private Ahead(long[] before, long[] after, boolean isKnown) {
            this.before = before;
            this.after = after;
            this.isKnown = isKnown;
        }
    }

    private static final int CENTRE = 64;
    /** So many cells behind an added run say whether it ends before silence. */
    private static final int SOON = 0b11;
    /** So many notes before and after an added one say how loud it is. */
    private static final int EACH_WAY = 16;

    private final NoteCore core = new NoteCore();
    /** Steps of the window that notes of a pitch touch. */
    private final long[] covered = new long[PianoRoll.PITCHES];
    /** Those that the staying ones account for. */
    private final long[] accounted = new long[PianoRoll.PITCHES];

    private final int[] openSerial = new int[PianoRoll.PITCHES];
    private final int[] openOn = new int[PianoRoll.PITCHES];
    private final Events events;
    private Timing timing = new Timing(Feel.STRAIGHT);
    private int channel = -1;
    private int serial;
    private long first;
    private long hopFirst;
    private long hopEnd;
    private long[] before = Ahead.UNKNOWN.before;
    private long[] after = Ahead.UNKNOWN.after;
    private Ahead ahead = Ahead.UNKNOWN;

    HopDecoder(Events events) {
        this.events = events;
    }

    /**
     * How added notes are played from now on.
     *
     * @param feel timing and loudness
     * @param newChannel 0 to 15, or -1 for the channel of the notes around them
     */
    void play(Feel feel, int newChannel) {
        timing = new Timing(feel);
        channel = newChannel;
    }

    /** As another one plays them. */
    void playAs(HopDecoder other) {
        timing = other.timing;
        channel = other.channel;
    }

    /** Decides steps [{@code from}, {@code end}) of the song, while nobody knows what comes then. */
    void decode(NoteLog log, long from, long end, long[] seen, long[] answer) {
        decode(log, from, end, seen, answer, Ahead.UNKNOWN);
    }

    /**
     * Decides steps [{@code from}, {@code end}) of the song.
     *
     * @param seen what the network saw in the 64 steps that end at {@code end}
     * @param answer what it answered
     * @param then the same of the 64 steps after them
     */
    void decode(NoteLog log, long from, long end, long[] seen, long[] answer, Ahead then) {
        first = end - PianoRoll.STEPS;
        hopFirst = from;
        hopEnd = end;
        before = seen;
        after = answer;
        ahead = then;
        Arrays.fill(covered, 0);
        Arrays.fill(accounted, 0);
        for (int note = 0; note < log.size(); note++) {
            if (isWithin(log, note)) {
                account(log, note);
            }
        }
        for (int note = 0; note < log.size(); note++) {
            if (isWithin(log, note) && log.fate(note) != Fate.ENDED) {
                decide(log, note);
            }
        }
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            addNotes(log, pitch);
        }
    }

    private boolean isWithin(NoteLog log, int note) {
        return log.onCell(note) < hopEnd && NoteLog.shows(log.on(note));
    }

    /** Ends all added notes that would have gone on, at a position, without deciding anything else. */
    void close(double step) {
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            end(pitch, step);
        }
    }

    /** Forgets added notes that would have gone on; somebody else has ended them. */
    void clear() {
        Arrays.fill(openSerial, 0);
    }

    /** What is left of the core of a note that has not ended, as far as it is decided now. */
    private long left(NoteLog log, int note) {
        int pitch = log.pitch(note);
        long then = ahead.before[pitch];
        boolean staysThen = (Long.lowestOneBit(then) & ~ahead.after[pitch]) == 0;
        long stays = core.find(log, note, first, before[pitch])
                .staying(first, before[pitch], after[pitch], log.fate(note) != Fate.GONE, staysThen);
        return log.fate(note) == Fate.PENDING ? stays : stays & fromStep(hopFirst);
    }

    private long bit(long step) {
        return NoteLog.mask(step - first, step + 1 - first);
    }

    private long fromStep(long step) {
        return NoteLog.mask(step - first, PianoRoll.STEPS);
    }

    /** The first step from one on that a mask lacks. */
    private long endOfRun(long steps, long from) {
        return first + Long.numberOfTrailingZeros(~(steps | ~fromStep(from)));
    }

    /** Takes down which cells a note touches and which of them it accounts for. */
    private void account(NoteLog log, int note) {
        int pitch = log.pitch(note);
        long touched = log.covered(note, first);
        covered[pitch] |= touched;
        if (log.fate(note) == Fate.ENDED) {
            accounted[pitch] |= touched;
            return;
        }
        long left = left(log, note);
        if (log.fate(note) == Fate.PLAYED) {
            accounted[pitch] |= touched & ~fromStep(core.end() <= hopFirst ? hopEnd : hopFirst);
        }
        accounted[pitch] |= left;
        boolean keepsHead = core.begin() >= hopEnd || (left & bit(core.begin())) != 0;
        boolean keepsTail = core.end() <= hopEnd && (left & bit(core.end() - 1)) != 0;
        if (keepsHead) {
            accounted[pitch] |= touched & ~fromStep(core.begin());
        }
        if (keepsTail) {
            accounted[pitch] |= touched & fromStep(core.end());
        }
    }

    /** Decides about a note that has not ended. */
    private void decide(NoteLog log, int note) {
        Fate fate = log.fate(note);
        long left = left(log, note);
        if (fate == Fate.PENDING) {
            begin(log, note, left);
        } else if (fate == Fate.PLAYED) {
            boolean isOver = core.end() <= hopFirst;
            long end = isOver ? hopFirst : endOfRun(left, Math.max(core.begin(), hopFirst));
            carryOn(log, note, end, true);
            playRuns(log, note, left & fromStep(end), false);
        } else {
            playRuns(log, note, left, false);
        }
    }

    private void begin(NoteLog log, int note, long left) {
        log.decide(note, Fate.GONE);
        if (core.begin() < hopEnd) {
            playRuns(log, note, left, true);
        } else {
            decideByWhatComes(log, note);
        }
    }

    /** Decides about a note struck just before the hop ends that belongs to the next step; if that is unknown, by this one. */
    private void decideByWhatComes(NoteLog log, int note) {
        int pitch = log.pitch(note);
        long lost = ahead.isKnown
                ? ahead.before[pitch] & ~ahead.after[pitch] & 1
                : before[pitch] & ~after[pitch] & fromStep(hopEnd - 1);
        if (lost == 0) {
            events.player(log.onStep(note), log.on(note));
            carryOn(log, note, hopEnd, true);
        }
    }

    /**
     * Plays each run of the steps that are left of a note's core.
     *
     * @param isWhole whether nothing of it was played before, so that the first run is the note and not a piece of it
     */
    private void playRuns(NoteLog log, int note, long steps, boolean isWhole) {
        boolean isNote = isWhole;
        long left = steps;
        while (left != 0) {
            long from = first + Long.numberOfTrailingZeros(left);
            long end = endOfRun(left, from);
            boolean isHead = from == core.begin();
            events.player(isHead ? log.onStep(note) : Math.max(log.onStep(note), (double) from), log.on(note));
            carryOn(log, note, end, isNote);
            isNote = false;
            left &= fromStep(end);
        }
    }

    /** Decides how a note goes on that sounds up to a step at least. */
    private void carryOn(NoteLog log, int note, long end, boolean mayBeProlonged) {
        if (end < Math.min(core.end(), hopEnd)) {
            log.decide(note, Fate.GONE);
            boolean isCut = (double) end < log.offStep(note);
            events.player(Math.min((double) end, log.offStep(note)), isCut ? offOf(log, note) : log.off(note));
        } else if (log.offStep(note) < hopEnd) {
            log.decide(note, Fate.ENDED);
            events.player(mayBeProlonged ? prolonged(log, note) : log.offStep(note), log.off(note));
        } else {
            log.decide(note, Fate.PLAYED);
        }
    }

    private static int offOf(NoteLog log, int note) {
        return Message.of(Message.NOTE_OFF | Message.channel(log.on(note)), Message.data1(log.on(note)), CENTRE);
    }

    /** Where a note ends: where the player ended it, or later, if the answer prolongs it. */
    private double prolonged(NoteLog log, int note) {
        int pitch = log.pitch(note);
        long covering = log.offCell(note) + 1;
        long tail = NoteLog.mask(core.end() - first, covering - first);
        boolean isWhole = (before[pitch] & ~after[pitch] & tail) == 0;
        long end = endOfRun(free(pitch), covering);
        long more = NoteLog.mask(covering - first, end - first);
        if (covering < hopFirst || !isWhole || (more & ~covered[pitch]) == 0) {
            return log.offStep(note);
        }
        accounted[pitch] |= more;
        return (double) heardEnd(pitch, end);
    }

    /** Cells of the answer that no note of the player's accounts for. */
    private long free(int pitch) {
        // What was shown and is no note of the log's was struck before all that it holds.
        long others = before[pitch] & ~covered[pitch];
        return after[pitch] & ~accounted[pitch] & ~others & fromStep(hopFirst);
    }

    /**
     * First step that an added run is not heard in any more. As in {@code transfer.NoteDecoder}: before silence, the last of
     * several cells only says that the note ended there.
     */
    private long heardEnd(int pitch, long end) {
        long place = end - first;
        long here = place < PianoRoll.STEPS ? after[pitch] >>> place : 0;
        long then = place < PianoRoll.STEPS - 1 ? 0 : ahead.after[pitch] << (PianoRoll.STEPS - place);
        boolean isUnknown = place == PianoRoll.STEPS && !ahead.isKnown;
        return isUnknown || ((here | then) & SOON) != 0 ? end : end - 1;
    }

    private void addNotes(NoteLog log, int pitch) {
        long left = free(pitch);
        if ((left & bit(hopFirst)) == 0) {
            end(pitch, (double) hopFirst);
        }
        while (left != 0) {
            long begin = first + Long.numberOfTrailingZeros(left);
            long end = endOfRun(left, begin);
            left &= fromStep(end);
            boolean isNew = openSerial[pitch] == 0;
            // Edges of notes that are gone are no notes of their own.
            boolean isAdded = (NoteLog.mask(begin - first, end - first) & ~covered[pitch]) != 0;
            if (isNew && isAdded) {
                add(log, pitch, begin);
            }
            long heardEnd = Math.max(isNew ? begin + 1 : begin, heardEnd(pitch, end));
            if (end < hopEnd || heardEnd < end) {
                end(pitch, timing.place(Math.toIntExact(heardEnd)));
            }
        }
    }

    /** As {@code transfer.Surroundings}, of what the log holds. */
    private void add(NoteLog log, int pitch, long step) {
        int middle = 0;
        while (middle < log.size() && log.onCell(middle) < step) {
            middle++;
        }
        int nearest = -1;
        double most = 0;
        double weights = 0;
        double velocities = 0;
        int end = placeOf(log, middle, 1);
        for (int note = placeOf(log, middle, -1); note < end; note++) {
            if (NoteLog.shows(log.on(note))) {
                double weight = weight(log, note, pitch, step);
                weights += weight;
                velocities += weight * Message.data2(log.on(note));
                if (weight > most) {
                    most = weight;
                    nearest = note;
                }
            }
        }
        if (nearest < 0) {
            return;
        }
        int place = Math.toIntExact(step);
        double loud = velocities / weights * timing.feel().velocityScale() + timing.accent(place);
        int velocity = (int) Math.max(1, Math.min(127, Math.round(loud)));
        int voice = channel >= 0 ? channel : Message.channel(log.on(nearest));
        openOn[pitch] = Message.of(Message.NOTE_ON | voice, pitch + PianoRoll.LOWEST_PITCH, velocity);
        openSerial[pitch] = ++serial;
        events.added(Math.max((double) hopFirst, timing.place(place)), openOn[pitch], serial);
    }

    /** Where in the log the notes end that are looked at before a place, or after it. */
    private static int placeOf(NoteLog log, int middle, int direction) {
        int place = middle;
        for (int left = EACH_WAY; left > 0; place += direction) {
            int next = direction < 0 ? place - 1 : place;
            if (next < 0 || next == log.size()) {
                break;
            }
            left -= NoteLog.shows(log.on(next)) ? 1 : 0;
        }
        return place;
    }

    /** A beat away counts as much as an octave. */
    private double weight(NoteLog log, int note, int pitch, long step) {
        core.find(log, note, first, before[log.pitch(note)]);
        double early = core.begin() - (double) step;
        double late = log.offStep(note) == NoteLog.HELD ? 0 : (double) (step - (core.end() - 1));
        double steps = Math.max(0, Math.max(early, late));
        double distance = 1 + steps / 4 + Math.abs(log.pitch(note) - pitch) / 12.0;
        return 1 / (distance * distance);
    }

    private void end(int pitch, double step) {
        if (openSerial[pitch] != 0) {
            int off =
                    Message.of(Message.NOTE_OFF | Message.channel(openOn[pitch]), Message.data1(openOn[pitch]), CENTRE);
            events.added(Math.max((double) hopFirst, step), off, openSerial[pitch]);
            openSerial[pitch] = 0;
        }
    }
}

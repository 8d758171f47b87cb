package idiom.engine.live;

import idiom.engine.live.NoteLog.Fate;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.transfer.Timing;
import idiom.presets.Feel;
import java.util.Arrays;

/**
 * Turns the answer for a hop into events: the player's own notes where their cells stay, new ones where cells come in. The
 * live counterpart of {@code transfer.NoteDecoder}, for music that is still going on: a note may be held beyond the hop, and
 * an added note that sounds to the end of one hop goes on in the next if the answer says so. Allocates nothing. [session]
 *
 * <ul>
 *   <li>A player's note whose first cell was shown and is gone is left out; what stays of it later comes as an added note of
 *       its velocity. One that loses a later cell ends there. All others end when the player ends them, or later, where the
 *       answer prolongs them.
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

    private static final int CENTRE = 64;

    private final long[] accounted = new long[PianoRoll.PITCHES];
    private final long[] lost = new long[PianoRoll.PITCHES];
    private final int[] openSerial = new int[PianoRoll.PITCHES];
    private final int[] openOn = new int[PianoRoll.PITCHES];
    private final Events events;
    private Timing timing = new Timing(Feel.STRAIGHT);
    private int channel = -1;
    private int serial;
    private long first;
    private long hopFirst;
    private long hopEnd;

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

    /**
     * Decides steps [{@code from}, {@code end}) of the song.
     *
     * @param before what the network saw in the 64 steps that end at {@code end}
     * @param after what it answered
     */
    void decode(NoteLog log, long from, long end, long[] before, long[] after) {
        first = end - PianoRoll.STEPS;
        hopFirst = from;
        hopEnd = end;
        Arrays.fill(accounted, 0);
        Arrays.fill(lost, 0);
        for (int note = 0; note < log.size(); note++) {
            if (log.onCell(note) < end && NoteLog.shows(log.on(note))) {
                decide(log, note, before, after);
            }
        }
        long hop = NoteLog.mask(from - first, PianoRoll.STEPS);
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            long newCells = after[pitch] & (~before[pitch] | lost[pitch]) & ~accounted[pitch] & hop;
            addNotes(log, pitch, newCells, after[pitch]);
        }
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

    private void decide(NoteLog log, int note, long[] before, long[] after) {
        int pitch = log.pitch(note);
        long struck = log.onCell(note);
        if (log.fate(note) == Fate.PENDING) {
            boolean isLost = (NoteLog.mask(struck - first, struck - first + 1) & before[pitch] & ~after[pitch]) != 0;
            log.decide(note, isLost ? Fate.GONE : Fate.PLAYED);
            if (!isLost) {
                events.player(log.onStep(note), log.on(note));
            }
        }
        if (log.fate(note) == Fate.PLAYED) {
            follow(log, note, pitch, Math.max(struck + 1, hopFirst), before, after);
        } else if (log.fate(note) == Fate.GONE) {
            lost[pitch] |= log.covered(note, first);
        }
        if (log.fate(note) != Fate.GONE) {
            accounted[pitch] |= log.covered(note, first);
        }
    }

    /** Decides how a note that is played goes on from a step: cut, ended, prolonged, or held beyond the hop. */
    private void follow(NoteLog log, int note, int pitch, long from, long[] before, long[] after) {
        long removed =
                before[pitch] & ~after[pitch] & log.covered(note, first) & NoteLog.mask(from - first, PianoRoll.STEPS);
        long cut = first + Long.numberOfTrailingZeros(removed);
        double off = log.offStep(note);
        if (removed != 0 && cut < off) {
            log.decide(note, Fate.GONE);
            accounted[pitch] |= NoteLog.mask(log.onCell(note) - first, cut - first);
            events.player(
                    (double) cut,
                    Message.of(Message.NOTE_OFF | Message.channel(log.on(note)), Message.data1(log.on(note)), CENTRE));
        } else if (off < hopEnd) {
            log.decide(note, Fate.ENDED);
            long next = log.offCell(note) + 1 - first;
            long more = next < PianoRoll.STEPS ? (after[pitch] & ~before[pitch]) >>> next : 0;
            int length = Long.numberOfTrailingZeros(~more);
            accounted[pitch] |= NoteLog.mask(next, next + length);
            events.player(length == 0 ? off : (double) (first + next + length), log.off(note));
        }
    }

    private void addNotes(NoteLog log, int pitch, long newCells, long after) {
        long left = newCells;
        if ((left & 1L << (hopFirst - first)) == 0) {
            end(pitch, (double) hopFirst);
        }
        while (left != 0) {
            int begin = Long.numberOfTrailingZeros(left);
            int length = Long.numberOfTrailingZeros(~(left >>> begin));
            int end = begin + length;
            left &= ~NoteLog.mask(begin, end);
            boolean isNew = openSerial[pitch] == 0;
            if (isNew) {
                begin(log, pitch, first + begin);
            }
            if (end < PianoRoll.STEPS) {
                // As in transfer.NoteDecoder: before silence, the last of several cells only says that the note ended
                // there.
                boolean isCut = (after >>> end & 0b11) != 0;
                boolean isOne = length == 1 && isNew;
                end(pitch, timing.place(Math.toIntExact(first + end - (isCut || isOne ? 0 : 1))));
            }
        }
    }

    private void begin(NoteLog log, int pitch, long step) {
        int nearest = -1;
        double most = 0;
        double weights = 0;
        double velocities = 0;
        for (int note = 0; note < log.size(); note++) {
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

    /** As in {@code transfer.Surroundings}: a beat away counts as much as an octave. */
    private static double weight(NoteLog log, int note, int pitch, long step) {
        double before = log.onCell(note) - (double) step;
        double after = log.offStep(note) == NoteLog.HELD ? 0 : (double) (step - log.offCell(note));
        double steps = Math.max(0, Math.max(before, after));
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

package idiom.engine.live;

import idiom.engine.live.DueQueue.Owner;
import idiom.engine.live.LiveSettings.Thru;
import java.util.Arrays;
import java.util.List;

/**
 * The way out: events wait here by song position until they are due soon, and leave under the rules of {@link SoundingNotes}:
 * no off without an on, no note over another, and an off for everything in the end. [session]
 */
final class Outlet {
    private static final int EVENTS = 16384;
    private static final int EVENTS_AT_ONCE = 2048;
    private static final int NO_PROGRAM = -1;
    private static final List<Route> ROUTES = List.of(Route.values());

    private final LongMessages longMessages = new LongMessages();
    private final SoundingNotes sounding = new SoundingNotes();
    private final AllNotesOff allNotesOff = new AllNotesOff(sounding, this::send);
    /** What the player plays, where it does not wait for an answer. */
    private final DueQueue atOnce = new DueQueue(EVENTS_AT_ONCE);
    /** How often each key will sound, in the player's hand, at the place where events are taken back. */
    private final int[] open = new int[SoundingNotes.KEYS];
    /** Keys whose added note was to end while the player held the same key. */
    private final boolean[] owed = new boolean[SoundingNotes.KEYS];

    private final int[] programs = new int[16];
    private final byte[] bytes = new byte[3];
    private final MidiSink sink;
    private final EchoGuard echoes;
    private final Timebase timebase;
    private final LiveCounters counters;
    private final Thru thru;
    private final long horizon;
    /** How often a key may sound at a time in the player's hand. */
    private int mostOfAKey = Integer.MAX_VALUE;

    private DueQueue queue = new DueQueue(EVENTS);
    private DueQueue spare = new DueQueue(EVENTS);
    /** How long before its due time a note has to be handed over; none is measured while it is negative. */
    private long allowance = -1;

    private long lastDue = Long.MIN_VALUE;
    /** Position of the last event that left the queue. */
    private double handedTo = Double.NEGATIVE_INFINITY;

    private int program = NO_PROGRAM;

    /**
     * A way out to a sink.
     *
     * @param echoes is told what leaves
     * @param leadTime how long before its time an event must be handed to the sink, in units of its clock
     * @param thru how the player's notes get out: with the answer, or otherwise by {@link #passAtOnce}
     */
    Outlet(MidiSink sink, EchoGuard echoes, Timebase timebase, LiveCounters counters, long leadTime, Thru thru) {
        this.sink = sink;
        this.echoes = echoes;
        this.timebase = timebase;
        this.counters = counters;
        this.horizon = 2 * leadTime;
        this.thru = thru;
        programs(NO_PROGRAM);
    }

    /** From now on ends the player's eldest note of a key before the key sounds more often than that at a time. */
    void limitKeys(int most) {
        mostOfAKey = most;
    }

    /** Measures how late notes are handed over, from that long before their due times on. */
    void measure(long newAllowance) {
        allowance = newAllowance;
    }

    /**
     * An event for a position; false, counted, if there is no room. {@code detail} as in {@link DueQueue#add}. The player's
     * notes are left out if they have got out at once.
     */
    boolean add(double step, int message, Owner owner, int detail) {
        if (owner == Owner.PLAYER && thru.isAtOnce()) {
            return true;
        }
        boolean hasRoom = queue.add(step, message, owner, detail);
        if (!hasRoom) {
            counters.drop();
        }
        return hasRoom;
    }

    /** Tells the sink at a position what it shall send by itself from there on. */
    void route(double step, Route route) {
        if (thru == Thru.ROUTED) {
            queue.add(step, 0, Owner.ROUTE, ROUTES.indexOf(route));
        }
    }

    /** A message longer than three bytes for a position; dropped, counted, if there is no room. */
    void addLong(double step, byte[] source, int offset, int length) {
        addLong(queue, step, source, offset, length);
    }

    private void addLong(DueQueue where, double step, byte[] source, int offset, int length) {
        int slot = longMessages.keep(source, offset, length);
        if (slot < 0) {
            counters.drop();
        } else if (!where.add(step, source[offset] & 0xFF, Owner.NONE, slot)) {
            longMessages.release(slot);
            counters.drop();
        }
    }

    /** A message of the player's that waits for no answer, of which the device may have taken care. */
    void passAtOnce(double step, byte[] source, int offset, int length) {
        if (thru == Thru.BY_DEVICE) {
            if (!Message.isLong(source, offset, length)) {
                hasPassed(step, Message.of(source, offset, length));
            }
        } else if (Message.isLong(source, offset, length)) {
            addLong(atOnce, step, source, offset, length);
        } else {
            int message = Message.of(source, offset, length);
            boolean isNote = Message.isNoteOn(message) || Message.isNoteOff(message);
            if (!atOnce.add(step, message, isNote ? Owner.PLAYER : Owner.NONE, -1)) {
                counters.drop();
            }
        }
    }

    /** Keeps account of a message that the device has sent. */
    private void hasPassed(double step, int message) {
        int key = Message.key(message);
        if (Message.isNoteOn(message)) {
            begun(message);
            sounding.strike(key);
        } else if (Message.isNoteOff(message) && sounding.isPlayers(key)) {
            sounding.release(key);
            if (owed[key] && !sounding.isPlayers(key)) {
                owed[key] = false;
                atOnce.add(step, Message.offFor(key), Owner.ADDED, sounding.added(key));
            }
        } else if (Message.status(message) < Message.SYSTEM) {
            allNotesOff.uses(Message.channel(message));
            keepProgram(message);
        }
    }

    /** The player has set a program: the preset's is set again before the next note. */
    private void keepProgram(int message) {
        if (Message.kind(message) == Message.PROGRAM) {
            programs[Message.channel(message)] = NO_PROGRAM;
        }
    }

    /** General MIDI program that pitched channels get before their next note; -1: they stay as they are. */
    void program(int newProgram) {
        program = newProgram;
    }

    /** Forgets all that waits and ends all that sounds: note-offs, then CC 64 = 0, 123 and 120. */
    void panic() {
        if (forgetAll()) {
            allNotesOff.wasDone();
        } else {
            allNotesOff.begin();
        }
    }

    /** The same when the port is lost; what is sent now may not arrive, and is remembered. */
    void panicAtLoss() {
        forgetAll();
        allNotesOff.beginAtLoss();
    }

    /** The same when the port is back, with what was sent at the loss, on all channels that were ever used. */
    void panicAfterLoss() {
        forgetAll();
        allNotesOff.beginAfterLoss();
    }

    /** Whether the sink has ended by itself all that sounds. */
    private boolean forgetAll() {
        boolean isEnded = sink.takeBack();
        if (isEnded) {
            lastDue = Long.MIN_VALUE;
        }
        handedTo = Double.NEGATIVE_INFINITY;
        forget(queue);
        forget(atOnce);
        Arrays.fill(owed, false);
        programs(NO_PROGRAM);
        return isEnded;
    }

    private void programs(int value) {
        Arrays.fill(programs, value);
    }

    private void forget(DueQueue waiting) {
        while (!waiting.isEmpty()) {
            discardFirst(waiting);
        }
    }

    /** Whether all that is due soon has been handed over, all that is to be ended now included. */
    boolean hasHandedOver(long now) {
        return allNotesOff.isDone()
                && atOnce.isEmpty()
                && (queue.isEmpty() || queue.position() > timebase.stepAt(now + horizon));
    }

    /** Whether nothing sounds and nothing is left to be ended. */
    boolean isSilent() {
        return allNotesOff.isDone() && sounding.count() == 0;
    }

    /**
     * The first step all of whose events are still here at a time. Times need not rise: a device's clock can go back a little
     * when its system was late.
     *
     * @param multiple of so many steps
     */
    long firstFreeStep(long now, int multiple) {
        long step = NoteLog.cellOf(Math.max(handedTo, timebase.stepAt(now + horizon))) + 1;
        return Math.floorDiv(step + multiple - 1, multiple) * multiple;
    }

    /**
     * Takes notes back, for somebody to decide them anew: the player's that a roll can show and that begin at a position or
     * later, and added ones from there on. Added notes that sound by then end there.
     *
     * @param cuts whether the player's notes that sound by then end there as well, instead of where it was decided
     */
    void retract(double from, boolean cuts) {
        sounding.copyPlayers(open);
        while (!queue.isEmpty()) {
            double position = queue.position();
            int message = queue.message();
            Owner owner = queue.owner();
            if (owner == Owner.ADDED
                    ? position < from || Message.isNoteOff(message)
                    : stays(NoteLog.cellOf(position) < from, message)) {
                boolean isMoved = owner == Owner.ADDED || (owner == Owner.PLAYER && cuts && NoteLog.shows(message));
                spare.add(isMoved ? Math.min(from, position) : position, message, owner, queue.detail());
            }
            queue.remove();
        }
        DueQueue emptied = queue;
        queue = spare;
        spare = emptied;
    }

    private boolean stays(boolean isBefore, int message) {
        boolean isOff = Message.isNoteOff(message);
        if (!isNote(queue.owner()) || !NoteLog.shows(message)) {
            return true;
        }
        int key = Message.key(message);
        if (isOff) {
            return open[key] > 0 && open[key]-- > 0;
        }
        open[key] += isBefore ? 1 : 0;
        return isBefore;
    }

    /**
     * Hands over what is due soon.
     *
     * @param limit position from which on something may still come that has to leave before what waits
     * @return how much was done
     */
    int handOver(long now, double limit) {
        if (!allNotesOff.isDone()) {
            long due = Math.max(lastDue, now);
            lastDue = due;
            if (!allNotesOff.goOn(due)) {
                return 1;
            }
        }
        int work = 0;
        while (!atOnce.isEmpty()) {
            if (!sendFirst(atOnce, Math.max(now, timebase.timeAt(atOnce.position())))) {
                return work + 1;
            }
            discardFirst(atOnce);
            work++;
        }
        double end = timebase.stepAt(now + horizon);
        while (!queue.isEmpty() && queue.position() <= end && queue.position() < limit) {
            long due = Math.max(lastDue, timebase.timeAt(queue.position()));
            if (!sendFirst(queue, due)) {
                return work + 1;
            }
            if (allowance >= 0 && isNote(queue.owner())) {
                counters.latency().record(timebase.nanos(now + allowance - due));
            }
            lastDue = due;
            handedTo = queue.position();
            discardFirst(queue);
            work++;
        }
        return work;
    }

    private static boolean isNote(Owner owner) {
        return owner == Owner.PLAYER || owner == Owner.ADDED;
    }

    private void discardFirst(DueQueue waiting) {
        if (waiting.owner() == Owner.NONE && waiting.detail() >= 0) {
            longMessages.release(waiting.detail());
        }
        waiting.remove();
    }

    /** Sends the first event, if it may be sent; false if the sink has no room. */
    private boolean sendFirst(DueQueue waiting, long due) {
        int message = waiting.message();
        return switch (waiting.owner()) {
            case NONE -> sendOther(due, message, waiting.detail());
            case PLAYER -> sendPlayers(due, message);
            case ADDED -> sendAdded(due, message, waiting.detail());
            case ROUTE -> sink.route(due, ROUTES.get(waiting.detail()));
        };
    }

    private boolean sendOther(long due, int message, int slot) {
        if (slot >= 0) {
            return sink.send(due, longMessages.bytes(slot), 0, longMessages.length(slot));
        }
        if (Message.status(message) < Message.SYSTEM) {
            allNotesOff.uses(Message.channel(message));
            keepProgram(message);
        }
        return send(due, message);
    }

    private boolean sendPlayers(long due, int message) {
        int key = Message.key(message);
        if (Message.isNoteOff(message)) {
            if (!sounding.isPlayers(key)) {
                return true;
            }
            if (!send(due, message)) {
                return false;
            }
            sounding.release(key);
            return true;
        }
        if (sounding.isAdded(key)) {
            if (!send(due, Message.offFor(key))) {
                return false;
            }
            sounding.endAdded(key);
        }
        while (sounding.open(key) >= mostOfAKey) {
            if (!send(due, Message.offFor(key))) {
                return false;
            }
            sounding.release(key);
        }
        if (!setProgram(due, message) || !send(due, message)) {
            return false;
        }
        begun(message);
        sounding.strike(key);
        return true;
    }

    private boolean sendAdded(long due, int message, int note) {
        int key = Message.key(message);
        if (Message.isNoteOff(message)) {
            if (!sounding.isAdded(key, note)) {
                return true;
            }
            if (thru == Thru.BY_DEVICE && sounding.isPlayers(key)) {
                // An off now would end the player's own note, which the device has begun meanwhile.
                owed[key] = true;
                return true;
            }
            if (!send(due, message)) {
                return false;
            }
            sounding.endAdded(key);
            return true;
        }
        if (!sounding.isSilent(key)) {
            return true;
        }
        if (!setProgram(due, message) || !send(due, message)) {
            return false;
        }
        begun(message);
        sounding.add(key, note);
        echoes.sentAdded();
        return true;
    }

    /** Sets the preset's program on the channel of a note that is about to begin; false if the sink has no room. */
    private boolean setProgram(long due, int on) {
        int channel = Message.channel(on);
        if (program == NO_PROGRAM || programs[channel] == program || channel == Message.DRUMS) {
            return true;
        }
        if (!send(due, Message.of(Message.PROGRAM | channel, program, 0))) {
            return false;
        }
        programs[channel] = program;
        return true;
    }

    private void begun(int message) {
        counters.noteOut();
        allNotesOff.uses(Message.channel(message));
    }

    private boolean send(long due, int message) {
        int length = Message.write(message, bytes);
        if (!sink.send(due, bytes, 0, length)) {
            return false;
        }
        echoes.sent(due, message);
        return true;
    }
}

package idiom.engine.live;

import idiom.engine.live.DueQueue.Owner;

/**
 * The way out: events wait here by song position until they are due soon, and leave under the rules of {@link SoundingNotes}:
 * no off without an on, no note over another, and an off for everything in the end. [session]
 */
final class Outlet {
    private static final int EVENTS = 16384;
    private static final int KEYS = 16 * 128;
    private static final int RELEASE_VELOCITY = 64;

    private final DueQueue queue = new DueQueue(EVENTS);
    private final LongMessages longMessages = new LongMessages();
    private final SoundingNotes sounding = new SoundingNotes();
    private final byte[] bytes = new byte[3];
    private final MidiSink sink;
    private final Timebase timebase;
    private final LiveCounters counters;
    private final long horizon;

    /** How long before its due time a note has to be handed over; none is measured while it is negative. */
    private long allowance = -1;

    private long lastDue = Long.MIN_VALUE;
    private int releasing = KEYS;
    private int channelsUsed;

    /**
     * A way out to a sink.
     *
     * @param leadTime how long before its time an event must be handed to the sink, in units of its clock
     */
    Outlet(MidiSink sink, Timebase timebase, LiveCounters counters, long leadTime) {
        this.sink = sink;
        this.timebase = timebase;
        this.counters = counters;
        this.horizon = 2 * leadTime;
    }

    /** Measures how late notes are handed over, from that long before their due times on. */
    void measure(long newAllowance) {
        allowance = newAllowance;
    }

    /** An event for a position; false, counted, if there is no room. {@code detail} as in {@link DueQueue#add}. */
    boolean add(double step, int message, Owner owner, int detail) {
        boolean hasRoom = queue.add(step, message, owner, detail);
        if (!hasRoom) {
            counters.drop();
        }
        return hasRoom;
    }

    /** A message longer than three bytes for a position; dropped, counted, if there is no room. */
    void addLong(double step, byte[] source, int offset, int length) {
        int slot = longMessages.keep(source, offset, length);
        if (slot < 0) {
            counters.drop();
        } else if (!add(step, source[offset] & 0xFF, Owner.NONE, slot)) {
            longMessages.release(slot);
        }
    }

    /** Forgets all that waits and ends all that sounds: note-offs, then CC 64 = 0, 123 and 120. */
    void panic() {
        while (!queue.isEmpty()) {
            discardFirst();
        }
        releasing = 0;
    }

    /** Whether nothing sounds and nothing is left to be ended. */
    boolean isSilent() {
        return releasing == KEYS && sounding.count() == 0;
    }

    /**
     * Hands over what is due soon.
     *
     * @param limit position from which on something may still come that has to leave before what waits
     * @return how much was done
     */
    int handOver(long now, double limit) {
        if (releasing < KEYS && !releaseAll(now)) {
            return 1;
        }
        double end = timebase.stepAt(now + horizon);
        int work = 0;
        while (!queue.isEmpty() && queue.position() <= end && queue.position() < limit) {
            long due = Math.max(lastDue, timebase.timeAt(queue.position()));
            if (!sendFirst(due)) {
                return work + 1;
            }
            if (allowance >= 0 && queue.owner() != Owner.NONE) {
                counters.latency().record(timebase.nanos(now + allowance - due));
            }
            lastDue = due;
            discardFirst();
            work++;
        }
        return work;
    }

    private void discardFirst() {
        if (queue.owner() == Owner.NONE && queue.detail() >= 0) {
            longMessages.release(queue.detail());
        }
        queue.remove();
    }

    /** Sends the first event, if it may be sent; false if the sink has no room. */
    private boolean sendFirst(long due) {
        int message = queue.message();
        return switch (queue.owner()) {
            case NONE -> sendOther(due, message, queue.detail());
            case PLAYER -> sendPlayers(due, message);
            case ADDED -> sendAdded(due, message, queue.detail());
        };
    }

    private boolean sendOther(long due, int message, int slot) {
        if (slot >= 0) {
            return sink.send(due, longMessages.bytes(slot), 0, longMessages.length(slot));
        }
        if (Message.status(message) < Message.SYSTEM) {
            channelsUsed |= 1 << Message.channel(message);
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
            if (!send(due, offFor(key))) {
                return false;
            }
            sounding.endAdded(key);
        }
        if (!send(due, message)) {
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
            if (!send(due, message)) {
                return false;
            }
            sounding.endAdded(key);
            return true;
        }
        if (!sounding.isSilent(key)) {
            return true;
        }
        if (!send(due, message)) {
            return false;
        }
        begun(message);
        sounding.add(key, note);
        return true;
    }

    private void begun(int message) {
        counters.noteOut();
        channelsUsed |= 1 << Message.channel(message);
    }

    private boolean send(long due, int message) {
        int length = Message.write(message, bytes);
        return sink.send(due, bytes, 0, length);
    }

    private static int offFor(int key) {
        return Message.of(Message.NOTE_OFF | key >> 7, key & 0x7F, RELEASE_VELOCITY);
    }

    /** Ends all that sounds, as far as the sink has room; whether that is done. */
    private boolean releaseAll(long now) {
        long due = Math.max(lastDue, now);
        for (; releasing < KEYS; releasing++) {
            while (sounding.open(releasing) > 0) {
                if (!send(due, offFor(releasing))) {
                    return false;
                }
                sounding.endOne(releasing);
            }
        }
        lastDue = due;
        for (int channel = 0; channel < 16; channel++) {
            if ((channelsUsed & 1 << channel) != 0) {
                int control = Message.CONTROL | channel;
                if (!send(due, Message.of(control, Message.SUSTAIN, 0))
                        || !send(due, Message.of(control, Message.ALL_NOTES_OFF, 0))
                        || !send(due, Message.of(control, Message.ALL_SOUND_OFF, 0))) {
                    releasing = KEYS - 1;
                    return false;
                }
                channelsUsed &= ~(1 << channel);
            }
        }
        return true;
    }
}

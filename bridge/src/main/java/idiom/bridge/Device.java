package idiom.bridge;

import idiom.engine.live.MidiHandler;
import idiom.engine.live.MidiSink;
import idiom.engine.live.TransportState;

/**
 * An open pair of ports. Everything but {@link #now}, {@link #state}, {@link #counts} and {@link #close} is for one thread,
 * the session's, and neither blocks nor allocates nor calls the system for longer than a clock takes.
 */
public interface Device extends MidiSink, AutoCloseable {

    /** What it is, for people: {@code "JACK: to Jazz, 48000 Hz, 256 frames"}. [any] */
    String description();

    /** Units of its clock in a second: frames of JACK, host time of CoreMIDI, nanoseconds elsewhere. */
    long clockRate();

    /** Its clock. Times of messages in and due times of messages out are on it. [any] */
    long now();

    /** How long before its due time a message has to be sent to be on time for certain, in units of its clock. */
    long leadTime();

    /** Hands over all messages that have come in, in the order of their times; returns how many. [session] */
    int receive(MidiHandler handler);

    /**
     * Up to when all that was played has come in, once {@link #receive} has been called after this. Never before {@link #now};
     * after it where the system hands over in blocks, whose messages it stamps with times that lie ahead. [session]
     */
    default long heardUntil() {
        return now();
    }

    /**
     * Says that all has been sent that is due before a time, for a system that waits for that when it renders faster or
     * slower than the clock. [session]
     */
    default void settle(long until) {}

    /** Says where the system's transport is; leaves {@code state} unknown if it has none. [session] */
    void transport(TransportState state);

    /** Whether what comes in goes out at once by itself, no later than the system's own period. [any] */
    default boolean passesThru() {
        return false;
    }

    /** How it is. [any] */
    State state();

    /** What went wrong since it was opened. [any] */
    Counts counts();

    /** Closes the ports; messages not yet due are lost, so the session sends its note-offs before. [control] */
    @Override
    void close();

    /** Condition of a device. */
    enum State {
        /** Plays. */
        OPEN,
        /** Its system, or a port it was to be connected to, has gone; it is being looked for. */
        LOST,
        /** Closed for good. */
        CLOSED
    }

    /**
     * What went wrong since a device was opened.
     *
     * @param droppedIn messages that came in and found no room, or were cut by the system
     * @param late messages that left after their due time
     * @param reconnects times its system or a partner was lost and found
     */
    record Counts(long droppedIn, long late, long reconnects) {}
}

package idiom.engine.live;

import idiom.engine.live.LiveSettings.Thru;

/** Takes messages that have to leave at a stated time. */
@FunctionalInterface
public interface MidiSink {

    /**
     * Takes one message, copied before this returns. Messages come in the order of their due times.
     *
     * @param due when it has to leave, on the sink's clock; one that is past leaves at once
     * @param bytes holds the message
     * @param offset of its status byte
     * @param length in bytes, at least 1
     * @return whether there was room; if not, nothing was taken and the caller tries again
     */
    boolean send(long due, byte[] bytes, int offset, int length);

    /**
     * Says what the sink shall send by itself from a time on; see {@link Thru#ROUTED}. Comes in the order of due times, among
     * the messages.
     *
     * @return whether there was room; if not, the caller tries again
     */
    default boolean route(long due, Route route) {
        return true;
    }

    /**
     * Ends all that sounds behind the sink and voids all that was sent and is not due yet, where the sink can do that by
     * itself; returns whether it does. What is sent after this may be due at any time again.
     */
    default boolean takeBack() {
        return false;
    }
}

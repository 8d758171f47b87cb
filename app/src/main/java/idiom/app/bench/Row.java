package idiom.app.bench;

/**
 * One message on its way, times in units of the device's clock; {@link #NEVER} where it did not come to that.
 *
 * @param message three bytes, the status in the lowest
 * @param sent when it left the player
 * @param stamp when it came in, as the port says
 * @param seen when the session's thread had it
 * @param handed when the session handed it over to the port
 * @param due when it was to leave
 * @param received when it arrived at the listener, as the port says
 */
record Row(int message, long sent, long stamp, long seen, long handed, long due, long received) {
    static final long NEVER = Long.MIN_VALUE;

    /** A message that nobody played: the session made it. */
    static Row added(int message) {
        return new Row(message, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER);
    }

    /** The same after it was handed over. */
    Row handedOver(long at, long dueAt, long arrival) {
        return new Row(message, sent, stamp, seen, at, dueAt, arrival);
    }

    /** The same after it arrived without the session's doing. */
    Row passed(long arrival) {
        return new Row(message, sent, stamp, seen, handed, due, arrival);
    }

    boolean isSent() {
        return sent != NEVER;
    }

    boolean isSeen() {
        return seen != NEVER;
    }

    boolean isHanded() {
        return handed != NEVER;
    }

    boolean isReceived() {
        return received != NEVER;
    }
}

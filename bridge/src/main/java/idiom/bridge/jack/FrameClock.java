package idiom.bridge.jack;

/**
 * JACK's frame clock with 64 bits, which goes on by the system's clock while there is no server, and on from there with the
 * next one. The process thread winds it, any thread reads it without calling libjack, whose client may be gone by then.
 */
final class FrameClock {
    private final long rate;
    private final double framesPerNano;
    private final long originNs;
    /** Start of the current period. */
    private volatile long start;
    /** The server's count at that time, which wraps around after 25 hours at 48 kHz. */
    private int serverStart;
    /** Set by the control thread while no process thread runs. */
    private boolean begins = true;

    private boolean began;
    /** What the clock said at {@link #originNs}; moves with what JACK's clock and the system's disagree by. */
    private volatile long origin;

    FrameClock(long rate, long nowNs) {
        this.rate = rate;
        this.framesPerNano = rate / 1e9;
        this.originNs = nowNs;
    }

    long rate() {
        return rate;
    }

    /** The next period belongs to another server, or is the first. No process thread may run. [control] */
    void restart() {
        begins = true;
    }

    /**
     * A period begins. [process]
     *
     * @param serverFrames the server's clock at its start
     * @param serverFramesNow the server's clock now
     * @return the start on this clock; never before one that was returned earlier
     */
    long period(int serverFrames, int serverFramesNow, long nowNs) {
        long next = start;
        if (!begins) {
            // Differences of wrapped counts are right as long as the periods are less than 12 hours apart.
            next += Math.max(0, serverFrames - serverStart);
        } else if (began) {
            next = at(nowNs);
        } else {
            next = Integer.toUnsignedLong(serverFrames);
        }
        begins = false;
        began = true;
        serverStart = serverFrames;
        start = next;
        // A server that has just started is not sure of the time yet.
        long into = Math.max(0, Math.min(serverFramesNow - serverFrames, rate / 10));
        origin = next + into - elapsed(nowNs);
        return next;
    }

    /**
     * What the clock says at {@code nowNs} of {@link System#nanoTime}: never less than the start of the latest period, though
     * a server that catches up begins its periods before their time. [any]
     */
    long at(long nowNs) {
        return Math.max(start, origin + elapsed(nowNs));
    }

    private long elapsed(long nowNs) {
        return (long) ((nowNs - originNs) * framesPerNano);
    }
}

package idiom.engine.live;

/**
 * What a session has done, in numbers that any thread may read while it plays: each is written by the session's thread alone
 * and seen by others a little later.
 */
public final class LiveCounters {
    private final Latency latency = new Latency();
    private volatile long notesIn;
    private volatile long notesOut;
    private volatile long windows;
    private volatile long lateWindows;
    private volatile long dropped;
    private volatile long echoes;
    private volatile long inferenceNs;
    private volatile double contentChange;

    /** The player's notes. */
    public long notesIn() {
        return notesIn;
    }

    /** Notes that were sent. */
    public long notesOut() {
        return notesOut;
    }

    /** Windows that were answered in time. */
    public long windows() {
        return windows;
    }

    /** Windows that passed through unchanged because no answer came in time. */
    public long lateWindows() {
        return lateWindows;
    }

    /** Messages for which there was no room, and such as are no MIDI. */
    public long dropped() {
        return dropped;
    }

    /** Messages that were this session's own, come back in, and were left out. */
    public long echoes() {
        return echoes;
    }

    /** How long the network took for the last window. */
    public long inferenceNs() {
        return inferenceNs;
    }

    /** How long after the right moment notes are handed over. */
    public Latency latency() {
        return latency;
    }

    /** Changed cells over cells of the last window; 0 if it was silent. */
    public double contentChange() {
        return contentChange;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void noteIn() {
        notesIn++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void noteOut() {
        notesOut++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void late() {
        lateWindows++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void drop() {
        dropped++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void echo() {
        echoes++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void answered(long tookNs, double change) {
        windows++;
        inferenceNs = tookNs;
        contentChange = change;
    }
}

package idiom.app.bench;

/** Who plays to a device and listens to it, on the device's clock. One thread. */
interface Partner extends AutoCloseable {

    /** How long before its time a message is to be played, in units of the clock. */
    long ahead();

    /** Plays a message of three bytes at a time, or now; returns when it leaves. */
    long play(long due, byte[] message);

    /** Notes down what has come back by now, with the times at which it arrived. */
    void listen(MessageLog heard);

    /** Messages it played too late, against what {@link #play} said. */
    long late();

    @Override
    void close();
}

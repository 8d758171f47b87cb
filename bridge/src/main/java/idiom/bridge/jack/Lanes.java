package idiom.bridge.jack;

import idiom.bridge.queue.Counter;
import idiom.bridge.queue.DueQueue;
import idiom.bridge.queue.MidiRing;
import idiom.bridge.queue.TransportCell;

/** What a session's thread and a process callback share; outlives servers. */
final class Lanes {
    /** Longest message in either direction, in bytes: a bank of 32 DX7 voices has 4104. */
    static final int LONGEST_MESSAGE = 16_384;

    private static final int IN_BYTES = 1 << 17;
    private static final int OUT_BYTES = 1 << 18;

    final FrameClock clock;
    final MidiRing in = new MidiRing(IN_BYTES);
    final DueQueue out = new DueQueue(OUT_BYTES);
    final TransportCell transport = new TransportCell();

    // Written by the process thread.
    final Counter droppedIn = new Counter();
    final Counter late = new Counter();
    final Counter deferred = new Counter();
    final Counter unfit = new Counter();
    final Counter failures = new Counter();
    final Counter callbackNs = new Counter();
    volatile long longestCallbackNs;
    volatile int periodFrames;
    /** End of the latest period whose messages are in {@link #in}, on {@link #clock}. */
    volatile long heardUntil;

    final Counter periods = new Counter();

    /** Written by libjack's notification thread. */
    final Counter xruns = new Counter();

    Lanes(FrameClock clock, int periodFrames) {
        this.clock = clock;
        this.periodFrames = periodFrames;
    }
}

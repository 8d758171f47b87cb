package idiom.bridge.javasound;

import idiom.bridge.queue.Counter;
import idiom.bridge.queue.DueQueue;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps messages until they are due, for systems that cannot: a thread "javasound-out" that sleeps until shortly before a due
 * time, stays awake for the rest, and sends. Neither {@link #offer} nor the thread locks or allocates.
 *
 * <p>How shortly before is a matter of the system's sleep: Windows rounds it to its ticks of a millisecond, once a MIDI output
 * is open (else 15.6 ms), others are some 0.1 ms late.
 */
final class OutThread {
    /** What is late by more than this is counted: a thread is never there on the dot. */
    static final long TOLERATED_NS = 1_000_000;

    private static final int QUEUE_BYTES = 1 << 18;
    private static final long WINDOWS_AWAKE_NS = 2_000_000;
    private static final long AWAKE_NS = 250_000;
    /** In case that a wake-up goes astray. */
    private static final long LONGEST_SLEEP_NS = 100_000_000;

    private static final long CLOSING_MS = 1000;

    /** Where messages go. */
    interface Target {
        /** Sends a message now; may block. [midi-out] */
        void send(byte[] bytes, int offset, int length);
    }

    private final Target target;
    private final long awakeNs;
    private final DueQueue queue = new DueQueue(QUEUE_BYTES);
    private final Counter late = new Counter();
    private final Thread thread = new Thread(this::run, "javasound-out");
    /** When the thread looks again by itself, while it is asleep. */
    private volatile long wakesAtNs;

    private volatile boolean isAsleep;
    private volatile boolean isClosing;

    @SuppressWarnings("ThreadPriorityCheck") // Order does not hang on it, punctuality does.
    OutThread(Target target, boolean isWindows) {
        this.target = target;
        awakeNs = isWindows ? WINDOWS_AWAKE_NS : AWAKE_NS;
        thread.setDaemon(true);
        thread.setPriority(Thread.MAX_PRIORITY);
    }

    /** [control] */
    void start() {
        thread.start();
    }

    /** How many messages left more than a millisecond after they were due. [any] */
    long late() {
        return late.get();
    }

    /**
     * Takes a message, copied, if there is room; wakes the thread, a call of the system, only if it sleeps and would sleep too
     * long. [session]
     */
    boolean offer(long dueNs, byte[] bytes, int offset, int length) {
        if (!queue.offer(dueNs, bytes, offset, length)) {
            return false;
        }
        // The thread says that it sleeps and looks into the queue, we fill the queue and look whether it sleeps.
        VarHandle.fullFence();
        if (isAsleep && dueNs - wakesAtNs < awakeNs) {
            LockSupport.unpark(thread);
        }
        return true;
    }

    private void run() {
        while (!isClosing) {
            queue.admit();
            if (queue.size() == 0) {
                sleep(LONGEST_SLEEP_NS);
                continue;
            }
            long leftNs = queue.due() - System.nanoTime();
            if (leftNs <= 0) {
                sendNext(-leftNs);
            } else {
                approach(leftNs);
            }
        }
        sendWhatIsDue();
    }

    @SuppressWarnings("ThreadPriorityCheck") // Windows' two milliseconds are too long to keep others from running.
    private void approach(long leftNs) {
        if (leftNs > awakeNs) {
            sleep(Math.min(leftNs - awakeNs, LONGEST_SLEEP_NS));
        } else if (leftNs > AWAKE_NS) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }

    private void sleep(long ns) {
        int before = queue.size();
        wakesAtNs = System.nanoTime() + ns;
        isAsleep = true;
        VarHandle.fullFence();
        queue.admit();
        if (queue.size() == before && !isClosing) {
            LockSupport.parkNanos(ns);
        }
        isAsleep = false;
    }

    private void sendNext(long lateNs) {
        target.send(queue.array(), queue.offset(), queue.length());
        queue.remove();
        if (lateNs > TOLERATED_NS) {
            late.add(1);
        }
    }

    /** The last notes' ends are due when a session says goodbye. */
    private void sendWhatIsDue() {
        queue.admit();
        long nowNs = System.nanoTime();
        while (queue.size() > 0 && queue.due() - nowNs <= 0) {
            sendNext(nowNs - queue.due());
        }
    }

    /** Sends what is due by now and ends the thread; waits for it, for a second at most. [control] */
    void close() {
        isClosing = true;
        LockSupport.unpark(thread);
        Side.joinFor(thread, CLOSING_MS);
    }
}

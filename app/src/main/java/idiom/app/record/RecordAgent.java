package idiom.app.record;

import idiom.engine.live.MidiHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread "record": carries what taps have noted down to the journal, fifty times a second. If the journal can't be written,
 * it keeps what waits, up to a limit, and tries again.
 */
final class RecordAgent implements AutoCloseable {
    private static final long IDLE_NS = 20_000_000;
    /** More than this is not kept for a disk that is full. */
    private static final int MOST_WAITING_BYTES = 16 << 20;

    private static final int ROUNDS_A_SECOND = 50;

    private final Journal journal;
    private final List<Tap> taps;
    private final List<MidiHandler> writers = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "record");
    private volatile boolean isStopping;
    private volatile @Nullable IOException failure;
    private volatile long lost;
    private int unforced;

    RecordAgent(Journal journal, List<Tap> taps) {
        this.journal = journal;
        this.taps = List.copyOf(taps);
        for (int i = 0; i < taps.size(); i++) {
            int device = i;
            writers.add((time, bytes, offset, length) -> append(device, time, bytes, offset, length));
        }
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Why the journal could not be written last time; null if it could. [any] */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Messages that waited for the disk in vain. [any] */
    long lost() {
        return lost;
    }

    private void run() {
        while (!isStopping) {
            doWork();
            LockSupport.parkNanos(IDLE_NS);
        }
        doWork();
    }

    private void doWork() {
        int work = 0;
        for (int i = 0; i < writers.size(); i++) {
            work += taps.get(i).drain(writers.get(i));
        }
        if (work == 0 && journal.waiting() == 0) {
            return;
        }
        try {
            journal.flush();
            if (++unforced >= ROUNDS_A_SECOND) {
                unforced = 0;
                journal.force();
            }
            failure = null;
        } catch (IOException e) {
            failure = e;
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void append(int device, long time, byte[] bytes, int offset, int length) {
        if (journal.waiting() + length > MOST_WAITING_BYTES) {
            lost++;
        } else {
            journal.append(device, time, bytes, offset, length);
        }
    }

    /** Writes what is left and stops; the journal stays open. [control] */
    @Override
    public void close() {
        isStopping = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            LockSupport.unpark(thread);
            try {
                thread.join(100);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package idiom.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns Ctrl-C and a polite kill into a question; the virtual machine waits a while for what is being ended. [control] */
final class StopSignal implements AutoCloseable {
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;

    /** Listens until it is closed; the machine waits that long at most. */
    StopSignal(long patienceSeconds) {
        hook = new Thread(() -> stopAndWait(patienceSeconds), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stopAndWait(long patienceSeconds) {
        stop.countDown();
        try {
            finished.await(patienceSeconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits; whether it is time to stop. */
    boolean isGivenWithin(long ms) throws InterruptedException {
        return stop.await(ms, TimeUnit.MILLISECONDS);
    }

    /** Everything has been put away. */
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The machine is going down: that is why it stopped.
        }
    }
}

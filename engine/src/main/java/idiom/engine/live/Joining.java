package idiom.engine.live;

/** Waits for the ends of threads that hold on to something which must not be taken from under them. [control] */
public final class Joining {
    private Joining() {}

    /** Waits until a thread has ended, however often the caller is interrupted, of which it will know afterwards. */
    public static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

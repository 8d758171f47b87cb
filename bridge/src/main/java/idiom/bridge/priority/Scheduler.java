package idiom.bridge.priority;

import java.util.Optional;

/** What the operating system does for a thread that asks. */
public interface Scheduler {

    /** Lets the calling thread wake as near to its time as the system can; does nothing where the system has no such wish. */
    void wakePrecisely();

    /**
     * Has the calling thread run before all that is not realtime.
     *
     * @return why that can't be and what to do about it, in one line; empty if it is so
     */
    Optional<String> runFirst();

    /** The same, but behind the threads that run first: for work that takes longer than a message may wait. */
    Optional<String> runSecond();

    /** The one of this system: Linux's, or one that refuses. */
    static Scheduler ofSystem() {
        boolean isLinux = System.getProperty("os.name", "").equals("Linux");
        return isLinux ? new LinuxScheduler() : new NoScheduler();
    }
}

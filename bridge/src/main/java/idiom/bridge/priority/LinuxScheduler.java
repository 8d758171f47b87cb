package idiom.bridge.priority;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.Optional;

/** {@code sched_setscheduler} and {@code prctl} on the calling thread. Loads libc when first asked. */
final class LinuxScheduler implements Scheduler {
    /**
     * Below the threads that JACK calls its clients in, 5 as jackd starts by default: a session must never keep a port from
     * being in time, and every realtime thread is ahead of everything else already.
     */
    private static final int PRIORITY = 4;

    private static final int SCHED_FIFO = 1;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int EPERM = 1;
    private static final int CALLING_THREAD = 0;

    private final int priority;

    LinuxScheduler() {
        this(PRIORITY);
    }

    /** With another priority: 1 to 99 are there. */
    LinuxScheduler(int priority) {
        this.priority = priority;
    }

    /** What is called of libc; failures come as exceptions with their {@code errno}. */
    interface Calls extends Library {
        int sched_setscheduler(int thread, int policy, int[] priority) throws LastErrorException;

        int prctl(int option, long argument) throws LastErrorException;
    }

    /** One ns in place of 50 us by which the kernel may bundle a thread's timers with others. */
    @Override
    public void wakePrecisely() {
        try {
            calls().prctl(PR_SET_TIMERSLACK, 1);
        } catch (LastErrorException | UnsatisfiedLinkError e) {
            // A kernel or libc without it wakes threads a little later, that is all.
        }
    }

    @Override
    public Optional<String> runFirst() {
        return run(priority);
    }

    @Override
    public Optional<String> runSecond() {
        return run(priority - 1);
    }

    private static Optional<String> run(int priority) {
        try {
            calls().sched_setscheduler(CALLING_THREAD, SCHED_FIFO, new int[] {priority});
            return Optional.empty();
        } catch (LastErrorException e) {
            return Optional.of(refusal(priority, e.getErrorCode()));
        } catch (UnsatisfiedLinkError e) {
            return Optional.of("no realtime priority, libc can't be called: " + e.getMessage());
        }
    }

    private static String refusal(int priority, int errno) {
        return errno == EPERM
                ? "no realtime priority, this user may not have it: put '@audio - rtprio 95' into"
                        + " /etc/security/limits.d/audio.conf, be in the group audio (adduser $USER audio), log in again"
                : "no realtime priority, the kernel refuses it: priority=" + priority + ", errno=" + errno;
    }

    private static Calls calls() {
        return Native.load("c", Calls.class);
    }
}

package idiom.engine.live;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Windows on their way to the network: one is waited for at a time; what comes back too late is put aside. [session] */
final class Questions {
    private static final int JOBS = 4;
    private static final double[] NOTHING_AROUND = new double[12];

    private final WindowInference inference;
    private final ArrayDeque<WindowJob> free = new ArrayDeque<>(JOBS);
    private long serial;
    private boolean isWaiting;
    private boolean isCrowded;

    Questions(WindowInference inference) {
        this.inference = inference;
        for (int i = 0; i < JOBS; i++) {
            free.add(new WindowJob());
        }
    }

    /** Whether nobody could be asked the last time, so that one has to ask again. */
    boolean isCrowded() {
        return isCrowded;
    }

    /** Whether an answer is waited for. */
    boolean isWaiting() {
        return isWaiting;
    }

    /** Asks about the window of 64 steps that begins at a step; false if it is silent or nobody can be asked now. */
    boolean ask(NoteLog log, long first, Choice choice) {
        return ask(log, first, choice, NOTHING_AROUND);
    }

    /** The same with what sounds in the windows around it: 12 durations by pitch class, for the key. */
    boolean ask(NoteLog log, long first, Choice choice, double[] around) {
        WindowJob job = free.poll();
        isCrowded = job == null;
        if (job == null) {
            return false;
        }
        log.render(first, job.before, job.heard);
        System.arraycopy(around, 0, job.around, 0, around.length);
        job.ask(++serial, choice, first);
        isCrowded = !job.isSilent() && !inference.submit(job);
        isWaiting = !job.isSilent() && !isCrowded;
        if (!isWaiting) {
            free.add(job);
        }
        return isWaiting;
    }

    /** The answer that is waited for, if it has come; give it back with {@link #done}. */
    @Nullable
    WindowJob take() {
        for (WindowJob job = inference.poll(); job != null; job = inference.poll()) {
            if (isWaiting && job.serial() == serial) {
                isWaiting = false;
                return job;
            }
            free.add(job);
        }
        return null;
    }

    /** Gives a window back that is not needed any more. */
    void done(WindowJob job) {
        free.add(job);
    }

    /** Waits no longer. The window is still with the network, and will be put aside when it comes back. */
    void giveUp() {
        isWaiting = false;
        serial++;
    }
}

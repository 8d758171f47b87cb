package idiom.engine.live;

import org.jspecify.annotations.Nullable;

/** Where windows are answered: a thread of its own, or, in tests, the caller's. */
public interface WindowInference {

    /** Hands a window over; false if there is no room for more. [session] */
    boolean submit(WindowJob job);

    /** The next window that has come back, answered or not; null if there is none. [session] */
    @Nullable
    WindowJob poll();
}

package idiom.bridge.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Counts what one thread sees; any thread reads it. */
public final class Counter {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    /** Adds to it. Only one thread may, or several that take turns. */
    public void add(long more) {
        VALUE.setRelease(this, value + more);
    }

    /** What has been counted. [any] */
    public long get() {
        return (long) VALUE.getAcquire(this);
    }
}

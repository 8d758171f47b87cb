package idiom.bridge.queue;

import idiom.engine.live.TransportState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Where the music is, said by one thread and read by one other, whole: a sequence lock, whose reader repeats while the writer
 * is at it, a matter of nanoseconds. Neither side allocates.
 */
public final class TransportCell {
    private static final VarHandle VERSION;

    static {
        try {
            VERSION = MethodHandles.lookup().findVarHandle(TransportCell.class, "version", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Odd while the writer is at it. */
    private int version;

    private boolean known;
    private boolean rolling;
    private long time;
    private double step;
    private double stepsPerSecond;

    /** Says that nothing is known. [writer] */
    public void clear() {
        write(false, false, 0, 0, 0);
    }

    /** Says where the music is, as {@link TransportState#set} describes it. [writer] */
    public void set(boolean isRolling, long atTime, double atStep, double speed) {
        write(true, isRolling, atTime, atStep, speed);
    }

    private void write(boolean isKnown, boolean isRolling, long atTime, double atStep, double speed) {
        int next = version + 1;
        VERSION.setOpaque(this, next);
        VarHandle.storeStoreFence();
        known = isKnown;
        rolling = isRolling;
        time = atTime;
        step = atStep;
        stepsPerSecond = speed;
        VERSION.setRelease(this, next + 1);
    }

    /** Fills {@code state} with what was said last; unknown if nothing was. [reader] */
    public void read(TransportState state) {
        while (true) {
            int before = (int) VERSION.getAcquire(this);
            boolean isKnown = known;
            boolean isRolling = rolling;
            long atTime = time;
            double atStep = step;
            double speed = stepsPerSecond;
            VarHandle.loadLoadFence();
            if ((before & 1) == 0 && (int) VERSION.getOpaque(this) == before) {
                if (isKnown) {
                    state.set(isRolling, atTime, atStep, speed);
                } else {
                    state.clear();
                }
                return;
            }
            Thread.onSpinWait();
        }
    }
}

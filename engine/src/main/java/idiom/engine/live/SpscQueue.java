package idiom.engine.live;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A queue of fixed capacity between exactly two threads: one offers, the other polls. Neither waits nor allocates. What one
 * thread wrote before it offered, the other sees after it polled.
 */
final class SpscQueue<T> {
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Object[].class);

    private final @Nullable Object[] elements;
    private final int mask;
    private long head;
    private long tail;

    /** A queue of at least that capacity. */
    SpscQueue(int capacity) {
        int size = Integer.highestOneBit(Math.max(2, capacity) - 1) << 1;
        this.elements = new Object[size];
        this.mask = size - 1;
    }

    /** Puts an element in; false if there is no room. [producer] */
    boolean offer(T element) {
        int place = (int) tail & mask;
        if (ELEMENT.getAcquire(elements, place) != null) {
            return false;
        }
        ELEMENT.setRelease(elements, place, element);
        tail++;
        return true;
    }

    /** Takes the oldest element; null if there is none. [consumer] */
    @Nullable
    T poll() {
        int place = (int) head & mask;
        @SuppressWarnings("unchecked") // only offer puts something in
        T element = (T) ELEMENT.getAcquire(elements, place);
        if (element != null) {
            ELEMENT.setRelease(elements, place, null);
            head++;
        }
        return element;
    }
}

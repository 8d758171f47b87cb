package idiom.bridge.coremidi;

import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Native;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The one function that CoreMIDI calls with what came in, for all devices: it stays for good, so that a call that is under way
 * while a device closes finds something. Who is meant is told by a number, the {@code refCon}.
 */
final class ReadProcs {
    private final MidiServices.ReadProc proc = this::read;
    /** Replaced as a whole, never written into. */
    private volatile @Nullable Inlet[] inlets = new @Nullable Inlet[1];

    ReadProcs() {
        // Not detached after each call, since that would make a new thread for the JVM each time.
        Native.setCallbackThreadInitializer(proc, new CallbackThreadInitializer(true, false, "coremidi-in"));
    }

    MidiServices.ReadProc proc() {
        return proc;
    }

    /** Has {@code inlet} get what comes with the number that is returned, which nobody had before. [control] */
    synchronized int add(Inlet inlet) {
        int number = inlets.length;
        @Nullable Inlet[] more = Arrays.copyOf(inlets, number + 1);
        more[number] = inlet;
        inlets = more;
        return number;
    }

    /** From now on what comes with that number goes nowhere. [control] */
    synchronized void remove(int number) {
        @Nullable Inlet[] fewer = inlets.clone();
        fewer[number] = null;
        inlets = fewer;
    }

    /** [CoreMIDI's own thread] */
    private void read(long packetList, long number, long ignored) {
        Inlet inlet = inlets[(int) number];
        if (inlet != null) {
            inlet.take(packetList);
        }
    }
}

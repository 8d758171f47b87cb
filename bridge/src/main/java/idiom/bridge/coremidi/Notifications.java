package idiom.bridge.coremidi;

import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Native;
import idiom.bridge.BackendException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Hears of changes: who is there, what things are called. CoreMIDI tells a process on the run loop of the thread that made its
 * first client, and keeps what the process sees of the system up to date there. So the first client is made on a thread of its
 * own, "coremidi-notify", which then runs its loop for as long as the process lives.
 */
final class Notifications {
    private static final double FOR_EVER = 1e9;
    private static final long WITHOUT_SOURCE_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private final long mode;
    private final MidiServices.NotifyProc proc = (notification, refCon) -> changed();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private boolean isRunning;

    /** @param mode {@code kCFRunLoopDefaultMode} */
    Notifications(long mode) {
        this.mode = mode;
        Native.setCallbackThreadInitializer(proc, new CallbackThreadInitializer(true, false, "coremidi-notify"));
    }

    /** Has {@code listener} run after each change, on CoreMIDI's behalf: it must be quick. [control] */
    void add(Runnable listener) {
        listeners.add(listener);
    }

    /** [control] */
    void remove(Runnable listener) {
        listeners.remove(listener);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    /** Makes a client, which the caller disposes of. [control] */
    synchronized int createClient(String name) throws BackendException {
        if (isRunning) {
            return create(name);
        }
        CompletableFuture<Integer> first = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(name, first), "coremidi-notify");
        thread.setDaemon(true);
        thread.start();
        try {
            int client = first.join();
            isRunning = true;
            return client;
        } catch (CompletionException e) {
            throw e.getCause() instanceof BackendException refused ? refused : new BackendException(e.toString(), e);
        }
    }

    private int create(String name) throws BackendException {
        int[] client = new int[1];
        int status = CoreFoundation.with(name, string -> MidiServices.MIDIClientCreate(string, proc, 0, client));
        Status.check(status, "can't become a client");
        return client[0];
    }

    private void run(String name, CompletableFuture<Integer> first) {
        try {
            first.complete(create(name));
        } catch (BackendException | RuntimeException | Error e) {
            first.completeExceptionally(e);
            return;
        }
        while (true) {
            if (CoreFoundation.CFRunLoopRunInMode(mode, FOR_EVER, (byte) 0) == CoreFoundation.RUN_FINISHED) {
                LockSupport.parkNanos(WITHOUT_SOURCE_NS);
            }
        }
    }
}

package idiom.bridge.plugin;

import idiom.bridge.BackendException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A plugin in a host, from when its file was found until it is gone. First it is offered an engine, then it accepts, and there
 * is a device. [control]
 */
public final class PluginInstance implements AutoCloseable {
    private final SharedFile file;
    private final long epoch;
    private @Nullable PluginDevice device;

    private PluginInstance(SharedFile file, long epoch) {
        this.file = file;
        this.epoch = epoch;
    }

    /** Offers this engine to the plugin of a file; nobody else may serve it. */
    static PluginInstance offer(SharedFile file) {
        // No engine before this one had it, and 0 stands for none.
        long epoch = Math.max(1, System.nanoTime());
        SharedMemory memory = file.memory();
        memory.store(Layout.AT_EPOCH, 0);
        memory.storeInt(Layout.AT_STATE, PluginDevice.Readiness.LOADING.code());
        memory.storeInt(Layout.AT_ENGINE_PID, (int) ProcessHandle.current().pid());
        memory.store(Layout.AT_SETTLED_UNTIL, Long.MIN_VALUE);
        // Whatever an engine before this one left there, records begin at multiples of their alignment.
        memory.store(Layout.AT_TO_PLUGIN_TAIL, memory.load(Layout.AT_TO_PLUGIN_TAIL) & -Layout.ALIGNMENT);
        memory.store(Layout.AT_HEARTBEAT_NS, System.nanoTime());
        memory.store(Layout.AT_EPOCH, epoch);
        return new PluginInstance(file, epoch);
    }

    /** Its name among ports: {@code "Ardour 4711 1a2b3c4d"}. */
    public String name() {
        return nameOf(file);
    }

    static String nameOf(SharedFile file) {
        return String.format(
                Locale.ROOT, "%s %d %08x", file.host(), file.pid(), (int) (file.instance() ^ file.instance() >>> 32));
    }

    /** The device, once the plugin has accepted the engine; until then the engine's heart beats here. */
    public Optional<PluginDevice> device() {
        SharedMemory memory = file.memory();
        if (device == null) {
            memory.store(Layout.AT_HEARTBEAT_NS, System.nanoTime());
            device = memory.load(Layout.AT_ACCEPTED_EPOCH) == epoch ? new PluginDevice(file) : null;
        }
        return Optional.ofNullable(device).filter(PluginDevice::hasBegun);
    }

    /** Whether the plugin is still there. */
    public boolean isThere() {
        return file.isHeld();
    }

    /** Removes what a plugin that is gone has left. */
    public void delete() throws BackendException {
        try {
            file.delete();
        } catch (IOException e) {
            throw new BackendException(file.path() + ": cannot be removed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (device != null) {
            device.close();
        } else {
            file.memory().store(Layout.AT_EPOCH, 0);
        }
        file.close();
    }
}

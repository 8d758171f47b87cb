package idiom.app.engine;

import idiom.app.transfer.Networks;
import idiom.bridge.BackendException;
import idiom.bridge.plugin.RuntimeFolder;
import idiom.presets.BundledPresets;
import idiom.presets.PresetLibrary;
import java.nio.file.Path;

/** An engine with the bundled presets in this process, looked after by a thread of its own. */
final class EngineThread implements AutoCloseable {
    private final PluginEngine engine;
    private final Thread thread;
    private volatile boolean isStopping;
    private volatile int plugins;

    EngineThread(Path runtime, PresetLibrary library) throws BackendException {
        this(runtime, library, Networks.onnx());
    }

    EngineThread(Path runtime, PresetLibrary library, Networks networks) throws BackendException {
        engine = new PluginEngine(RuntimeFolder.of(runtime), library, networks, false);
        thread = new Thread(this::run, "engine");
        thread.start();
    }

    static PresetLibrary presets(Path folder) {
        return new PresetLibrary(BundledPresets.shipped(folder.resolve("cache")), folder.resolve("presets"));
    }

    private void run() {
        while (!isStopping) {
            try {
                engine.look();
                plugins = engine.plugins();
                Thread.sleep(10);
            } catch (BackendException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** How many plugins it serves. */
    int plugins() {
        return plugins;
    }

    /** Whether all networks are warm. */
    boolean isWarm() {
        return engine.isWarm();
    }

    @Override
    public void close() throws InterruptedException {
        isStopping = true;
        thread.join();
        engine.close();
    }
}

package idiom.app.cli;

import idiom.app.engine.PluginConfiguration;
import idiom.app.engine.PluginEngine;
import idiom.bridge.BackendException;
import idiom.bridge.plugin.RuntimeFolder;
import idiom.presets.PresetLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idiom engine}: answers the plugins in all DAWs. */
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Answers the Idiom plugins in all DAWs of this user.",
            "",
            "The plugin starts it by itself when it is needed ('idiom plugin install' says how), and it ends when the last"
                    + " plugin has been gone for a while. There is one engine at a time."
        })
final class EngineCommand implements Callable<Integer> {
    private static final long PATIENCE_SECONDS = 2;
    private static final long LOOK_MS = 10;

    private final Services services;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--linger",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "End so long after the last plugin has gone (default ${DEFAULT-VALUE}); 0 to stay.")
    private int linger;

    @Option(
            names = "--realtime",
            description = "Run the thread of the music before all that is not realtime (SCHED_FIFO).")
    private boolean realtime;

    EngineCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (linger < 0) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--linger must be 0 or more seconds: --linger=" + linger);
        }
        RuntimeFolder folder = RuntimeFolder.ofSystem();
        Optional<AutoCloseable> place = folder.lockEngine();
        if (place.isEmpty()) {
            throw new BackendException("an engine serves the plugins already; there is one at a time: "
                    + folder.path().resolve("engine.lock"));
        }
        PresetLibrary library = services.library();
        PluginConfiguration.of(services.folders()).writePresets(library);
        PrintWriter err = spec.commandLine().getErr();
        // The lock goes with the process; closed any earlier, another engine could meet the plugins of this one.
        try (StopSignal stop = new StopSignal(PATIENCE_SECONDS);
                PluginEngine engine = new PluginEngine(folder, library, services.networks(), realtime)) {
            err.println("serving plugins in " + folder.path());
            serve(engine, stop, err);
        }
        return CommandLine.ExitCode.OK;
    }

    private void serve(PluginEngine engine, StopSignal stop, PrintWriter err)
            throws BackendException, InterruptedException {
        long lastNeeded = System.nanoTime();
        int plugins = 0;
        while (!stop.isGivenWithin(LOOK_MS)) {
            engine.look();
            if (engine.plugins() != plugins) {
                plugins = engine.plugins();
                err.println(plugins == 1 ? "1 plugin" : plugins + " plugins");
            }
            if (plugins > 0) {
                lastNeeded = System.nanoTime();
            } else if (linger > 0 && System.nanoTime() - lastNeeded > linger * 1_000_000_000L) {
                return;
            }
        }
    }
}

package idiom.app.engine;

import idiom.bridge.jack.JackServer;
import idiom.plugin.PluginSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Builds parts of the plugin's sources that are not installed. */
final class PluginBuild {
    private PluginBuild() {}

    /** Skips the test where nothing can be built. */
    static void assumePossible() {
        Assumptions.assumeTrue(JackServer.isInstalled("make"), "needs make: apt install make");
        Assumptions.assumeTrue(
                JackServer.isInstalled("cc") && Files.exists(Path.of("/usr/include/stdio.h")),
                "needs a C compiler: apt install gcc libc6-dev");
    }

    /** Makes what the program brings along, in a folder that is not there yet; targets are paths in the one that is returned. */
    static Path make(Path folder, String target) throws IOException, InterruptedException {
        Path sources = folder.resolve("sources");
        PluginSources.unpack(sources);
        return make(sources, folder.resolve("built"), target);
    }

    /** The same with what only this repository has. */
    static Path makeFromRepository(Path folder, String... targets) throws IOException, InterruptedException {
        return make(Path.of("..", "plugin-shim").toAbsolutePath().normalize(), folder.resolve("built"), targets);
    }

    private static Path make(Path sources, Path built, String... targets) throws IOException, InterruptedException {
        assumePossible();
        List<String> command = new ArrayList<>(List.of("make", "-C", sources.toString(), "BUILD=" + built));
        for (String target : targets) {
            command.add(built + "/" + target);
        }
        Path log = Files.createDirectories(built).resolve("make.log");
        Process make = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (make.waitFor() != 0) {
            throw new AssertionError(Files.readString(log));
        }
        return built;
    }
}

package idiom.app.cli;

import idiom.app.live.Backends;
import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which system of MIDI ports to use; shared by the commands that use one. */
final class BackendOption {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "System of MIDI ports to use ('idiom ports' names them); otherwise the best there is.")
    private @Nullable String name;

    /** What was asked for; null for the best there is. */
    @Nullable
    String name() {
        return name;
    }

    /** The one that was asked for, or the best there is. */
    Backend choose(List<Backend> backends) throws BackendException {
        return Backends.choose(backends, Optional.ofNullable(name));
    }
}

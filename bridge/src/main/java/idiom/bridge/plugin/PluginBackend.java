package idiom.bridge.plugin;

import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins that wait in the hosts of this user, as ports. It only looks: the folder is neither made nor written to, no plugin
 * is offered an engine, and what a killed host has left stays for the engine to remove. So it can be asked while an engine plays.
 *
 * <p>It opens none of them. Whoever answers a plugin owes it what docs/plugin-protocol.md says: the preset, mode and hop of its
 * parameters, the delay that its host is told, the song that its host saves. And there is one at a time for all plugins of a user.
 * A device with a preset, mode and hop of its own would leave all but the notes undone, and the other plugins without an answer.
 */
public final class PluginBackend implements Backend {
    private static final Logger LOG = LoggerFactory.getLogger(PluginBackend.class);
    private static final String NAME = "plugin";

    private final @Nullable Path path;

    /** In the folder where plugins of this system put their files. */
    public PluginBackend() {
        this(null);
    }

    /** In a certain folder; null for the system's. */
    PluginBackend(@Nullable Path path) {
        this.path = path;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> problem() {
        try {
            folder();
            return Optional.empty();
        } catch (BackendException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** None: plugins are in other programs. */
    @Override
    public boolean makesPorts() {
        return false;
    }

    @Override
    public boolean canBeDefault() {
        return false;
    }

    private Optional<RuntimeFolder> folder() throws BackendException {
        String system = System.getProperty("os.name", "");
        if (!system.equals("Linux")) {
            throw new BackendException("the plugin is on Linux only: this is " + system);
        }
        return RuntimeFolder.existing(path == null ? RuntimeFolder.pathOf(System.getenv()) : path);
    }

    /** An input and an output for each plugin: what its track plays, and what its track is to hear. One that is refused is named. */
    @Override
    public List<Port> ports() throws BackendException {
        Optional<RuntimeFolder> folder = folder();
        if (folder.isEmpty()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (Path file : folder.get().files()) {
            nameOf(file, folder.get()).ifPresent(names::add);
        }
        List<Port> ports = new ArrayList<>();
        for (Port.Direction direction : Port.Direction.values()) {
            for (String name : names) {
                ports.add(new Port(NAME, name, direction, Port.Kind.VIRTUAL));
            }
        }
        return List.copyOf(ports);
    }

    /** Empty if there is no plugin any more, or none that an engine would serve. */
    private static Optional<String> nameOf(Path path, RuntimeFolder folder) {
        try (SharedFile file = SharedFile.look(path, folder.owner())) {
            return file.isHeld() ? Optional.of(PluginInstance.nameOf(file)) : Optional.empty();
        } catch (BackendException e) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                LOG.warn("A plugin is left out: {}", e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** Never opens one: throws with what answers plugins. */
    @Override
    public Device open(DeviceSpec spec) throws BackendException {
        throw new BackendException(
                "plugins are answered by 'idiom engine', which they start by themselves, all at once and each"
                        + " by its own parameters; nothing else opens them (docs/plugin.md)");
    }

    /** Nothing is open. */
    @Override
    public void close() {}
}

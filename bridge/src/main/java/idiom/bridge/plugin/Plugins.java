package idiom.bridge.plugin;

import idiom.bridge.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugins in all hosts of one user: finds those that come, and notices those that go. [control] */
public final class Plugins implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final RuntimeFolder folder;
    private final Map<Path, PluginInstance> instances = new HashMap<>();
    /** What was refused, and need not be named again. */
    private final Set<Path> refused = new HashSet<>();

    /** Those of a folder. */
    public Plugins(RuntimeFolder folder) {
        this.folder = folder;
    }

    /** Offers the engine to plugins that have come since the last time; returns those. */
    public List<PluginInstance> arrivals() throws BackendException {
        List<PluginInstance> come = new ArrayList<>();
        List<Path> files = folder.files();
        refused.retainAll(files);
        for (Path path : files) {
            if (!instances.containsKey(path) && !refused.contains(path)) {
                PluginInstance instance = meet(path);
                if (instance != null) {
                    instances.put(path, instance);
                    come.add(instance);
                }
            }
        }
        return come;
    }

    private @Nullable PluginInstance meet(Path path) {
        try {
            SharedFile file = SharedFile.open(path, folder.owner());
            if (file.isHeld()) {
                return PluginInstance.offer(file);
            }
            file.close();
            // Its host was killed.
            file.delete();
        } catch (IOException e) {
            // Some hosts make an instance for a moment only, to look at it.
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                LOG.warn("A plugin is left alone: {}", e.getMessage());
                refused.add(path);
            }
        }
        return null;
    }

    /** Takes out plugins that have gone since the last time, and removes what they left; the caller closes them. */
    public List<PluginInstance> departures() {
        List<PluginInstance> gone = new ArrayList<>();
        instances.entrySet().removeIf(entry -> {
            boolean isGone = !entry.getValue().isThere();
            if (isGone) {
                gone.add(entry.getValue());
            }
            return isGone;
        });
        for (PluginInstance instance : gone) {
            try {
                instance.delete();
            } catch (BackendException e) {
                LOG.warn("{}", e.getMessage());
            }
        }
        return gone;
    }

    /** How many there are. */
    public int size() {
        return instances.size();
    }

    /** Leaves all of them. */
    @Override
    public void close() {
        instances.values().forEach(PluginInstance::close);
        instances.clear();
    }
}

package idiom.app.live;

import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import idiom.bridge.alsa.AlsaBackend;
import idiom.bridge.coremidi.CoreMidiBackend;
import idiom.bridge.jack.JackBackend;
import idiom.bridge.javasound.JavaSoundBackend;
import idiom.bridge.loopback.LoopbackBackend;
import idiom.bridge.plugin.PluginBackend;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The systems of MIDI ports this program knows, best first. */
public final class Backends {
    private Backends() {}

    /** One of each; the caller closes them. */
    public static List<Backend> all() {
        return List.of(
                new JackBackend(),
                new AlsaBackend(),
                new CoreMidiBackend(),
                new JavaSoundBackend(),
                new PluginBackend(),
                new LoopbackBackend());
    }

    /**
     * The one of that name, or, without a name, the first that can be used here and has ports.
     *
     * @throws BackendException in one line: what there is, and why the others can't be used
     */
    public static Backend choose(List<Backend> backends, Optional<String> name) throws BackendException {
        if (name.isPresent()) {
            Backend named = backends.stream()
                    .filter(backend -> backend.name().equals(name.get()))
                    .findFirst()
                    .orElseThrow(() -> new BackendException("there is no back-end of that name: " + name.get()
                            + "; there are "
                            + backends.stream().map(Backend::name).collect(Collectors.joining(", "))));
            Optional<String> problem = named.problem();
            if (problem.isPresent()) {
                throw new BackendException(problem.get());
            }
            return named;
        }
        List<Backend> candidates =
                backends.stream().filter(Backend::canBeDefault).toList();
        for (Backend backend : candidates) {
            if (whyNot(backend).isEmpty()) {
                return backend;
            }
        }
        throw new BackendException("no system of MIDI ports can be used here: "
                + candidates.stream()
                        .flatMap(backend -> whyNot(backend).stream())
                        .collect(Collectors.joining("; ")));
    }

    /** A system without ports of its own is no choice where there are none of others either. */
    private static Optional<String> whyNot(Backend backend) {
        Optional<String> problem = backend.problem();
        if (problem.isPresent() || backend.makesPorts()) {
            return problem;
        }
        try {
            return backend.ports().isEmpty()
                    ? Optional.of(
                            backend.name() + " has no ports (plug a device in, or make two as docs/windows.md says)")
                    : Optional.empty();
        } catch (BackendException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}

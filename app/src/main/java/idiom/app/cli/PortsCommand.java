package idiom.app.cli;

import idiom.app.live.Backends;
import idiom.bridge.Backend;
import idiom.bridge.BackendException;
import idiom.bridge.Port;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code idiom ports}: every MIDI input and output there is. */
@Command(
        name = "ports",
        mixinStandardHelpOptions = true,
        description = {
            "Names every MIDI input and output, by the system it belongs to, and says what can't be used and why.",
            "",
            "Music comes from an input and goes to an output; 'idiom live --in NAME --out NAME' takes any part of a name."
                    + " Plugins in DAWs are named as well; those 'idiom engine' answers."
        })
final class PortsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Backend> backends = Backends.all();
        for (Backend backend : backends) {
            Optional<String> problem = backend.problem();
            if (problem.isPresent()) {
                out.println(backend.name() + ": can't be used: " + problem.get());
                continue;
            }
            try {
                List<Port> ports = backend.ports();
                out.println(backend.name() + ":" + (ports.isEmpty() ? " no ports of others" : ""));
                for (Port port : ports) {
                    out.printf(
                            Locale.ROOT,
                            "  %-6s  %-8s  %s%n",
                            port.direction().name().toLowerCase(Locale.ROOT),
                            port.kind().name().toLowerCase(Locale.ROOT),
                            port.name());
                }
            } catch (BackendException e) {
                out.println(backend.name() + ": can't be used: " + e.getMessage());
            }
        }
        backends.forEach(Backend::close);
        return CommandLine.ExitCode.OK;
    }
}

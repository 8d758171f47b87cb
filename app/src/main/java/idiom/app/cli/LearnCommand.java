package idiom.app.cli;

import idiom.app.live.Backends;
import idiom.app.live.ControlLearner;
import idiom.app.live.ControlLearner.Control;
import idiom.bridge.Backend;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.presets.Controls;
import idiom.presets.ControlsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code idiom learn}: which knob of a controller is mix, threshold, bypass or tap. */
@Command(
        name = "learn",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Learns which knob or switch of your controller moves mix or threshold, turns bypass on and off, or taps the tempo.",
            "",
            "Connect the controller to the port \"Idiom learn\" (or name it with --in) and move each knob that is asked for to"
                    + " and fro. What was learnt holds for all presets, before what they say themselves; --forget undoes it."
        },
        footer = {
            "",
            "Examples:",
            "  idiom learn mix bypass --in Keystation",
            "  idiom learn --show",
            "  idiom learn --forget mix"
        })
final class LearnCommand implements Callable<Integer> {
    private final Services services;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "CONTROL",
            description = "What to learn, in this order: mix, threshold, bypass, tap; all of them if none is named.")
    private List<Control> wanted = List.of();

    @Option(names = "--in", paramLabel = "PORT", description = "Listen to the port with this in its name.")
    private @Nullable String in;

    @Mixin
    private final BackendOption backend = new BackendOption();

    @Option(
            names = "--patience",
            defaultValue = "60",
            paramLabel = "SECONDS",
            description = "How long to wait for each (${DEFAULT-VALUE}).")
    private int patience;

    @Option(names = "--show", description = "Say what was learnt, and learn nothing.")
    private boolean shows;

    @Option(names = "--forget", description = "Forget the named controls, or all.")
    private boolean forgets;

    LearnCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (patience < 1 || patience > 3600) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--patience must be from 1 to 3600: --patience=" + patience);
        }
        Controls known = ControlsFile.read(services.folders());
        List<Control> named = wanted.isEmpty() ? List.of(Control.values()) : wanted;
        if (shows) {
            show(known);
        } else if (forgets) {
            save(ControlLearner.without(known, named));
        } else {
            return learn(known, named);
        }
        return CommandLine.ExitCode.OK;
    }

    private int learn(Controls known, List<Control> named) throws IOException, InterruptedException {
        List<Backend> backends = Backends.all();
        try (Device device = backend.choose(backends).open(new DeviceSpec("Idiom learn", in, null))) {
            spec.commandLine().getErr().println(device.description());
            Controls learnt = known;
            for (Control control : named) {
                out().println("move what shall be " + control.word() + " ...");
                out().flush();
                OptionalInt number = ControlLearner.listen(device, ControlLearner.taken(learnt, control), patience);
                if (number.isEmpty()) {
                    spec.commandLine()
                            .getErr()
                            .println("nothing was moved for " + patience + " s: is the controller connected?");
                    return CommandLine.ExitCode.SOFTWARE;
                }
                learnt = ControlLearner.with(learnt, control, number);
                // At once, or one that is not found loses those that were.
                ControlsFile.write(learnt, services.folders());
            }
            show(learnt);
        } finally {
            backends.forEach(Backend::close);
        }
        return CommandLine.ExitCode.OK;
    }

    private void save(Controls controls) throws IOException {
        ControlsFile.write(controls, services.folders());
        show(controls);
    }

    private void show(Controls controls) {
        for (Control control : Control.values()) {
            OptionalInt number = control.of(controls);
            out().println(control.word() + ": "
                    + (number.isPresent() ? "CC " + number.getAsInt() : "as the preset says"));
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}

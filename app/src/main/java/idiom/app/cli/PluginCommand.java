package idiom.app.cli;

import idiom.app.engine.PluginConfiguration;
import idiom.app.engine.PluginInstallation;
import idiom.app.engine.PluginProbe;
import idiom.app.transfer.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idiom plugin}: the plugin for DAWs. */
@Command(
        name = "plugin",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "The plugin for DAWs on Linux: puts Idiom on a MIDI track, as LV2 (Ardour, Qtractor, REAPER) and CLAP (Bitwig,"
                    + " REAPER, Qtractor).",
        },
        subcommands = {PluginCommand.Install.class, PluginCommand.Uninstall.class, PluginCommand.Doctor.class})
final class PluginCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** What the subcommands share: where plugins are, and where to say what was done. */
    abstract static class Action implements Callable<Integer> {
        protected final Services services;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Option(names = "--lv2", paramLabel = "FOLDER", description = "Folder of LV2 bundles (default ~/.lv2).")
        private @Nullable Path lv2;

        @Option(names = "--clap", paramLabel = "FOLDER", description = "Folder of CLAP plugins (default ~/.clap).")
        private @Nullable Path clap;

        private Action(Services services) {
            this.services = services;
        }

        PluginInstallation installation() {
            Path home = Path.of(System.getProperty("user.home", "."));
            return new PluginInstallation(
                    (lv2 == null ? home.resolve(".lv2") : lv2).toAbsolutePath(),
                    (clap == null ? home.resolve(".clap") : clap).toAbsolutePath(),
                    services.folders().cache(),
                    PluginConfiguration.of(services.folders()));
        }

        PrintWriter out() {
            return spec.commandLine().getOut();
        }
    }

    /** {@code idiom plugin install}. */
    @Command(
            name = "install",
            mixinStandardHelpOptions = true,
            description =
                    "Builds the plugin and puts it where DAWs look for it; needs make, a C compiler and, for LV2, lv2-dev.")
    static final class Install extends Action {
        @Option(
                names = "--launcher",
                paramLabel = "PROGRAM",
                description = "What starts the engine as 'PROGRAM engine' (default: this program).")
        private @Nullable Path launcher;

        Install(Services services) {
            super(services);
        }

        @Override
        public Integer call() throws IOException, InterruptedException {
            installation().install(launcher(), services.library()).forEach(out()::println);
            out().println("Rescan plugins in the DAW; 'idiom plugin doctor' tries whether all fits.");
            return CommandLine.ExitCode.OK;
        }

        private Path launcher() {
            String own = System.getProperty("idiom.launcher");
            Path chosen = launcher != null ? launcher : own == null ? null : Path.of(own);
            if (chosen == null) {
                throw new Refusal(
                        "who shall start the engine? Call this as ./idiom plugin install, or add --launcher PROGRAM");
            }
            if (!Files.isExecutable(chosen)) {
                throw new Refusal("--launcher must be a program: " + chosen);
            }
            return chosen.toAbsolutePath().normalize();
        }
    }

    /** {@code idiom plugin uninstall}. */
    @Command(name = "uninstall", mixinStandardHelpOptions = true, description = "Takes the plugin away.")
    static final class Uninstall extends Action {
        Uninstall(Services services) {
            super(services);
        }

        @Override
        public Integer call() throws IOException {
            List<Path> removed = installation().uninstall();
            removed.forEach(path -> out().println("removed " + path));
            if (removed.isEmpty()) {
                out().println("the plugin is not installed");
            }
            return CommandLine.ExitCode.OK;
        }
    }

    /** {@code idiom plugin doctor}. */
    @Command(
            name = "doctor",
            mixinStandardHelpOptions = true,
            description =
                    "Tries whether the plugin is where DAWs look for it, and whether it and the engine find each other.")
    static final class Doctor extends Action {
        Doctor(Services services) {
            super(services);
        }

        @Override
        public Integer call() throws InterruptedException {
            List<PluginProbe.Finding> findings = new PluginProbe(installation(), services.library()).examine();
            findings.forEach(finding -> out().println(finding.line()));
            return findings.stream().anyMatch(PluginProbe.Finding::isBroken)
                    ? CommandLine.ExitCode.SOFTWARE
                    : CommandLine.ExitCode.OK;
        }
    }
}

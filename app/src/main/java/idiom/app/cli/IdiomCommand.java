package idiom.app.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code idiom}: says what there is. */
@Command(
        name = "idiom",
        description = {
            "Plays what you play, in another genre.",
            "",
            "A MIDI file goes in; the same music as jazz, as classical music or as pop comes out. Your notes keep their"
                    + " touch; Idiom takes some away and puts some in."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = IdiomCommand.Version.class,
        subcommands = {
            TransferCommand.class,
            DemoCommand.class,
            LiveCommand.class,
            EngineCommand.class,
            PluginCommand.class,
            RecordCommand.class,
            LearnCommand.class,
            PortsCommand.class,
            PresetsCommand.class,
            DoctorCommand.class,
            BenchCommand.class,
            ManCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "To begin with:",
            "  idiom demo                                hear a tune turned into jazz",
            "  idiom transfer SONG.mid --to jazz -o JAZZ.mid",
            "",
            "Ends with 0 if all went well, 1 if something failed, 2 if it was asked wrongly."
        })
final class IdiomCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private boolean verbose;

    IdiomCommand() {
        setVerbose(false);
    }

    /** {@code -v}. */
    @Option(
            names = {"-v", "--verbose"},
            scope = CommandLine.ScopeType.INHERIT,
            description = "Say more: what runs on what, and where an error comes from.")
    final void setVerbose(boolean verbose) {
        this.verbose = verbose;
        ((Logger) LoggerFactory.getLogger("idiom")).setLevel(verbose ? Level.INFO : Level.WARN);
    }

    boolean isVerbose() {
        return verbose;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = IdiomCommand.class.getPackage().getImplementationVersion();
            return new String[] {"Idiom " + (version == null ? "(not from a jar)" : version)};
        }
    }
}

package idiom.training.cli;

import idiom.training.gan.RecipeText;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The training program's commands. */
@Command(
        name = "idiom-train",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        version = "idiom-train 0.1.0",
        description = "Trains genres for idiom: data sets, classifiers, generators, presets.",
        subcommands = {
            NewCommand.class,
            PrepareCommand.class,
            ClassifyCommand.class,
            TrainCommand.class,
            ExportCommand.class,
            DistilCommand.class,
            AccuracyCommand.class,
            EvaluateCommand.class,
            CalibrateCommand.class,
            TableCommand.class,
            CorrelateCommand.class,
            AttributeCommand.class,
            ReportCommand.class,
            PagesCommand.class,
            BenchCommand.class
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:something failed; one line says what", "2:wrong usage"})
public final class IdiomTrain implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "-v", description = "Show where an error came from.", scope = ScopeType.INHERIT)
    private boolean verbose;

    @Option(names = "--recipe-keys", description = "List a recipe's keys with the papers' values, and exit.")
    private boolean recipeKeys;

    /** Runs a command line; returns the exit status. */
    public static int run(String... args) {
        return commandLine().execute(args);
    }

    /** The whole command line, to be executed once. */
    static CommandLine commandLine() {
        IdiomTrain program = new IdiomTrain();
        return new CommandLine(program)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((error, command, parsed) -> program.explain(error, command));
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (recipeKeys) {
            for (Map.Entry<String, String> entry : RecipeText.defaults().entrySet()) {
                out.println(entry.getKey() + " = " + entry.getValue());
            }
        } else {
            spec.commandLine().usage(out);
        }
        out.flush();
    }

    /** One line for the person at the terminal; the trace only when asked for. */
    private int explain(Exception error, CommandLine command) throws Exception {
        if (error instanceof CommandLine.ParameterException usage) {
            return command.getParameterExceptionHandler().handleParseException(usage, new String[0]);
        }
        if (verbose) {
            throw error;
        }
        String message = error.getMessage() == null ? error.toString() : error.getMessage();
        command.getErr().println("idiom-train: " + message.lines().findFirst().orElse(""));
        return CommandLine.ExitCode.SOFTWARE;
    }
}

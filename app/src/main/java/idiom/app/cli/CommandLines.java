package idiom.app.cli;

import idiom.app.transfer.Failures;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Puts the commands together. */
public final class CommandLines {
    private CommandLines() {}

    /** The whole command line, writing to {@code out} and {@code err}; run it with {@code execute}. */
    public static CommandLine idiom(Services services, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new IdiomCommand(), new CommandFactory(services));
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler(CommandLines::askedWrongly);
        line.setExecutionExceptionHandler(CommandLines::failed);
        return line;
    }

    private static int askedWrongly(CommandLine.ParameterException e, String[] arguments) {
        CommandLine line = e.getCommandLine();
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        line.getErr().println("idiom: " + message);
        CommandLine.UnmatchedArgumentException.printSuggestions(e, line.getErr());
        line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine line, ParseResult parsed) {
        line.getErr().println("idiom: " + Failures.line(e));
        if (isVerbose(line)) {
            e.printStackTrace(line.getErr());
        } else if (!Failures.isExpected(e)) {
            line.getErr().println("That should not have happened; the same with -v says where. Please report it.");
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean isVerbose(CommandLine line) {
        CommandLine top = line;
        while (top.getParent() != null) {
            top = top.getParent();
        }
        IdiomCommand command = top.getCommand();
        return command.isVerbose();
    }
}

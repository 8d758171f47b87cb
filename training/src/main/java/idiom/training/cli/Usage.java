package idiom.training.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options that do not fit together: exit status 2 and one line. */
final class Usage extends ParameterException {
    private static final long serialVersionUID = 1L;

    Usage(CommandSpec spec, String message) {
        super(spec.commandLine(), message);
    }
}

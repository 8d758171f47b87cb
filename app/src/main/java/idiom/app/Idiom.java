package idiom.app;

import idiom.app.cli.CommandLines;
import idiom.app.cli.Services;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/** The {@code idiom} command. */
public final class Idiom {
    private Idiom() {}

    /** Runs a command; ends the process with 0, 1 (it failed) or 2 (it was asked wrongly). */
    public static void main(String[] arguments) {
        Charset charset = Charset.defaultCharset();
        PrintWriter out = new PrintWriter(System.out, true, charset);
        PrintWriter err = new PrintWriter(System.err, true, charset);
        int exit = CommandLines.idiom(Services.ofSystem(), out, err).execute(arguments);
        out.flush();
        err.flush();
        System.exit(exit);
    }
}

package idiom.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code idiom man}: the manual pages, made of the same words as the help. */
@Command(
        name = "man",
        mixinStandardHelpOptions = true,
        description = {
            "Manual pages: prints one, or writes all.",
            "",
            "To read one:      idiom man transfer | man -l -",
            "To install them:  idiom man --out ~/.local/share/man/man1"
        })
final class ManCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "Command whose page is printed, such as 'presets install'; none: idiom itself.")
    private List<String> command = List.of();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FOLDER",
            description = "Write all pages to this folder, replacing older ones.")
    private @Nullable Path folder;

    @Override
    public Integer call() throws IOException {
        CommandSpec top = spec.root();
        PrintWriter out = spec.commandLine().getOut();
        if (folder == null) {
            out.print(new ManPage(named(top)).roff());
            out.flush();
        } else {
            Files.createDirectories(folder);
            int pages = write(top, folder);
            out.println(pages + " pages written to " + folder);
        }
        return CommandLine.ExitCode.OK;
    }

    private CommandSpec named(CommandSpec top) {
        CommandSpec found = top;
        for (String word : command) {
            CommandLine next = found.subcommands().get(word);
            if (next == null) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "there is no command '" + word + "'; there are "
                                + String.join(", ", found.subcommands().keySet()));
            }
            found = next.getCommandSpec();
        }
        return found;
    }

    private static int write(CommandSpec command, Path folder) throws IOException {
        Path page = folder.resolve(command.qualifiedName("-") + ".1");
        Path whole = folder.resolve("." + page.getFileName() + ".tmp");
        try {
            Files.writeString(whole, new ManPage(command).roff());
            Files.move(whole, page, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
        int pages = 1;
        for (Map.Entry<String, CommandLine> sub : command.subcommands().entrySet()) {
            pages += write(sub.getValue().getCommandSpec(), folder);
        }
        return pages;
    }
}

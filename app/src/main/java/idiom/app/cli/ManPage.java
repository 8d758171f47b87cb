package idiom.app.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** A command's manual page in the language of {@code man(7)}. */
final class ManPage {
    private static final int UNBROKEN = 10_000;

    private final CommandSpec command;
    private final UsageMessageSpec usage;
    private final StringBuilder roff = new StringBuilder();

    ManPage(CommandSpec command) {
        this.command = command;
        this.usage = command.usageMessage();
        // man breaks lines itself; breaks of the help would cut words in two.
        usage.autoWidth(false).width(UNBROKEN);
    }

    /** The page. */
    String roff() {
        String name = command.qualifiedName("-");
        line(".TH " + name.toUpperCase(Locale.ROOT).replace("-", "\\-") + " 1");
        section("NAME");
        text(name.replace("-", "\\-") + " \\- ", firstSentence());
        section("SYNOPSIS");
        synopsis();
        section("DESCRIPTION");
        paragraphs(usage.description());
        arguments();
        commands();
        if (usage.footer().length > 0) {
            section("NOTES");
            line(".nf");
            Arrays.stream(usage.footer()).forEach(footer -> text("", plain(footer)));
            line(".fi");
        }
        section("EXIT STATUS");
        text("", "0 if all went well, 1 if something failed, 2 if it was asked wrongly.");
        return roff.toString();
    }

    private String firstSentence() {
        return Arrays.stream(usage.description())
                .map(ManPage::plain)
                .findFirst()
                .orElse("");
    }

    private void synopsis() {
        String text = command.commandLine().getHelp().synopsis(0).strip();
        text("", plain(text).replaceAll("\\s+", " "));
    }

    private void arguments() {
        List<PositionalParamSpec> parameters = command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
        List<OptionSpec> options =
                command.options().stream().filter(option -> !option.hidden()).toList();
        section("OPTIONS");
        parameters.forEach(parameter -> item(parameter.paramLabel(), parameter));
        options.forEach(
                option -> item(names(option) + (option.arity().max() == 0 ? "" : " " + option.paramLabel()), option));
    }

    private static String names(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.negatable() ? names.replace("--", "--[no-]") : names;
    }

    private void item(String term, ArgSpec argument) {
        line(".TP");
        text(".B ", plain(term));
        text("", description(argument));
    }

    private static String description(ArgSpec argument) {
        String text = Arrays.stream(argument.description()).map(ManPage::plain).collect(Collectors.joining(" "));
        return text.replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()));
    }

    private void commands() {
        if (command.subcommands().isEmpty()) {
            return;
        }
        section("COMMANDS");
        for (CommandLine sub : command.subcommands().values()) {
            line(".TP");
            text(".B ", sub.getCommandSpec().qualifiedName("-") + "(1)");
            text(
                    "",
                    Arrays.stream(sub.getCommandSpec().usageMessage().description())
                            .map(ManPage::plain)
                            .findFirst()
                            .orElse(""));
        }
    }

    private void paragraphs(String[] lines) {
        for (String paragraph : lines) {
            if (paragraph.isEmpty()) {
                line(".PP");
            } else {
                text("", plain(paragraph));
            }
        }
    }

    private void section(String title) {
        line(".SH " + title);
    }

    /** picocli's markup and line-break formats taken out. */
    private static String plain(String text) {
        return Ansi.OFF.string(text.replace("%n", " ").replace("%%", "%"));
    }

    /** A line of text after a prefix of roff: characters that mean something to roff lose their meaning. */
    private void text(String prefix, String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        boolean isCommand = prefix.isEmpty() && (escaped.startsWith(".") || escaped.startsWith("'"));
        line(prefix + (isCommand ? "\\&" : "") + escaped);
    }

    private void line(String line) {
        roff.append(line).append('\n');
    }
}

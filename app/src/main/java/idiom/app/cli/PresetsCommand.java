package idiom.app.cli;

import idiom.app.transfer.Networks;
import idiom.engine.onnx.InferenceOptions;
import idiom.presets.ModelFile;
import idiom.presets.Preset;
import idiom.presets.PresetException;
import idiom.presets.PresetLibrary;
import idiom.presets.PresetReader;
import idiom.presets.PresetWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code idiom presets}: what there is, what it says, whether it is right, more of it. */
@Command(
        name = "presets",
        mixinStandardHelpOptions = true,
        description = "Lists, shows, checks and installs presets: ways to play.",
        synopsisSubcommandLabel = "COMMAND")
final class PresetsCommand implements Runnable {
    private final Services services;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    PresetsCommand(Services services) {
        this.services = services;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "say what to do: presets list, show NAME, validate FILE or install FILE");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "All presets, with their program numbers.")
    int list() {
        PresetLibrary library = services.library();
        PrintWriter out = spec.commandLine().getOut();
        if (library.entries().isEmpty()) {
            out.println("no presets; 'idiom presets install FILE' adds one");
        } else {
            out.println("program  name                  from      to        where");
        }
        for (PresetLibrary.Entry entry : library.entries()) {
            Preset preset = entry.preset();
            out.printf(
                    Locale.ROOT,
                    "%7d  %-20s  %-8s  %-8s  %s%n",
                    preset.program(),
                    preset.name(),
                    preset.source(),
                    preset.target(),
                    entry.origin() == PresetLibrary.Origin.BUNDLED ? "bundled" : "yours");
        }
        library.problems().forEach(problem -> spec.commandLine().getErr().println("broken: " + problem.getMessage()));
        out.println("your presets lie in " + library.userFolder());
        return library.problems().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Everything a preset says.")
    int show(@Parameters(paramLabel = "NAME", description = "Name of a preset.") String name) {
        spec.commandLine()
                .getOut()
                .print(PresetWriter.toText(services.library().named(name).preset()));
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            description = "Checks a preset file and its model: says file, line and key of what is wrong.")
    int validate(@Parameters(paramLabel = "FILE", description = "A preset file (.toml).") Path file) {
        Preset preset = checked(file);
        spec.commandLine()
                .getOut()
                .println(file + " is right: " + preset.name() + ", program " + preset.program() + ", " + preset.source()
                        + " to " + preset.target());
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "install",
            mixinStandardHelpOptions = true,
            description = "Checks a preset file and copies it, with its model, to your presets.")
    int install(
            @Parameters(paramLabel = "FILE", description = "A preset file (.toml), its model beside it.") Path file,
            @Option(
                            names = {"-f", "--force"},
                            description = "Replace a preset of the same name.")
                    boolean force) {
        checked(file);
        Preset preset = services.library().install(file, force);
        spec.commandLine()
                .getOut()
                .println("installed " + preset.name() + ": idiom transfer SONG.mid --preset " + preset.name()
                        + " -o OUT.mid");
        return CommandLine.ExitCode.OK;
    }

    /** Text, hashes, and that each model is a generator of the right shape: it is run once. */
    private Preset checked(Path file) {
        Preset preset = PresetReader.read(file);
        check(file + ": model.file: ", preset.model());
        preset.instant().ifPresent(model -> check(file + ": instant.file: ", model));
        return preset;
    }

    private void check(String where, ModelFile model) {
        try {
            Networks.Loaded loaded = services.networks()
                    .generator(model, InferenceOptions.defaults().withWarmUpRuns(1));
            loaded.generator().close();
        } catch (idiom.engine.generator.GeneratorException e) {
            throw new PresetException(where + e.getMessage(), e);
        }
    }
}

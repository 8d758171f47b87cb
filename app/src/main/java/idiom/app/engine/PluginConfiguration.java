package idiom.app.engine;

import idiom.presets.Folders;
import idiom.presets.Names;
import idiom.presets.Preset;
import idiom.presets.PresetLibrary;
import idiom.presets.WholeFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the plugin reads before an engine runs: how to start one ({@code engine.conf}) and which presets there are
 * ({@code presets.tsv}).
 *
 * @param folder where both are
 */
public record PluginConfiguration(Path folder) {
    private static final String LAUNCHER = "launcher=";

    /** That of a person whose folders these are. */
    public static PluginConfiguration of(Folders folders) {
        return of(System.getenv(), folders);
    }

    /** In {@code IDIOM_CONFIG_DIR}, else beside the user's presets, where the plugin looks. */
    static PluginConfiguration of(Map<String, String> environment, Folders folders) {
        String own = environment.getOrDefault("IDIOM_CONFIG_DIR", "");
        return new PluginConfiguration(
                own.startsWith("/") ? Path.of(own) : folders.presets().resolveSibling("plugin"));
    }

    /** The list of presets. */
    public Path presetList() {
        return folder.resolve("presets.tsv");
    }

    /** How to start an engine. */
    public Path engineFile() {
        return folder.resolve("engine.conf");
    }

    /** Writes the list of presets, a line each: program, name, hash of the model, title. */
    public void writePresets(PresetLibrary library) throws IOException {
        String list = library.entries().stream()
                .map(PresetLibrary.Entry::preset)
                .sorted(Comparator.comparingInt(Preset::program))
                .map(preset -> preset.program() + "\t" + preset.name() + "\t"
                        + preset.model().sha256() + "\t" + titleOf(preset) + "\n")
                .collect(Collectors.joining());
        write(presetList(), list);
    }

    /** Writes how to start an engine. */
    public void writeLauncher(Path launcher) throws IOException {
        write(
                engineFile(),
                "# How the plugin starts the engine when none runs; 'idiom plugin install' writes this file.\n"
                        + LAUNCHER + launcher.toAbsolutePath() + "\n");
    }

    /** What starts an engine; empty if nothing does. */
    public Optional<Path> launcher() throws IOException {
        if (!Files.exists(engineFile())) {
            return Optional.empty();
        }
        return Files.readAllLines(engineFile()).stream()
                .filter(line -> line.startsWith(LAUNCHER + "/"))
                .map(line -> Path.of(line.substring(LAUNCHER.length())))
                .findFirst();
    }

    /** A preset's name for people: {@code "Pop to Jazz"}, unless it has one of its own. */
    static String titleOf(Preset preset) {
        String usual = preset.source() + "-to-" + preset.target();
        String title = preset.name().equals(usual)
                ? Names.capitalised(preset.source()) + " to " + Names.capitalised(preset.target())
                : preset.name();
        return title.replaceAll("[\\t\\r\\n]", " ");
    }

    private static void write(Path file, String text) throws IOException {
        WholeFile.write(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), file);
    }
}

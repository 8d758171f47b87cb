package idiom.app.engine;

import idiom.app.transfer.Refusal;
import idiom.plugin.PluginSources;
import idiom.presets.PresetLibrary;
import idiom.presets.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The plugin where hosts look for it: built from its sources, copied, and taken away again. [control]
 *
 * @param lv2 folder of LV2 bundles
 * @param clap folder of CLAP plugins
 * @param cache where it is built
 * @param configuration what the plugin reads
 */
public record PluginInstallation(Path lv2, Path clap, Path cache, PluginConfiguration configuration) {
    private static final String LV2_BUNDLE = "Idiom.lv2";
    private static final String CLAP_FILE = "Idiom.clap";
    private static final String PROBE = "test/script_host";
    private static final long BUILD_MINUTES = 5;

    /** The bundle of the LV2 plugin. */
    public Path lv2Bundle() {
        return lv2.resolve(LV2_BUNDLE);
    }

    /** The CLAP plugin. */
    public Path clapFile() {
        return clap.resolve(CLAP_FILE);
    }

    /** A program that has the plugin's core play, driven by lines on its standard input. */
    public Path probe() {
        return built().resolve(PROBE);
    }

    private Path built() {
        return cache.resolve("plugin/built");
    }

    /**
     * Builds the plugin and puts it where hosts look for it; what was there is replaced.
     *
     * @param launcher the program that starts an engine
     * @param library presets to choose from
     * @return what was done, in lines for people
     * @throws Refusal if it can't be built, with what is to be installed
     */
    public List<String> install(Path launcher, PresetLibrary library) throws IOException, InterruptedException {
        requireTools();
        configuration.writePresets(library);
        configuration.writeLauncher(launcher);
        build();
        List<String> done = new ArrayList<>();
        if (Files.exists(built().resolve(LV2_BUNDLE))) {
            replaceFolder(built().resolve(LV2_BUNDLE), lv2Bundle());
            done.add("LV2   " + lv2Bundle());
        } else {
            done.add("LV2   left out, its headers are missing: apt install lv2-dev, then once more");
        }
        try (InputStream plugin = Files.newInputStream(built().resolve(CLAP_FILE))) {
            WholeFile.write(plugin, clapFile());
        }
        done.add("CLAP  " + clapFile());
        done.add("engine is started by " + launcher);
        done.add(library.entries().size() + " presets; install again when you have added one, so that hosts name it");
        return done;
    }

    private static void requireTools() {
        List<String> missing =
                Stream.of("make", "cc").filter(tool -> !isInstalled(tool)).toList();
        if (!missing.isEmpty()) {
            throw new Refusal("the plugin is built here, which needs " + String.join(" and ", missing)
                    + ": apt install make gcc libc6-dev lv2-dev");
        }
    }

    private static boolean isInstalled(String tool) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(":", -1))
                .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, tool)));
    }

    private void build() throws IOException, InterruptedException {
        Path sources = cache.resolve("plugin/sources");
        deleteFolder(sources);
        deleteFolder(built());
        PluginSources.unpack(sources);
        Path log = cache.resolve("plugin/build.log");
        ProcessBuilder builder = new ProcessBuilder(
                        "make", "-C", sources.toString(), "BUILD=" + built(), "all", built() + "/" + PROBE)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("IDIOM_CONFIG_DIR", configuration.folder().toString());
        Process make = builder.start();
        if (!make.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)) {
            make.destroyForcibly();
            throw new Refusal("building the plugin took longer than " + BUILD_MINUTES + " minutes; see " + log);
        }
        if (make.exitValue() != 0) {
            throw new Refusal("the plugin does not build: " + reason(log) + "; all of it is in " + log);
        }
    }

    private static String reason(Path log) throws IOException {
        return Files.readAllLines(log, StandardCharsets.UTF_8).stream()
                .filter(line -> line.contains("error") || line.contains("Error"))
                .findFirst()
                .orElse("make failed");
    }

    /** Takes the plugin away; returns what was there. Presets, and what else is not the plugin's, stay. */
    public List<Path> uninstall() throws IOException {
        List<Path> removed = new ArrayList<>();
        for (Path path : List.of(
                lv2Bundle(),
                clapFile(),
                configuration.engineFile(),
                configuration.presetList(),
                cache.resolve("plugin"))) {
            if (Files.exists(path)) {
                deleteFolder(path);
                removed.add(path);
            }
        }
        return removed;
    }

    /** A host that has the old one open keeps it: its files are unlinked, not written over. */
    private static void replaceFolder(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Path made = to.resolveSibling("." + to.getFileName() + ".new");
        deleteFolder(made);
        copyFolder(from, made);
        deleteFolder(to);
        Files.move(made, to);
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(from)) {
            all = found.toList();
        }
        for (Path path : all) {
            Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static void deleteFolder(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    /** What starts an engine, if that is said and is a program. */
    public Optional<Path> launcher() throws IOException {
        return configuration.launcher().filter(Files::isExecutable);
    }
}

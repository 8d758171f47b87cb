package idiom.presets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All presets within reach: those inside the program and the user's own. A broken one never hides the others; it is
 * listed in {@link #problems}.
 *
 * <p>Read once, when made; immutable apart from {@link #install}, which changes the folder but not this view. [any].
 */
public final class PresetLibrary {
    private static final String SUFFIX = ".toml";
    private static final int HIGHEST_PROGRAM = 127;

    /** Where a preset comes from. */
    public enum Origin {
        /** Ships with the program; its name and program number never change. */
        BUNDLED,
        /** Lies in the user's preset folder. */
        USER
    }

    /**
     * A preset within reach.
     *
     * @param preset as its text says; its model may not be on disk yet, see {@link #load}
     * @param origin where it comes from
     */
    public record Entry(Preset preset, Origin origin) {
        /** The preset's name. */
        public String name() {
            return preset.name();
        }
    }

    private final BundledPresets bundled;
    private final Path userFolder;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<PresetException> problems = new ArrayList<>();

    /**
     * Reads the texts of all presets; models are looked at when one is loaded.
     *
     * @param userFolder the user's presets; may not exist
     */
    public PresetLibrary(BundledPresets bundled, Path userFolder) {
        this.bundled = bundled;
        this.userFolder = userFolder.toAbsolutePath();
        bundled.names().forEach(name -> add(() -> new Entry(bundled.preset(name), Origin.BUNDLED), name));
        for (Path file : userFiles()) {
            add(() -> new Entry(PresetReader.readText(file), Origin.USER), file.toString());
        }
    }

    /** The library of the person who runs this process. */
    public static PresetLibrary ofSystem() {
        Folders folders = Folders.ofSystem();
        return new PresetLibrary(BundledPresets.shipped(folders.cache()), folders.presets());
    }

    /** All readable presets: bundled ones by the index, then the user's by file name. */
    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** What could not be read, one line each. */
    public List<PresetException> problems() {
        return Collections.unmodifiableList(problems);
    }

    /** Folder of the user's presets; may not exist. */
    public Path userFolder() {
        return userFolder;
    }

    /** The presets inside the program. */
    public BundledPresets bundled() {
        return bundled;
    }

    /**
     * The preset of this name.
     *
     * @throws PresetException if there is none; says what was probably meant and what there is
     */
    public Entry named(String name) {
        Entry entry = entries.get(name);
        if (entry != null) {
            return entry;
        }
        String hint = Nearest.to(name, entries.keySet())
                .map(near -> "did you mean " + near + "?")
                .orElse(entries.isEmpty() ? "none is installed" : "there are " + String.join(", ", entries.keySet()));
        throw new PresetException("there is no preset named " + name + ": " + hint);
    }

    /** Presets from one genre to another, bundled ones first. */
    public List<Entry> between(String source, String target) {
        return entries.values().stream()
                .filter(entry -> entry.preset().source().equals(source))
                .filter(entry -> entry.preset().target().equals(target))
                .toList();
    }

    /** Genres that some preset plays to, in alphabetical order. */
    public List<String> targets() {
        return genres(entry -> Stream.of(entry.preset().target()));
    }

    /** Genres that some preset takes in, in alphabetical order. */
    public List<String> sources() {
        return genres(entry -> Stream.of(entry.preset().source()));
    }

    private List<String> genres(Function<Entry, Stream<String>> of) {
        return entries.values().stream().flatMap(of).distinct().sorted().toList();
    }

    /**
     * The preset, ready to use: its model is on disk and is the right one. Bundled models are unpacked.
     *
     * @throws PresetException if the model is missing, another one, or cannot be unpacked
     */
    public Preset load(Entry entry) {
        if (entry.origin() == Origin.BUNDLED) {
            return bundled.unpack(entry.preset());
        }
        entry.preset().verifyModels();
        return entry.preset();
    }

    /**
     * Checks a preset and its models and copies all of it into the user's folder, each whole or not at all; the preset appears
     * last. Comments in the text are not kept. The shapes of the model are for the caller to check before.
     *
     * @param force whether a preset of the same name in the folder may be replaced
     * @return the preset where it lies now
     * @throws PresetException if it is broken, its name or program number is taken, or the folder cannot be written
     */
    public Preset install(Path file, boolean force) {
        Preset preset = PresetReader.read(file);
        requireFree(preset, force);
        Path target = userFolder.resolve(preset.name() + SUFFIX);
        // A new model never takes the place of the one that the old text still names.
        Preset installed = preset.withModels(
                inUserFolder(preset, preset.model()), preset.instant().map(model -> inUserFolder(preset, model)));
        List<Path> replaced = replacedModels(preset.name(), models(installed));
        try {
            copy(preset.model(), installed.model());
            if (preset.instant().isPresent()) {
                copy(preset.instant().get(), installed.instant().orElseThrow());
            }
            installed.verifyModels();
            PresetWriter.write(installed, target);
            for (Path old : replaced) {
                Files.deleteIfExists(old);
            }
        } catch (IOException e) {
            throw new PresetException("the preset cannot be copied to " + target + " (" + e + ")", e);
        }
        return installed;
    }

    private ModelFile inUserFolder(Preset preset, ModelFile model) {
        String name = preset.name() + "-" + model.sha256().substring(0, 12) + ".onnx";
        return new ModelFile(userFolder.resolve(name), model.sha256());
    }

    private static void copy(ModelFile from, ModelFile to) throws IOException {
        try (InputStream in = Files.newInputStream(from.path())) {
            WholeFile.write(in, to.path());
        }
    }

    private static Set<Path> models(Preset preset) {
        return Stream.concat(Stream.of(preset.model()), preset.instant().stream())
                .map(ModelFile::path)
                .collect(Collectors.toSet());
    }

    /**
     * Looks whether a preset of this name could be installed, long before there is one.
     *
     * @param force whether one of the same name in the user's folder may be replaced
     * @throws PresetException if the name is a bundled preset's, or taken
     */
    public void requireFree(String name, boolean force) {
        Entry same = entries.get(name);
        if (same != null && same.origin() == Origin.BUNDLED) {
            throw new PresetException(
                    "name must not be that of a bundled preset: name=" + name + "; give it a name of its own");
        }
        Path target = userFolder.resolve(name + SUFFIX);
        if (!force && (same != null || Files.exists(target))) {
            throw new PresetException(
                    "a preset named " + name + " is already installed: " + target + "; --force replaces it");
        }
    }

    private void requireFree(Preset preset, boolean force) {
        requireFree(preset.name(), force);
        holder(preset).ifPresent(other -> {
            throw new PresetException("program must be one that no other preset has: program=" + preset.program()
                    + " is " + other.name()
                    + firstFree().stream()
                            .mapToObj(free -> "; " + free + " is free")
                            .collect(Collectors.joining()));
        });
    }

    private Optional<Entry> holder(Preset preset) {
        return entries.values().stream()
                .filter(entry -> entry.preset().program() == preset.program())
                .filter(entry -> !entry.name().equals(preset.name()))
                .findFirst();
    }

    private OptionalInt firstFree() {
        return freePrograms().stream().mapToInt(Integer::intValue).findFirst();
    }

    /** Program numbers that no preset has, lowest first. */
    public List<Integer> freePrograms() {
        return IntStream.rangeClosed(0, HIGHEST_PROGRAM)
                .filter(program -> entries.values().stream()
                        .noneMatch(entry -> entry.preset().program() == program))
                .boxed()
                .toList();
    }

    /** The models that only the replaced preset used. */
    private List<Path> replacedModels(String name, Set<Path> newModels) {
        Set<Path> others = entries.values().stream()
                .filter(entry -> !entry.name().equals(name))
                .flatMap(entry -> models(entry.preset()).stream())
                .collect(Collectors.toSet());
        return Optional.ofNullable(entries.get(name)).stream()
                .flatMap(entry -> models(entry.preset()).stream())
                .filter(path -> !newModels.contains(path) && !others.contains(path))
                .filter(path -> userFolder.equals(path.getParent()))
                .toList();
    }

    private interface Reading {
        Entry entry();
    }

    private void add(Reading reading, String where) {
        try {
            Entry entry = reading.entry();
            Entry same = entries.get(entry.name());
            if (same != null) {
                throw new PresetException(where + ": name must be one that no other preset has: name=" + entry.name()
                        + (same.origin() == Origin.BUNDLED ? " is a bundled preset" : " is in the folder twice"));
            }
            holder(entry.preset())
                    .ifPresent(other -> problems.add(new PresetException(where + ": program "
                            + entry.preset().program() + " is also that of " + other.name()
                            + "; a program change will choose " + other.name())));
            entries.put(entry.name(), entry);
        } catch (PresetException e) {
            problems.add(e);
        }
    }

    private List<Path> userFiles() {
        if (!Files.isDirectory(userFolder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(userFolder)) {
            return files.filter(file -> {
                        String name = Objects.requireNonNull(file.getFileName()).toString();
                        return name.endsWith(SUFFIX) && !name.startsWith(".");
                    })
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add(new PresetException("the preset folder cannot be read: " + userFolder + " (" + e + ")", e));
            return List.of();
        }
    }
}

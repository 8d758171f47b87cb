package idiom.training.project;

import idiom.presets.BundledPresets;
import idiom.presets.Preset;
import idiom.presets.PresetLibrary;
import idiom.presets.PresetReader;
import idiom.presets.PresetWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A project's presets among the user's.
 *
 * @param folder the user's presets
 * @param cache where the program unpacks what it ships with
 */
public record Installation(Path folder, Path cache) {
    /** A preset by this name, as it is now; read anew, for installing changes it. */
    private PresetLibrary library() {
        return new PresetLibrary(BundledPresets.shipped(cache), folder);
    }

    /**
     * Looks before hours of training whether these presets can be installed in the end.
     *
     * @param replace whether installed ones of the same names may be replaced
     * @throws idiom.presets.PresetException in one line, if a name is taken by another than the project's own preset
     */
    void requireFree(ProjectFolder project, List<String> names, boolean replace) {
        PresetLibrary library = library();
        for (String name : names) {
            if (!isInstalled(library, project.preset(name))) {
                library.requireFree(name, replace);
            }
        }
    }

    /** Program numbers for so many presets: those that are asked for, else the lowest that are free. */
    List<Integer> programs(List<Integer> asked, List<String> names) {
        if (!asked.isEmpty()) {
            return asked;
        }
        PresetLibrary library = library();
        List<Integer> free = new ArrayList<>(library.freePrograms());
        List<Integer> programs = new ArrayList<>();
        for (String name : names) {
            // A preset that will be replaced hands its number on.
            Optional<Integer> own = installed(library, name).map(Preset::program);
            programs.add(own.orElseGet(() -> free.isEmpty() ? 127 : free.remove(0)));
        }
        return programs;
    }

    /**
     * Installs a preset under a program number that no other has; writes it anew if that is not the one it was exported with.
     *
     * @param asked the number that it must have; empty for any
     * @return what was done, for people
     */
    String install(Path file, Optional<Integer> asked, boolean replace) throws IOException {
        PresetLibrary library = library();
        Preset preset = PresetReader.read(file);
        int program = asked.orElseGet(() -> freeProgram(library, preset));
        if (program != preset.program()) {
            PresetWriter.write(preset.withProgram(program), file);
        }
        if (isInstalled(library, file)) {
            return preset.name() + " is installed, program " + program;
        }
        library.install(file, replace);
        return "installed " + preset.name() + ", program " + program;
    }

    private static int freeProgram(PresetLibrary library, Preset preset) {
        boolean taken = library.entries().stream()
                .anyMatch(entry -> entry.preset().program() == preset.program()
                        && !entry.name().equals(preset.name()));
        List<Integer> free = library.freePrograms();
        return taken && !free.isEmpty() ? free.get(0) : preset.program();
    }

    private static Optional<Preset> installed(PresetLibrary library, String name) {
        return library.entries().stream()
                .filter(entry -> entry.origin() == PresetLibrary.Origin.USER)
                .map(PresetLibrary.Entry::preset)
                .filter(preset -> preset.name().equals(name))
                .findFirst();
    }

    /** Whether the very preset of a file is installed: models are renamed on the way, so those are told by their hashes. */
    private static boolean isInstalled(PresetLibrary library, Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        Preset own = PresetReader.readText(file);
        return installed(library, own.name())
                .map(preset -> preset.withModels(own.model(), own.instant()).equals(own)
                        && preset.model().sha256().equals(own.model().sha256()))
                .orElse(false);
    }
}

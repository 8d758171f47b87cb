package idiom.engine.midi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;

/** The data that is shared beside the project: {@code ../shared/data} of its root, or {@code -Didiom.data=FOLDER}. */
public final class SharedData {
    private SharedData() {}

    /** All MIDI files in the order of their names; empty where the folder is absent. */
    public static List<Path> midiFiles() {
        // Tests run in the module's folder, one below the root.
        Path folder = Path.of("..")
                .resolve(System.getProperty("idiom.data", "../shared/data"))
                .resolve("midi");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(SharedData::isMidi).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isMidi(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.midi?");
    }

    /** As {@link #midiFiles}; skips the test where there are none. */
    public static List<Path> requireMidiFiles() {
        List<Path> files = midiFiles();
        Assumptions.assumeFalse(files.isEmpty(), "no MIDI files in ../shared/data/midi (-Didiom.data=FOLDER): skipped");
        return files;
    }
}

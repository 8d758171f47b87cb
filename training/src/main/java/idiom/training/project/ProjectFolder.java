package idiom.training.project;

import idiom.training.data.AtomicFile;
import idiom.training.data.DatasetManifest;
import idiom.training.export.ClassifierExport;
import idiom.training.run.FileLocks;
import idiom.training.run.RunFolder;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a project.
 *
 * <p>{@code project.toml} what was asked, {@code log.txt} what was said and when, {@code data/} the data set, {@code judge/} the
 * classifier of the evaluation, {@code run/} the training with the classifier that validates it, {@code presets/} both presets,
 * {@code evaluation.csv}, {@code .json} and {@code .txt} the numbers, {@code summary.txt} the numbers in words.
 *
 * @param path the folder
 */
public record ProjectFolder(Path path) {

    /** What was asked. */
    public Path settings() {
        return path.resolve("project.toml");
    }

    /** All that was said. */
    public Path log() {
        return path.resolve("log.txt");
    }

    /** The data set. */
    public Path data() {
        return path.resolve("data");
    }

    /** The classifier of the evaluation. */
    public ClassifierExport judge() {
        return new ClassifierExport(path.resolve("judge"));
    }

    /** The training. */
    public RunFolder run() {
        return new RunFolder(path.resolve("run"));
    }

    /** Both presets. */
    public Path presets() {
        return path.resolve("presets");
    }

    /** A preset of this name. */
    public Path preset(String name) {
        return presets().resolve(name + ".toml");
    }

    Path evaluation(String ending) {
        return path.resolve("evaluation." + ending);
    }

    Path summary() {
        return path.resolve("summary.txt");
    }

    Path report() {
        return data().resolve("report.txt");
    }

    boolean isPrepared() {
        return Files.exists(data().resolve(DatasetManifest.FILE_NAME));
    }

    /**
     * Takes the project for this process alone.
     *
     * @throws IOException in one line, if somebody else has it
     */
    Closeable lock() throws IOException {
        return FileLocks.take(
                path.resolve("project.lock"), path + ": another process is at work on this project; stop it first");
    }

    /**
     * Looks whether a new project may be here.
     *
     * @throws IOException in one line, if there is something else
     */
    void requireEmpty() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        if (!Files.isDirectory(path)) {
            throw new IOException(path + ": is a file; a project needs a folder of its own (-o FOLDER)");
        }
        try (Stream<Path> entries = Files.list(path)) {
            if (entries.findAny().isPresent()) {
                throw new IOException(
                        path + ": holds something that is no project; name another folder with -o FOLDER");
            }
        }
    }

    /** Takes away what a stage and those after it made. */
    void clearFrom(Stage first) throws IOException {
        for (Stage stage : Stage.values()) {
            if (stage.compareTo(first) >= 0) {
                for (Path made : madeBy(stage)) {
                    delete(made);
                }
            }
        }
    }

    private List<Path> madeBy(Stage stage) {
        return switch (stage) {
            case PREPARATION -> List.of(data());
            case JUDGE -> List.of(judge().folder());
            case TRAINING -> List.of(run().path());
            case EXPORT -> List.of(presets());
            case EVALUATION -> List.of(summary(), evaluation("csv"), evaluation("json"), evaluation("txt"));
            // What calibration writes is in the presets.
            case CALIBRATION, INSTALLATION -> List.of();
        };
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(path)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        } catch (UncheckedIOException e) {
            throw new IOException(path + ": cannot be deleted: " + e.getMessage(), e);
        }
    }

    static void write(Path file, String text) throws IOException {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Adds a line to the log. */
    void log(String line) {
        try {
            Files.writeString(log(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(log() + ": cannot be written: " + e.getMessage(), e);
        }
    }
}

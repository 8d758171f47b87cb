package idiom.training.cli;

import idiom.training.data.Dataset;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data set that a command works on. */
final class DataOption {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "FOLDER",
            description = "Data set: made by prepare, or GENRE/{train,test}.npy as published.")
    private Path folder;

    Dataset open() {
        return Dataset.open(folder);
    }
}

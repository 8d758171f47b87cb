package idiom.training.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether files that are there may be written over. */
final class ForceOption {
    @Option(names = "--force", description = "Write over files that are there.")
    private boolean force;

    /**
     * To be called before any work, for each file that will be written; null where none will.
     *
     * @throws IOException in one line, if it is there and must not be written over
     */
    void refuseToOverwrite(@Nullable Path file) throws IOException {
        if (file != null && !force && Files.exists(file)) {
            throw new IOException(file + " is there already; --force writes over it");
        }
    }
}

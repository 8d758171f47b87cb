package idiom.training.cli;

import idiom.training.data.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A table in files beside the one that is printed. */
final class OutputFiles {
    @Option(names = "--csv", paramLabel = "FILE", description = "Write the table as CSV as well.")
    private @Nullable Path csv;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the table as JSON as well.")
    private @Nullable Path json;

    @Mixin
    private ForceOption force;

    /** To be called before any work: see {@link ForceOption}. */
    void refuseToOverwrite() throws IOException {
        refuseToOverwrite(csv);
        refuseToOverwrite(json);
    }

    /** The same for one more file. */
    void refuseToOverwrite(@Nullable Path file) throws IOException {
        force.refuseToOverwrite(file);
    }

    /** Writes those that were asked for. */
    void write(String asCsv, String asJson) throws IOException {
        write(csv, asCsv);
        write(json, asJson);
    }

    static void write(@Nullable Path file, String text) throws IOException {
        if (file != null) {
            AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        }
    }
}

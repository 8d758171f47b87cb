package idiom.training.cli;

import idiom.presets.Preset;
import idiom.presets.PresetReader;
import idiom.training.data.Dataset;
import idiom.training.data.GenrePair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Two presets that lead from one genre to another and back. */
final class PresetPair {
    @Parameters(index = "0", paramLabel = "THERE.toml", description = "Preset from the first genre to the second.")
    private Path thereFile;

    @Parameters(index = "1", paramLabel = "BACK.toml", description = "Preset from the second genre to the first.")
    private Path backFile;

    private @Nullable Preset there;
    private @Nullable Preset back;

    /**
     * Reads both; called first.
     *
     * @throws IOException in one line, if one can't be read or they don't lead to one another's genre
     */
    void read() throws IOException {
        Preset first = PresetReader.read(thereFile);
        Preset second = PresetReader.read(backFile);
        if (!first.source().equals(second.target()) || !first.target().equals(second.source())) {
            throw new IOException(backFile + " must lead back from " + first.target() + " to " + first.source()
                    + ": it leads from " + second.source() + " to " + second.target());
        }
        there = first;
        back = second;
    }

    /** The genres' phrases, in the presets' order. */
    GenrePair pairOf(Dataset dataset) {
        return dataset.pair(there().source(), there().target());
    }

    Preset there() {
        return Objects.requireNonNull(there);
    }

    Preset back() {
        return Objects.requireNonNull(back);
    }

    Path thereFile() {
        return thereFile;
    }

    Path backFile() {
        return backFile;
    }
}

package idiom.app.transfer;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What shall be done with the files: the command line, checked.
 *
 * @param to genre that comes out; null if {@code preset} says it
 * @param from genre that comes in, or {@link PresetChoice#AUTO}
 * @param preset name of a preset; null: the one between the genres
 * @param tweaks what the musician wants otherwise
 * @param soundfont for WAV files; null: the synthesiser's own
 * @param overwrite whether files that are there may be replaced
 */
public record Order(
        @Nullable String to,
        String from,
        @Nullable String preset,
        Tweaks tweaks,
        @Nullable Path soundfont,
        boolean overwrite) {

    /**
     * One piece of work.
     *
     * @param in MIDI file
     * @param out MIDI file to write
     * @param picture PNG to write, if any
     * @param wav WAV to write, if any
     */
    public record Job(Path in, Path out, Optional<Path> picture, Optional<Path> wav) {}
}

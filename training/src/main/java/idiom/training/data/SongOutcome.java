package idiom.training.data;

import java.util.stream.IntStream;

/** What became of one MIDI file. */
public sealed interface SongOutcome {
    /** The file, relative to its genre's folder, {@code /} between folders. */
    String name();

    /** SHA-256 of its bytes, empty if it could not be read. */
    String sha256();

    /**
     * Rendered.
     *
     * @param phrases all of its 4-bar phrases in order, silent ones included; at least one is not silent
     */
    record Rendered(String name, String sha256, PhraseSet phrases) implements SongOutcome {
        /** How many phrases have a note in them. */
        public int sounding() {
            return (int) IntStream.range(0, phrases.size())
                    .filter(i -> !phrases.isSilent(i))
                    .count();
        }
    }

    /**
     * Left out.
     *
     * @param detail the reason in this file's own numbers, one line
     */
    record Skipped(String name, String sha256, SkipReason reason, String detail) implements SongOutcome {}
}

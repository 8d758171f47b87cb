package idiom.engine.midi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A Standard MIDI File (RP-001, "Standard MIDI Files 1.0"), every event of it. Immutable; [any].
 *
 * @param format 0: one track; 1: tracks that sound together; 2: tracks that are pieces of their own
 * @param division what a tick is
 * @param tracks at least one, exactly one in format 0, at most 65535; unmodifiable
 * @param warnings what the reader had to repair or leave out, one line each, empty for a sound file; unmodifiable
 */
public record MidiFile(int format, Division division, List<MidiTrack> tracks, List<String> warnings) {
    /** Most tracks that a header can state. */
    public static final int MAX_TRACKS = 0xFFFF;

    public MidiFile {
        Objects.requireNonNull(division, "division");
        tracks = List.copyOf(tracks);
        warnings = List.copyOf(warnings);
        if (format < 0 || format > 2) {
            throw new IllegalArgumentException("format must be 0, 1 or 2: format=" + format);
        }
        if (tracks.isEmpty() || tracks.size() > (format == 0 ? 1 : MAX_TRACKS)) {
            throw new IllegalArgumentException(
                    "tracks must be 1 in format 0, else 1 to 65535: format=" + format + " tracks=" + tracks.size());
        }
    }

    /** A file without warnings. */
    public MidiFile(int format, Division division, List<MidiTrack> tracks) {
        this(format, division, tracks, List.of());
    }

    /**
     * Reads a file within {@link MidiLimits#DEFAULT}: plain or in a RIFF wrapper (RMID). A last track that breaks off and
     * a track without end-of-track are repaired, other chunks are left out, all with a warning.
     *
     * @throws MidiFormatException if it is no MIDI file, or beyond a limit
     * @throws IOException if it cannot be read
     */
    public static MidiFile read(Path path) throws IOException {
        return read(path, MidiLimits.DEFAULT);
    }

    /** As {@link #read(Path)}, within limits of the caller. */
    public static MidiFile read(Path path, MidiLimits limits) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "is a folder, not a MIDI file");
        }
        if (Files.isRegularFile(path)) {
            MidiReader.requireSize(Files.size(path), limits);
            return MidiReader.read(Files.readAllBytes(path), limits);
        }
        // A pipe tells no size beforehand.
        try (InputStream in = Files.newInputStream(path)) {
            return MidiReader.read(in.readNBytes(limits.maxFileBytes() + 1), limits);
        }
    }

    /** As {@link #read(Path)}, from the bytes of a file, which it doesn't keep. */
    public static MidiFile read(byte[] bytes) throws MidiFormatException {
        return read(bytes, MidiLimits.DEFAULT);
    }

    /** As {@link #read(byte[])}, within limits of the caller. */
    public static MidiFile read(byte[] bytes, MidiLimits limits) throws MidiFormatException {
        return MidiReader.read(bytes, limits);
    }

    /**
     * The bytes of the file. Every event states its own status (no running status), every number has its shortest
     * form: equal files give equal bytes, and reading them gives the same events.
     */
    public byte[] toBytes() {
        return MidiWriter.bytes(this);
    }

    /**
     * Writes the file under a temporary name beside {@code target} and moves it into place.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one already and {@code overwrite} is false
     * @throws IOException if it cannot be written; {@code target} is then as it was
     */
    public void write(Path target, boolean overwrite) throws IOException {
        MidiWriter.write(toBytes(), target, overwrite);
    }

    /** Whether both hold the same events in the same form: all but the warnings are equal. */
    public boolean sameEvents(MidiFile other) {
        return format == other.format && division.equals(other.division) && tracks.equals(other.tracks);
    }

    /** Last tick of all tracks. */
    public long endTick() {
        return tracks.stream().mapToLong(MidiTrack::endTick).max().orElse(0);
    }

    /** Events of all tracks, end-of-track included. */
    public int eventCount() {
        return tracks.stream().mapToInt(track -> track.events().size()).sum();
    }

    /** The pieces in the file: of format 2 each track as a file of format 0, of others the file itself. */
    public List<MidiFile> sequences() {
        return format == 2
                ? tracks.stream()
                        .map(track -> new MidiFile(0, division, List.of(track), warnings))
                        .toList()
                : List.of(this);
    }

    /** Tracks whose metas hold for {@code track}: in format 2 that one, else all. */
    List<MidiTrack> tracksOf(int track) {
        return format == 2 ? List.of(tracks.get(track)) : tracks;
    }
}

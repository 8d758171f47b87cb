package idiom.app.engine;

import idiom.bridge.LiveAgent;
import idiom.bridge.plugin.PluginDevice;
import idiom.engine.live.SongMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what was learnt of a song, where the plugin finds it when its host saves: when it asks, and now and then, so
 * that an engine that is killed takes little with it. Brings back what the plugin's host had saved. [control]
 */
final class SongKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SongKeeper.class);
    private static final int LOOKS_BETWEEN_NOTES = 250;
    private static final SongMemory NOTHING = new SongMemory("", List.of(), List.of());
    /** Larger ones are no songs. */
    private static final long MOST_BYTES = 16 << 20;

    private final PluginDevice device;
    private final AtomicReference<@Nullable Learnt> learnt = new AtomicReference<>();
    /** What lies in the file, if this engine has written it. */
    private @Nullable SongMemory written;

    private long wanted;
    private long restored;
    private int looks;

    /** A song, and the request it answers. */
    private record Learnt(SongMemory song, long request) {}

    SongKeeper(PluginDevice device) {
        this.device = device;
        this.wanted = device.songsWanted();
        this.restored = device.songsRestored();
    }

    /** What there is of the song from before: what the host brought back last, else what an engine wrote down. */
    Optional<SongMemory> restored() {
        Optional<SongMemory> brought = read(device.restoredSong());
        if (brought.isPresent()) {
            write(brought.get());
            delete(device.restoredSong());
            return brought;
        }
        return read(device.song());
    }

    /** Does what the plugin asks for. */
    void tend(PluginPlayer player, LiveAgent agent) {
        if (device.songsRestored() != restored) {
            restored = device.songsRestored();
            written = null;
            // A state without a song is one in which nothing had been learnt.
            SongMemory song = restored().orElse(NOTHING);
            agent.command(() -> player.song(song));
        }
        long request = device.songsWanted();
        if (request != wanted || ++looks % LOOKS_BETWEEN_NOTES == 0) {
            wanted = request;
            keep(player, agent);
        }
        writeLearnt();
    }

    /** Has the session say what it has learnt; it is written with the next look. */
    void keep(PluginPlayer player, LiveAgent agent) {
        long request = wanted;
        agent.command(() -> learnt.set(new Learnt(player.song().orElse(NOTHING), request)));
    }

    private void writeLearnt() {
        Learnt now = learnt.getAndSet(null);
        if (now == null) {
            return;
        }
        if (!now.song().windows().isEmpty() && !now.song().equals(written)) {
            write(now.song());
            written = now.song();
        }
        device.songWritten(now.request());
    }

    /** Writes what is still to be written. */
    @Override
    public void close() {
        writeLearnt();
    }

    /** Not by WholeFile: this is for its owner's eyes alone. */
    private void write(SongMemory song) {
        Path file = device.song();
        Path made = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(made);
            Files.createFile(made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(made, song.toBytes());
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("What was learnt of a song could not be written down: {}", e.getMessage());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} could not be removed: {}", file, e.getMessage());
        }
    }

    private static Optional<SongMemory> read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("it is too large");
            }
            return Optional.of(SongMemory.of(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("A song is left out, {}: {}", file, e.getMessage());
            return Optional.empty();
        }
    }
}

package idiom.training.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that is filled under a temporary name beside its place and moved there when it is whole. Closing it before
 * that, or ending the program with Ctrl-C, leaves nothing behind. One thread.
 */
public final class StagingFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StagingFolder.class);

    /**
     * What a folder is.
     *
     * @param name for people, without its article: {@code "data set"}
     * @param marker file by which one that is there is known
     */
    public record Kind(String name, String marker) {
        static final Kind DATASET = new Kind("data set", DatasetManifest.FILE_NAME);
    }

    private final Kind kind;
    private final Path target;
    private final boolean replace;
    private final Path folder;
    private final Thread onExit;
    /** Held while moving, so that the program's end cannot come between the moves. */
    private final Object moving = new Object();

    private boolean ended;

    /** A data set; as below. */
    StagingFolder(Path target, boolean replace) throws IOException {
        this(Kind.DATASET, target, replace);
    }

    /**
     * Makes the temporary folder.
     *
     * @param kind what it is
     * @param target where the folder is to be
     * @param replace whether one of this kind that is there may be replaced; anything else there never is
     * @throws DataException if something is in the way
     */
    public StagingFolder(Kind kind, Path target, boolean replace) throws IOException {
        this.kind = kind;
        this.target = target.toAbsolutePath().normalize();
        this.replace = replace;
        requireFree();
        Path parent = this.target.getParent();
        if (parent == null) {
            throw new DataException(target + ": cannot be the folder of a " + kind.name);
        }
        Files.createDirectories(parent);
        this.folder = parent.resolve("." + this.target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        Files.createDirectory(folder);
        this.onExit = new Thread(this::end, "staging-folder-cleanup");
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** Where to write. */
    public Path folder() {
        return folder;
    }

    /** Moves the folder into its place. */
    public void commit() throws IOException {
        synchronized (moving) {
            if (ended) {
                throw new IOException("the program is ending");
            }
            requireFree();
            move();
        }
    }

    private void move() throws IOException {
        Path old = folder.resolveSibling(folder.getFileName() + ".old");
        boolean replaces = Files.exists(target);
        if (replaces) {
            Files.move(target, old);
        }
        try {
            Files.move(folder, target);
        } catch (IOException e) {
            if (replaces) {
                Files.move(old, target);
            }
            throw e;
        }
        deleteQuietly(old);
    }

    private void end() {
        synchronized (moving) {
            ended = true;
        }
        // The writing thread still runs and may put a file into what is being deleted: more than once, then.
        for (int i = 0; i < 5 && Files.exists(folder); i++) {
            deleteQuietly(folder);
        }
    }

    @Override
    public void close() {
        deleteQuietly(folder);
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The program is ending: the hook is at work already.
        }
    }

    private void requireFree() throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        if (!Files.isDirectory(target)) {
            throw new DataException(target + ": is a file; the " + kind.name + " needs a folder of its own");
        }
        boolean known = Files.exists(target.resolve(kind.marker));
        try (Stream<Path> entries = Files.list(target)) {
            if (!known && entries.findAny().isPresent()) {
                throw new DataException(
                        target + ": holds something that is no " + kind.name + " made here; choose another folder");
            }
        }
        if (known && !replace) {
            throw new DataException(target + ": there is a " + kind.name + " already; --force replaces it");
        }
    }

    private static void deleteQuietly(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(folder)) {
            List<Path> deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("could not delete a temporary folder, delete it by hand: folder={} {}", folder, e.toString());
        }
    }
}

package idiom.bridge.plugin;

import idiom.bridge.BackendException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The folder where plugins put their files: one for each user, in which nobody else can look. [control] */
public final class RuntimeFolder {
    static final String ENDING = ".shm";
    static final String SONG = ".song";
    static final String RESTORE = ".restore";
    static final List<String> ALL_ENDINGS = List.of(SONG, RESTORE, ENDING);

    private static final String ENGINE_LOCK = "engine.lock";
    private static final Set<PosixFilePermission> ALONE = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final UserPrincipal owner;

    private RuntimeFolder(Path path, UserPrincipal owner) {
        this.path = path;
        this.owner = owner;
    }

    /** The folder of the person who runs this process, made if it isn't there. */
    public static RuntimeFolder ofSystem() throws BackendException {
        return of(pathOf(System.getenv()));
    }

    /**
     * Where it is: {@code IDIOM_RUNTIME_DIR}, else {@code idiom} in {@code XDG_RUNTIME_DIR}, else {@code /tmp/idiom-UID}, as
     * the plugin has it.
     */
    static Path pathOf(Map<String, String> environment) throws BackendException {
        String own = environment.get("IDIOM_RUNTIME_DIR");
        if (own != null && own.startsWith("/")) {
            return Path.of(own);
        }
        String system = environment.get("XDG_RUNTIME_DIR");
        if (system != null && system.startsWith("/")) {
            return Path.of(system, "idiom");
        }
        try {
            // What this process owns tells its user's number, which Java has no name for.
            Path mine = Files.createTempFile("idiom", null);
            try {
                return Path.of("/tmp/idiom-" + Files.getAttribute(mine, "unix:uid"));
            } finally {
                Files.delete(mine);
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw new BackendException("the plugin needs a system with users like Linux: " + e.getMessage(), e);
        }
    }

    /**
     * A folder, made if it isn't there.
     *
     * @throws BackendException unless it is a folder of this user's that nobody else can enter
     */
    public static RuntimeFolder of(Path path) throws BackendException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            make(path);
        }
        // Where nothing can be written, no engine can work.
        return checked(path, path);
    }

    /**
     * A folder as it is, which is neither made nor written to; empty if it isn't there, and then no plugin is.
     *
     * @throws BackendException unless it is a folder of this user's that nobody else can enter
     */
    static Optional<RuntimeFolder> existing(Path path) throws BackendException {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(checked(path, Path.of(System.getProperty("java.io.tmpdir"))))
                : Optional.empty();
    }

    private static void make(Path path) throws BackendException {
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(ALONE));
        } catch (FileAlreadyExistsException e) {
            // A plugin or another engine that starts now was faster, or it is no folder: whoever checks it will see.
        } catch (IOException | UnsupportedOperationException e) {
            throw unusable(path, e);
        }
    }

    /** @param scratch where a file can be made for a moment, to tell whose it is */
    private static RuntimeFolder checked(Path path, Path scratch) throws BackendException {
        try {
            PosixFileAttributes attributes =
                    Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isDirectory() || !ALONE.containsAll(attributes.permissions())) {
                throw new BackendException(path + ": must be a folder of yours that nobody else can enter (mode 0700)");
            }
            Path mine = Files.createTempFile(scratch, ".owner", null);
            UserPrincipal me = Files.getOwner(mine);
            Files.delete(mine);
            if (!me.equals(attributes.owner())) {
                throw new BackendException(path + ": must be a folder of " + me.getName());
            }
            return new RuntimeFolder(path, me);
        } catch (BackendException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            throw unusable(path, e);
        }
    }

    private static BackendException unusable(Path path, Exception e) {
        return new BackendException(
                path + ": cannot be used for plugins: " + e.getMessage() + "; set IDIOM_RUNTIME_DIR", e);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    UserPrincipal owner() {
        return owner;
    }

    /** Files of plugins that are there now, in the order of their names. */
    List<Path> files() throws BackendException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(path, "plugin-*" + ENDING)) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw new BackendException(path + ": cannot be read: " + e.getMessage(), e);
        }
        Collections.sort(files);
        return files;
    }

    /** Holds a place that only one engine has; empty if another one has it. */
    public Optional<AutoCloseable> lockEngine() throws BackendException {
        try {
            FileChannel channel = FileChannel.open(
                    path.resolve(ENGINE_LOCK),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(channel);
        } catch (IOException e) {
            throw new BackendException(path.resolve(ENGINE_LOCK) + ": cannot be locked: " + e.getMessage(), e);
        }
    }
}

package idiom.bridge.plugin;

import idiom.bridge.BackendException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/** The file of one plugin instance, checked and mapped. [control] */
final class SharedFile implements AutoCloseable {
    private static final Set<PosixFilePermission> PRIVATE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path path;
    private final FileChannel channel;
    private final SharedMemory memory;
    private final int toEngineBytes;
    private final int toPluginBytes;

    private SharedFile(Path path, FileChannel channel, SharedMemory memory, int toEngineBytes, int toPluginBytes) {
        this.path = path;
        this.channel = channel;
        this.memory = memory;
        this.toEngineBytes = toEngineBytes;
        this.toPluginBytes = toPluginBytes;
    }

    /**
     * Opens a file.
     *
     * @param owner who it must belong to
     * @throws BackendException in one line, if it is not one of this protocol, or not this user's alone
     */
    static SharedFile open(Path path, UserPrincipal owner) throws BackendException {
        return open(path, owner, FileChannel.MapMode.READ_WRITE);
    }

    /**
     * Opens a file only to look at it: nothing can be written, so there is neither {@link #reader} nor {@link #writer}.
     *
     * @throws BackendException as {@link #open}
     */
    static SharedFile look(Path path, UserPrincipal owner) throws BackendException {
        return open(path, owner, FileChannel.MapMode.READ_ONLY);
    }

    private static SharedFile open(Path path, UserPrincipal owner, FileChannel.MapMode mode) throws BackendException {
        try {
            PosixFileAttributes attributes =
                    Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            require(attributes.isRegularFile(), path, "must be a file");
            require(attributes.owner().equals(owner), path, "must be a file of " + owner.getName());
            require(PRIVATE.containsAll(attributes.permissions()), path, "must be for its owner alone (mode 0600)");
            FileChannel channel = FileChannel.open(path, options(mode));
            try {
                return checked(path, channel, mode);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (BackendException e) {
            throw e;
        } catch (IOException e) {
            throw new BackendException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static Set<OpenOption> options(FileChannel.MapMode mode) {
        return mode == FileChannel.MapMode.READ_ONLY
                ? Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)
                : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    private static SharedFile checked(Path path, FileChannel channel, FileChannel.MapMode mode) throws IOException {
        long size = channel.size();
        require(size >= Layout.HEADER_BYTES && size <= Integer.MAX_VALUE, path, "has a wrong size: bytes=" + size);
        ByteBuffer mapped = channel.map(mode, 0, size);
        SharedMemory memory = new SharedMemory(mapped);
        require(memory.load(Layout.AT_MAGIC) == Layout.MAGIC, path, "is no file of the Idiom plugin");
        int major = memory.loadInt(Layout.AT_MAJOR);
        require(
                major == Layout.MAJOR,
                path,
                "speaks another version of the protocol; install plugin and engine of one version: plugin=" + major
                        + ", engine=" + Layout.MAJOR);
        int header = memory.loadInt(Layout.AT_HEADER_BYTES);
        int toEngine = memory.loadInt(Layout.AT_TO_ENGINE_BYTES);
        int toPlugin = memory.loadInt(Layout.AT_TO_PLUGIN_BYTES);
        boolean fits = header == Layout.HEADER_BYTES
                && isRing(toEngine)
                && isRing(toPlugin)
                && size == (long) header + toEngine + toPlugin;
        require(fits, path, "has a header that does not fit its size: bytes=" + size);
        double rate = Double.longBitsToDouble(memory.load(Layout.AT_SAMPLE_RATE));
        require(rate >= 1 && rate <= 10_000_000, path, "has an impossible sample rate: Hz=" + rate);
        return new SharedFile(path, channel, memory, toEngine, toPlugin);
    }

    private static boolean isRing(int bytes) {
        return bytes >= Layout.LEAST_RING_BYTES && bytes <= Layout.MOST_RING_BYTES && Integer.bitCount(bytes) == 1;
    }

    private static void require(boolean isRight, Path path, String what) throws BackendException {
        if (!isRight) {
            throw new BackendException(path + ": " + what);
        }
    }

    Path path() {
        return path;
    }

    SharedMemory memory() {
        return memory;
    }

    /** Process of the host. */
    int pid() {
        return memory.loadInt(Layout.AT_PID);
    }

    long instance() {
        return memory.load(Layout.AT_INSTANCE);
    }

    double sampleRate() {
        return Double.longBitsToDouble(memory.load(Layout.AT_SAMPLE_RATE));
    }

    /** Name of the host, as it says itself, without control characters. */
    String host() {
        byte[] bytes = new byte[Layout.HOST_BYTES];
        memory.get(Layout.AT_HOST, bytes, bytes.length);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8).replaceAll("\\p{Cc}", "");
    }

    /** What the plugin writes and the engine reads, from a position on. */
    RecordReader reader(long head) {
        return new RecordReader(
                memory, Layout.HEADER_BYTES, toEngineBytes, Layout.AT_TO_ENGINE_HEAD, Layout.AT_TO_ENGINE_TAIL, head);
    }

    /** What the engine writes and the plugin reads. */
    RecordWriter writer() {
        return new RecordWriter(
                memory,
                Layout.HEADER_BYTES + toEngineBytes,
                toPluginBytes,
                Layout.AT_TO_PLUGIN_HEAD,
                Layout.AT_TO_PLUGIN_TAIL);
    }

    /** Whether the plugin is there: it holds a lock on the file as long as it lives, whatever ends it. */
    boolean isHeld() {
        // A shared one, or whoever else asks just now would seem to be the plugin.
        try (FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (IOException | OverlappingFileLockException e) {
            // Nobody can say, or another thread asks just now; what may be somebody's is not removed.
            return true;
        }
    }

    /** What lies beside the file, with another ending. */
    Path beside(String ending) {
        String name = path.getFileName().toString();
        return path.resolveSibling(name.substring(0, name.length() - RuntimeFolder.ENDING.length()) + ending);
    }

    /** Removes the file of a plugin that is gone, and what lies beside it. */
    void delete() throws IOException {
        for (String ending : RuntimeFolder.ALL_ENDINGS) {
            Files.deleteIfExists(beside(ending));
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written through it.
        }
    }
}

package idiom.app.record;

import idiom.app.transfer.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is on disk of a session that is being recorded: all entries, appended as they come, so that little is lost whatever
 * happens to the program. Locked while a program writes to it.
 *
 * <p>Layout, big-endian: the magic {@code IDIOMJ01}; the number of devices as an int; for each device its name (UTF, as
 * {@link DataOutputStream#writeUTF}), its clock rate as a long, the number of presets as an int and their names; then entries:
 * the number of bytes that follow as an int, the device as a byte, the time as a long, and the bytes of the {@link Entry}.
 *
 * <p>For one thread at a time.
 */
final class Journal implements AutoCloseable {
    static final byte[] MAGIC = {'I', 'D', 'I', 'O', 'M', 'J', '0', '1'};
    /** Bytes of device and time. */
    static final int STAMP_BYTES = 9;

    private static final int BUFFER_BYTES = 1 << 16;

    private final WritableByteChannel channel;
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

    /** A journal into a channel, which is closed along with it. */
    Journal(WritableByteChannel channel) {
        this.channel = channel;
    }

    /** Where the journal of a recording lies. */
    static Path beside(Path target) {
        return target.resolveSibling(target.getFileName() + ".journal");
    }

    /**
     * Opens and locks a file for a new journal, or for what has been left behind by a program that was killed.
     *
     * @throws Refusal if another program is writing to it
     */
    static FileChannel lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean isLocked = false;
        try {
            isLocked = tryLock(channel) != null;
        } finally {
            if (!isLocked) {
                channel.close();
            }
        }
        if (!isLocked) {
            throw new Refusal(file + " is being written to: another session is being recorded under that name");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // By this very program.
        }
    }

    /** Says what is going to be recorded. */
    void begin(List<Take.Source> sources) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(MAGIC);
        out.writeInt(sources.size());
        for (Take.Source source : sources) {
            out.writeUTF(source.name());
            out.writeLong(source.clockRate());
            out.writeInt(source.presets().size());
            for (String preset : source.presets()) {
                out.writeUTF(preset);
            }
        }
        write(ByteBuffer.wrap(bytes.toByteArray()));
    }

    /** Appends an entry, to be written with the next {@link #flush}. */
    void append(int device, long time, byte[] bytes, int offset, int length) {
        int size = STAMP_BYTES + length;
        if (buffer.remaining() < Integer.BYTES + size) {
            ByteBuffer larger = ByteBuffer.allocate(2 * buffer.capacity() + size);
            buffer = larger.put(buffer.flip());
        }
        buffer.putInt(size).put((byte) device).putLong(time).put(bytes, offset, length);
    }

    /** Hands what was appended to the operating system; what could not be written is kept for the next time. */
    void flush() throws IOException {
        buffer.flip();
        try {
            write(buffer);
        } finally {
            buffer.compact();
        }
    }

    /** Has the operating system put on the disk what it was handed. */
    void force() throws IOException {
        if (channel instanceof FileChannel file) {
            file.force(false);
        }
    }

    /** How much waits to be written, in bytes. */
    int waiting() {
        return buffer.position();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Whether there is one of which something can be read. */
    static boolean isThere(Path file) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) > MAGIC.length;
    }
}

package idiom.training.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files that stand for work that one process at a time may do. */
public final class FileLocks {
    private FileLocks() {}

    /**
     * Takes a file for this process alone, until the lock is closed or the process ends. Makes the file, not its folder.
     *
     * @param otherwise what to say if somebody else has it
     * @throws IOException in one line, if somebody else has it
     */
    public static Closeable take(Path file, String otherwise) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // This process has it already: as good as another.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IOException(otherwise);
    }
}

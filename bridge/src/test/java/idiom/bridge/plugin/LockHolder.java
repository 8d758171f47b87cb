package idiom.bridge.plugin;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A process that holds a lock on a whole file until it is ended: a lock that this virtual machine holds itself, Java finds out
 * about without asking the system. Closing it kills the process, as a host may be killed.
 */
final class LockHolder implements AutoCloseable {
    private final Process process;
    private final boolean isHeld;

    private LockHolder(Process process, boolean isHeld) {
        this.process = process;
        this.isHeld = isHeld;
    }

    /** Has another process lock a file, which is made if it isn't there. */
    static LockHolder lock(Path path) throws IOException {
        return hold(path, "alone");
    }

    /** The same with a lock that others may have as well, as long as they all share it. */
    static LockHolder share(Path path) throws IOException {
        return hold(path, "shared");
    }

    private static LockHolder hold(Path path, String how) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes().toString(),
                        LockHolder.class.getName(),
                        path.toString(),
                        how)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return new LockHolder(process, "held".equals(said));
    }

    private static Path classes() {
        try {
            return Path.of(requireNonNull(LockHolder.class.getProtectionDomain().getCodeSource())
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it got the lock. */
    boolean isHeld() {
        return isHeld;
    }

    /** Its process. */
    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Locks the file whose path it is given, alone or shared, says so, and waits. */
    public static void main(String[] arguments) throws IOException {
        boolean isShared = arguments[1].equals("shared");
        try (FileChannel channel = FileChannel.open(
                Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            System.out.println(channel.tryLock(0, Long.MAX_VALUE, isShared) == null ? "refused" : "held");
            waitForEnd();
        }
    }

    private static void waitForEnd() {
        try {
            // Also when whoever started this is killed.
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

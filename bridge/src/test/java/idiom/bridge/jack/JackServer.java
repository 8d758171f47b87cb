package idiom.bridge.jack;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;

/** A JACK server without a sound card, under a name that only this process knows. [control] */
public final class JackServer implements AutoCloseable {
    /** Frames a second. */
    public static final int RATE = 48_000;

    /** Frames in each period. */
    public static final int PERIOD = 256;

    /**
     * Whether the server and its clients run before all other programs, as where music is made: true, false, or, where nothing is
     * said, if the system lets them. Without it some machines miss periods though nothing else runs.
     */
    private static final String REALTIME = "idiom.jack.realtime";

    private static final String NAME = "idiom-" + ProcessHandle.current().pid();
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final Process process;

    private JackServer(Process process) {
        this.process = process;
    }

    interface Environment extends Library {
        int setenv(String name, String value, int overwrite);
    }

    /** Makes clients of this process look for that server only; to be called before libjack is loaded. */
    static void hideOthers() {
        Native.load("c", Environment.class).setenv("JACK_DEFAULT_SERVER", NAME, 1);
    }

    /**
     * Starts one and waits until it answers; skips the test where there is no jackd.
     *
     * @throws IOException if it cannot be started
     */
    public static JackServer start() throws IOException {
        return start(PERIOD);
    }

    /** The same with other periods, a power of two. */
    public static JackServer start(int period) throws IOException {
        Assumptions.assumeTrue(isInstalled("jackd"), "needs jackd: apt install jackd2");
        hideOthers();
        List<String> command = new ArrayList<>(List.of("jackd", "-n", NAME));
        // Synchronous: a client that this busy machine keeps waiting holds the server up instead of missing a period.
        command.addAll(List.of(
                "-S", isRealtime() ? "-R" : "-r", "-t", "5000", "-d", "dummy", "-r", "" + RATE, "-p", "" + period));
        Path log = Files.createTempFile("jackd", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        JackServer server = new JackServer(process);
        try (JackBackend backend = new JackBackend()) {
            await("jackd answers", () -> answers(backend, process, log));
        }
        Files.delete(log); // It may go on writing, for nobody to read.
        return server;
    }

    private static boolean isRealtime() throws IOException {
        String wanted = System.getProperty(REALTIME);
        return wanted == null ? mayBeRealtime() : Boolean.parseBoolean(wanted);
    }

    private static boolean mayBeRealtime() throws IOException {
        if (!isInstalled("chrt")) {
            return false;
        }
        Process process = new ProcessBuilder("chrt", "-f", "10", "true")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor() == 0;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static boolean answers(JackBackend backend, Process process, Path log) {
        if (!process.isAlive()) {
            // Too many servers, for one: those that were killed count until /dev/shm/jack* is removed.
            throw new AssertionError("jackd has ended: " + contents(log));
        }
        return backend.problem().isEmpty();
    }

    private static String contents(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What JACK_DEFAULT_SERVER has to be for other programs to find it. */
    public static String name() {
        return NAME;
    }

    /** Whether a program is on the path. */
    public static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, program).canExecute());
    }

    /** Waits for up to a minute, and fails if {@code what} never comes about. */
    public static void await(String what, BooleanSupplier condition) {
        await(what, condition, TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NS));
    }

    /** Waits for up to some seconds, and fails if {@code what} never comes about. */
    public static void await(String what, BooleanSupplier condition, long seconds) {
        long beganNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - beganNs > TimeUnit.SECONDS.toNanos(seconds)) {
                throw new AssertionError("never happened: " + what);
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Ends it at once, as a crash would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            kill();
        }
    }
}

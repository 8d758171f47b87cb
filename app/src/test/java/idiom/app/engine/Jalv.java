package idiom.app.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import idiom.bridge.jack.JackServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The plugin alone in jalv, a JACK client with the ports {@code NAME:in} and {@code NAME:out}. */
final class Jalv implements AutoCloseable {
    private final Process process;
    private final BufferedWriter commands;
    /** What it has told of its ports last. */
    private final Map<String, Double> values = new ConcurrentHashMap<>();

    private Jalv(Process process) {
        this.process = process;
        this.commands = process.outputWriter(UTF_8);
        Thread reader = new Thread(this::read, "jalv");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it with values of ports; skips the test where there is no jalv. */
    static Jalv start(Map<String, String> environment, String name, Map<String, Double> ports) throws IOException {
        Assumptions.assumeTrue(JackServer.isInstalled("jalv"), "needs jalv: apt install jalv");
        // Or it keeps what it says to itself until it has said a lot.
        List<String> command = new ArrayList<>(List.of("stdbuf", "-oL", "jalv", "-x", "-n", name));
        new TreeMap<>(ports).forEach((port, value) -> command.addAll(List.of("-c", port + "=" + value)));
        command.add("urn:idiom:transfer");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Jalv jalv = new Jalv(builder.start());
        jalv.awaitStatus("any", 0, 1, 2, 3, 4);
        return jalv;
    }

    private void read() {
        process.inputReader(UTF_8).lines().forEach(line -> {
            String[] parts = line.replace("> ", "").split(" = ", 2);
            if (parts.length == 2) {
                values.put(parts[0], Double.parseDouble(parts[1]));
            }
        });
    }

    /** Gives a port a value. */
    void set(String port, double value) throws IOException {
        say(port + " = " + value);
    }

    private void say(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
    }

    /** Waits until the plugin says that it plays. */
    void awaitPlaying() {
        awaitStatus("playing", 2);
    }

    /** Waits until the plugin says that it has no engine. */
    void awaitAlone() {
        awaitStatus("alone", 0, 4);
    }

    private void awaitStatus(String what, double... wanted) {
        values.remove("status");
        JackServer.await("jalv says " + what + " with status " + values.get("status"), () -> {
            try {
                say("monitors");
                Thread.sleep(20);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
            Double status = values.get("status");
            for (double one : wanted) {
                if (status != null && status == one) {
                    return true;
                }
            }
            return false;
        });
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether a library is part of it. */
    boolean hasLoaded(String library) throws IOException {
        return Files.readString(Path.of("/proc", "" + process.pid(), "maps")).contains("/" + library);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        commands.close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("jalv has not ended by itself");
        }
    }
}

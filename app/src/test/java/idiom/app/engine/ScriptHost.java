package idiom.app.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The plugin's core in a process of its own, driven by lines: see {@code plugin-shim/test/script_host.c}. */
final class ScriptHost implements AutoCloseable {
    static final int RATE = 48_000;

    /** A message that left, at a frame since the host began. */
    record Sent(long frame, byte[] bytes) {
        boolean isOn() {
            return (bytes[0] & 0xF0) == 0x90 && bytes[2] > 0;
        }

        boolean isOff() {
            return (bytes[0] & 0xF0) == 0x80 || ((bytes[0] & 0xF0) == 0x90 && bytes[2] == 0);
        }

        int pitch() {
            return bytes[1];
        }
    }

    private static final String PROGRAM = "test/script_host";
    private static final HexFormat HEX = HexFormat.of();

    final List<Sent> sent = new ArrayList<>();
    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader replies;

    private ScriptHost(Process process) {
        this.process = process;
        this.commands = process.outputWriter(UTF_8);
        this.replies = process.inputReader(UTF_8);
    }

    /** Builds the program in a folder; skips the test where it can't be built. */
    static Path build(Path folder) throws IOException, InterruptedException {
        return PluginBuild.make(folder, PROGRAM).resolve(PROGRAM);
    }

    /** Starts a host whose plugin looks for an engine in a folder, and reads its configuration in another. */
    static ScriptHost start(Path program, Path runtime, Path configuration, int blockFrames) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(program.toString(), "" + RATE, "" + blockFrames).redirectErrorStream(true);
        builder.environment().put("IDIOM_RUNTIME_DIR", runtime.toString());
        builder.environment().put("IDIOM_CONFIG_DIR", configuration.toString());
        return new ScriptHost(builder.start());
    }

    /** Says something to which there is no reply. */
    void say(String format, Object... values) throws IOException {
        commands.write(String.format(format, values) + "\n");
    }

    /** Says something and returns the reply; what leaves meanwhile is added to {@link #sent}. */
    String ask(String format, Object... values) throws IOException {
        say(format, values);
        commands.flush();
        for (String line = replies.readLine(); line != null; line = replies.readLine()) {
            if (!line.startsWith("out ")) {
                return line;
            }
            String[] fields = line.split(" ");
            sent.add(new Sent(Long.parseLong(fields[1]), HEX.parseHex(fields[2])));
        }
        throw new AssertionError(
                "the host has ended: " + process.onExit().join().exitValue());
    }

    /** Plays until the engine answers; returns the frame. */
    long untilItPlays() throws IOException {
        String reply = ask("until 2 60");
        if (!reply.startsWith("until 1 ")) {
            throw new AssertionError("no engine answers: " + reply);
        }
        return Long.parseLong(reply.split(" ")[2]);
    }

    /** Ends at once, as a host that is killed. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws Exception {
        if (process.isAlive()) {
            commands.close();
        }
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}

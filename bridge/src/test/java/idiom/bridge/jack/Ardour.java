package idiom.bridge.jack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import idiom.engine.midi.MidiFile;
import idiom.engine.midi.NoteTable;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Ardour without a screen, on the test's JACK server, obeying the commands of a script, a line each, which the script answers
 * with {@code ok} and the line. [control]
 */
public final class Ardour implements AutoCloseable {
    /** Sync is chosen in a window of Ardour; without one, in the file where that window's choices are kept. */
    private static final String CONFIGURATION = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Ardour>
              <Config/>
              <TransportMasters current="JACK Transport">
                <TransportMaster type="Engine" name="JACK Transport" removeable="0" collect="1"/>
                <TransportMaster type="MTC" name="MTC" removeable="0" collect="0"/>
              </TransportMasters>
            </Ardour>
            """;

    private static final String SCRIPT = "ardour.lua";
    /** What scripts have in common, beside them. */
    private static final String SHARED = "session.lua";

    /** Says to scripts that the session is there. */
    public static final String OPENS = "IDIOM_ARDOUR_OPENS";

    private static final int LAST_LINES = 20;
    private static final int ATTEMPTS = 3;
    /** What a shell makes of SIGABRT. */
    private static final int ABORTED = 128 + 6;

    private final Path folder;
    private final Process process;
    private final BufferedReader replies;
    private final BufferedWriter commands;

    /** It ended unasked. */
    public static final class Ended extends AssertionError {
        private static final long serialVersionUID = 1;

        private final int status;

        private Ended(String message, int status) {
            super(message);
            this.status = status;
        }

        /** Whether it has found out itself that something was wrong with it. */
        public boolean hasAborted() {
            return status == ABORTED;
        }
    }

    private Ardour(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.replies = process.inputReader(UTF_8);
        this.commands = process.outputWriter(UTF_8);
    }

    /** Starts it with a session of two MIDI tracks, "keys" and "answer", 240 quarters a minute, obeying {@code ardour.lua}. */
    static Ardour start(Path root) throws IOException {
        return start(root, Ardour.class.getResource(SCRIPT), Map.of());
    }

    /**
     * Starts it in a folder of its own, with {@code session.lua} beside the script and the folder of the session in
     * {@code IDIOM_ARDOUR_FOLDER}; skips the test where there is no Ardour. Now and then JACK 1.9.21 turns it away as it
     * starts, and it is started again.
     *
     * @param root where it keeps its session, its configuration and what it caches
     * @param lua the script
     * @param environment what it is told beside that
     * @throws IOException if it cannot be started
     */
    public static Ardour start(Path root, URL lua, Map<String, String> environment) throws IOException {
        List<String> programs = Stream.of("ardour7-lua", "ardour8-lua", "ardour9-lua")
                .filter(JackServer::isInstalled)
                .toList();
        Assumptions.assumeFalse(programs.isEmpty(), "needs Ardour: apt install ardour");
        Path configuration = Files.createDirectories(root.resolve("config"));
        for (String program : programs) {
            Path own = Files.createDirectories(configuration.resolve(program.replace("-lua", "")));
            Files.writeString(own.resolve("config"), CONFIGURATION);
        }
        copy(lua, root.resolve(SCRIPT));
        copy(Ardour.class.getResource(SHARED), root.resolve(SHARED));
        // Away from JACK it ends, instead of going on without.
        ProcessBuilder builder = new ProcessBuilder(programs.get(0), "--exit-when-halted", SCRIPT)
                .directory(root.toFile())
                .redirectError(log(root).toFile());
        builder.environment().put("JACK_DEFAULT_SERVER", JackServer.name());
        builder.environment().put("JACK_NO_START_SERVER", "1");
        builder.environment().put("XDG_CONFIG_HOME", configuration.toString());
        builder.environment().put("XDG_CACHE_HOME", root.resolve("cache").toString());
        Path session = root.resolve("session");
        builder.environment().put("IDIOM_ARDOUR_FOLDER", session.toString());
        builder.environment().putAll(environment);
        for (int attempt = 1; ; attempt++) {
            Ardour ardour = new Ardour(session, builder.start());
            try {
                ardour.expect("ok ready");
                return ardour;
            } catch (Ended e) {
                System.out.println("Ardour, attempt " + attempt + ": " + e.getMessage());
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
            if (!environment.containsKey(OPENS) && Files.exists(session)) {
                Files.move(session, root.resolve("session" + attempt));
            }
        }
    }

    private static void copy(URL from, Path to) throws IOException {
        try (InputStream text = from.openStream()) {
            Files.copy(text, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Has it do something, and waits until that has been asked for. */
    public void obey(String command) throws IOException {
        ask(command);
    }

    /** Has it do something, and waits for what the script adds to its answer: "" if that is nothing. */
    public String ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        return expect("ok " + command);
    }

    private String expect(String reply) throws IOException {
        String line = replies.readLine();
        while (line != null && !line.startsWith("ok ") && !line.startsWith("failed ")) {
            line = replies.readLine(); // It says this and that about itself.
        }
        if (line == null) {
            throw ended(reply);
        }
        if (!line.equals(reply) && !line.startsWith(reply + ": ")) {
            throw new AssertionError("Ardour should say \"" + reply + "\": " + line);
        }
        return line.equals(reply) ? "" : line.substring(reply.length() + 2);
    }

    /** Says how it ended, and the end of what it wrote. */
    private Ended ended(String reply) throws IOException {
        int status;
        try {
            status = process.waitFor();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        List<String> log = Files.readAllLines(log(folder.getParent()), ISO_8859_1);
        List<String> last = log.subList(Math.max(0, log.size() - LAST_LINES), log.size());
        return new Ended("Ardour should say \"" + reply + "\", and ended with " + status + " after " + last, status);
    }

    private static Path log(Path root) {
        return root.resolve("ardour.log");
    }

    /** What it has recorded on a track; empty as long as that is nothing. */
    public Optional<MidiFile> recording(String track) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder.resolve("interchange"))) {
            files = all.filter(file -> file.toString().endsWith(".mid"))
                    .filter(file -> file.getFileName().toString().contains(track))
                    .toList();
        }
        for (Path file : files) {
            MidiFile music = MidiFile.read(file);
            if (!NoteTable.of(music).notes().isEmpty()) {
                return Optional.of(music);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws Exception {
        commands.close();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}

package idiom.app.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import idiom.bridge.jack.JackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Qtractor without a screen, which wants an ALSA sequencer: it is told what to do by signals and by MIDI. */
final class Qtractor implements AutoCloseable {
    /** Its MIDI ports, in the order of the buses in the session. */
    private static final String CONTROL_PORT = "Qtractor:0";

    private static final String ANSWERS_PORT = "Qtractor:1";

    /** The other end of /dev/snd/midiC0D0. */
    private static final String KEYBOARD_PORT = "Virtual Raw MIDI 0-0:0";

    private static final Path KEYBOARD = Path.of("/dev/snd/midiC0D0");
    private static final int SONG_POSITION = 0xF2;
    private static final int CONTINUE = 0xFB;
    private static final int STOP = 0xFC;
    private static final long PATIENCE_SECONDS = 120;

    private final Path session;
    private final Process process;

    private Qtractor(Path session, Process process) {
        this.session = session;
        this.process = process;
    }

    /** Opens a session, and waits until its ports are there; what Qtractor says goes to a file. */
    static Qtractor open(Path session, Map<String, String> environment, Path log) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("qtractor", session.toString())
                .directory(session.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("QT_QPA_PLATFORM", "offscreen");
        Qtractor qtractor = new Qtractor(session, builder.start());
        JackServer.await("Qtractor has ports", Qtractor::hasPorts, PATIENCE_SECONDS);
        new ProcessBuilder("aconnect", KEYBOARD_PORT, CONTROL_PORT).start().waitFor();
        return qtractor;
    }

    private static boolean hasPorts() {
        try {
            Process list = new ProcessBuilder("aconnect", "-i").start();
            return new String(list.getInputStream().readAllBytes(), UTF_8).contains("'" + QtractorSession.ANSWERS);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Has the song play from a step on. */
    void start(int step) throws IOException {
        Files.write(KEYBOARD, new byte[] {(byte) SONG_POSITION, (byte) (step & 0x7F), (byte) (step >> 7)});
        Files.write(KEYBOARD, new byte[] {(byte) CONTINUE});
    }

    /** Has it stand. */
    void halt() throws IOException {
        Files.write(KEYBOARD, new byte[] {(byte) STOP});
    }

    /** Starts writing down, with aseqdump's words, what comes out of the bus of the answers. */
    Process listen(Path file) throws IOException {
        return new ProcessBuilder(List.of("stdbuf", "-oL", "aseqdump", "-p", ANSWERS_PORT))
                .redirectErrorStream(true)
                .redirectOutput(file.toFile())
                .start();
    }

    /** Saves the session, or Qtractor would ask whether it shall, and ends. */
    @Override
    public void close() throws IOException, InterruptedException {
        FileTime before = Files.getLastModifiedTime(session);
        new ProcessBuilder("kill", "-USR1", "" + process.pid()).start().waitFor();
        JackServer.await("the session is saved", () -> isSavedSince(before));
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("Qtractor has not ended by itself");
        }
    }

    private boolean isSavedSince(FileTime before) {
        try {
            return !Files.getLastModifiedTime(session).equals(before)
                    && Files.readString(session).strip().endsWith("</session>");
        } catch (IOException e) {
            return false; // It is at it.
        }
    }
}

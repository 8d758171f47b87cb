package idiom.app.engine;

import static idiom.bridge.jack.JackServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import idiom.bridge.jack.JackPeer;
import idiom.bridge.jack.JackPeer.Timed;
import idiom.bridge.jack.JackRunning;
import idiom.bridge.jack.JackServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jaudiolibs.jnajack.JackException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plugin in jalv, a real host, between two clients of a real server: one plays, the other hears. The server runs one after
 * the other in each period, so that nothing but the plugin delays what is heard, and every frame is exact.
 */
@ExtendWith(JackRunning.class)
@Timeout(85)
class JalvTest {
    /** While no transport is known, the engine counts 120 quarters a minute. */
    private static final int BEAT = JackServer.RATE / 2;

    private static final int QUARTERS_A_MINUTE = 180;
    private static final int STEP = JackServer.RATE * 60 / QUARTERS_A_MINUTE / 4;
    private static final int EXPRESSION = 11;
    private static final int ATTEMPTS = 3;
    private static final Map<String, Double> FOLLOW_BY_A_BEAT = Map.of("mode", 2.0, "hop", 2.0, "preset", 5.0);

    @TempDir
    private static Path root;

    private static InstalledPlugin plugin;

    @BeforeAll
    static void install() throws Exception {
        plugin = InstalledPlugin.in(root);
    }

    /** One who plays, jalv, and one who hears. */
    private static final class Line implements AutoCloseable {
        final JackPeer player = new JackPeer("player");
        final JackPeer ear = new JackPeer("ear");
        final Jalv jalv;

        Line(Map<String, String> environment, Map<String, Double> ports) throws IOException, JackException {
            jalv = Jalv.start(environment, "Idiom", ports);
            player.connect("player:out", "Idiom:in");
            player.connect("Idiom:out", "ear:in");
        }

        /** Plays messages from a frame on, and waits until it is some time after the last. */
        void play(List<Timed> music, long from, long rest) {
            music.forEach(message -> player.play(from + message.frame(), message.bytes()));
            long end = from + music.get(music.size() - 1).frame() + rest;
            await("the music is over", () -> ear.start() > end);
        }

        long soon() {
            return player.start() + JackServer.RATE / 4;
        }

        void forget() {
            player.played.clear();
            ear.heard.clear();
        }

        long missed() {
            return player.xruns() + ear.xruns();
        }

        @Override
        public void close() throws Exception {
            jalv.close();
            player.close();
            ear.close();
            assertThat(player.failures).isEmpty();
            assertThat(ear.failures).isEmpty();
        }
    }

    /** What is exact. */
    @FunctionalInterface
    private interface Scene {
        void play(Line line) throws Exception;
    }

    /**
     * Every assertion is exact. Where one fails while JACK missed periods, as on a virtual machine that its host stops, nobody can
     * say whose fault it was, and the music is played again.
     */
    private static void shouldPlay(Map<String, Double> ports, Scene scene) throws Exception {
        shouldPlay(plugin.environment(), ports, scene);
    }

    private static void shouldPlay(Map<String, String> environment, Map<String, Double> ports, Scene scene)
            throws Exception {
        for (int attempt = 1; ; attempt++) {
            try (Line line = new Line(environment, ports)) {
                try {
                    scene.play(line);
                    return;
                } catch (AssertionError e) {
                    if (attempt == ATTEMPTS || line.missed() == 0) {
                        throw e;
                    }
                }
            }
        }
    }

    /** A message in the form in which two of them are compared. */
    private static String at(long frame, Timed message) {
        return frame + " " + HexFormat.of().formatHex(message.bytes());
    }

    private static List<String> moved(Collection<Timed> messages, long frames) {
        return messages.stream()
                .map(message -> at(message.frame() + frames, message))
                .collect(Collectors.toList());
    }

    private static Timed message(long frame, int... bytes) {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            all[i] = (byte) bytes[i];
        }
        return new Timed(frame, all);
    }

    /** All kinds of messages, at frames that nobody would choose, two hundred and some. */
    private static List<Timed> allKinds() {
        SplittableRandom random = new SplittableRandom(3);
        List<Timed> music = new ArrayList<>();
        long frame = 0;
        for (int i = 0; i < 36; i++) {
            int pitch = 36 + 2 * random.nextInt(30);
            int channel = i % 5 == 0 ? 9 : random.nextInt(3);
            music.add(message(frame += 1 + random.nextInt(900), 0x90 | channel, pitch, 1 + random.nextInt(127)));
            music.add(message(frame += 1 + random.nextInt(900), 0xB0 | channel, 1, random.nextInt(128)));
            music.add(message(frame += 1 + random.nextInt(900), 0xE0 | channel, random.nextInt(128), 64));
            music.add(message(frame += 1 + random.nextInt(900), 0xD0 | channel, random.nextInt(128)));
            music.add(message(frame += 1 + random.nextInt(900), 0x80 | channel, pitch, random.nextInt(128)));
            music.add(message(frame += 1 + random.nextInt(900), 0xF0, 0x7D, i, random.nextInt(128), 0xF7));
        }
        return music;
    }

    /** Chords and a tune over 48 steps, played by hand: not quite on the steps. */
    private static List<Timed> piece() {
        int[] tune = {64, 67, 72, 71, 69, 67, 65, 64, 62, 65, 69, 67};
        SplittableRandom random = new SplittableRandom(5);
        List<Timed> music = new ArrayList<>();
        for (int i = 0; i < tune.length; i++) {
            long step = 4L * i * STEP;
            music.add(message(step + random.nextInt(STEP / 8), 0x90, tune[i], 80 + i));
            music.add(message(step + STEP / 8 + random.nextInt(STEP / 8), 0x90, 48 + i % 3 * 5, 70 + i));
            music.add(message(step + STEP / 4 + random.nextInt(STEP / 4), 0xB0, EXPRESSION, 100 + i));
            music.add(message(step + 3L * STEP + random.nextInt(STEP / 8), 0x80, tune[i], 0));
            music.add(message(step + 3L * STEP + STEP / 4, 0x80, 48 + i % 3 * 5, 0));
        }
        return music;
    }

    private static boolean isNoteOn(byte[] bytes) {
        return (bytes[0] & 0xF0) == 0x90 && bytes[2] > 0;
    }

    private static boolean isNoteOff(byte[] bytes) {
        return (bytes[0] & 0xF0) == 0x80 || ((bytes[0] & 0xF0) == 0x90 && bytes[2] == 0);
    }

    private static void shouldHaveEndedItsNotes(Collection<Timed> heard) {
        int[] sounding = new int[16 * 128];
        for (Timed one : heard) {
            if (isNoteOn(one.bytes())) {
                sounding[(one.bytes()[0] & 0x0F) * 128 + one.bytes()[1]]++;
            } else if (isNoteOff(one.bytes())) {
                sounding[(one.bytes()[0] & 0x0F) * 128 + one.bytes()[1]] = 0;
            }
        }
        assertThat(sounding).containsOnly(0);
    }

    @Test
    void shouldAddNoFrameWithoutAnEngine() throws Exception {
        shouldPlay(FOLLOW_BY_A_BEAT, line -> {
            line.play(allKinds(), line.soon(), JackServer.RATE / 4);
            assertThat(moved(line.ear.heard, 0)).isEqualTo(moved(line.player.played, 0));
        });
    }

    @Test
    void shouldAnswerEveryMessageAtExactlyItsFrame() throws Exception {
        Map<String, Double> dry = Map.of("mode", 2.0, "hop", 2.0, "preset", 5.0, "mix", 0.0);
        try (EngineThread engine = plugin.serve()) {
            shouldPlay(dry, line -> {
                line.jalv.awaitPlaying();
                line.play(allKinds(), line.soon(), BEAT + JackServer.RATE / 4);
                assertThat(moved(line.ear.heard, 0)).isEqualTo(moved(line.player.played, BEAT));
            });
        }
    }

    /** The same piece twice, the second time while something else keeps both cores busy: frame for frame the same answer. */
    @Test
    void shouldAnswerAlikeWhileTheMachineIsBusy() throws Exception {
        try (EngineThread engine = plugin.serve()) {
            shouldPlay(FOLLOW_BY_A_BEAT, line -> {
                line.jalv.awaitPlaying();
                line.player.conduct(QUARTERS_A_MINUTE, 4, 4);
                List<String> quiet = answer(line);
                List<String> busy;
                try (AutoCloseable noise = keepBusy(2)) {
                    busy = answer(line);
                }
                assertThat(busy).isEqualTo(quiet);
            });
        }
    }

    /** What is answered to the piece, played at the second bar of the song, with frames of the song. */
    private static List<String> answer(Line line) throws Exception {
        line.player.halt();
        line.player.locate(0);
        Thread.sleep(300);
        line.player.transportFrames.clear();
        line.forget();
        line.player.roll();
        await(
                "the song rolls",
                () -> line.player.transportFrames.values().stream().anyMatch(frame -> frame > 0));
        long start = line.player.transportFrames.entrySet().stream()
                .filter(period -> period.getValue() > 0)
                .mapToLong(period -> period.getKey() - period.getValue())
                .findFirst()
                .orElseThrow();
        line.play(piece(), start + 16L * STEP, 16L * STEP);
        // Before it, the jump to there has ended what sounded.
        List<Timed> heard = line.ear.heard.stream()
                .filter(one -> one.frame() >= start + 16L * STEP)
                .toList();
        List<Timed> played = List.copyOf(line.player.played);
        line.player.halt();
        // What is no note comes a beat later; and it is an answer, not an echo.
        assertThat(moved(pedals(heard), 0)).isEqualTo(moved(pedals(played), 4L * STEP));
        assertThat(moved(heard, 0)).isNotEqualTo(moved(played, 4L * STEP));
        shouldHaveEndedItsNotes(heard);
        return moved(heard, -start);
    }

    private static List<Timed> pedals(List<Timed> messages) {
        return messages.stream()
                .filter(message -> (message.bytes()[0] & 0xF0) == 0xB0 && message.bytes()[1] == EXPRESSION)
                .toList();
    }

    private static AutoCloseable keepBusy(int processes) throws IOException {
        List<Process> busy = new ArrayList<>();
        String loop = "while kill -0 " + ProcessHandle.current().pid()
                + " 2>/dev/null; do i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; done";
        for (int i = 0; i < processes; i++) {
            busy.add(new ProcessBuilder("sh", "-c", loop).start());
        }
        return () -> {
            for (Process process : busy) {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        };
    }

    /**
     * Built so that jalv ends where the plugin, while it processes, asks for memory, a lock, a file or the system: with an engine,
     * while the song jumps, and without one.
     */
    @Test
    void shouldCallNothingThatMayWait() throws Exception {
        shouldPlay(plugin.watchedEnvironment(), FOLLOW_BY_A_BEAT, line -> {
            assertThat(line.jalv.hasLoaded(InstalledPlugin.WATCH)).isTrue();
            line.player.conduct(QUARTERS_A_MINUTE, 4, 4);
            try (EngineThread engine = plugin.serve()) {
                line.jalv.awaitPlaying();
                answer(line);
                line.jalv.set("mode", 4);
                line.jalv.set("mix", 0.5);
                line.player.roll();
                line.play(piece(), line.soon(), BEAT);
                line.player.locate(5 * BEAT);
                line.play(allKinds(), line.soon(), BEAT);
            }
            line.jalv.awaitAlone();
            line.forget();
            line.play(allKinds(), line.soon(), JackServer.RATE / 4);
            assertThat(moved(line.ear.heard, 0)).isEqualTo(moved(line.player.played, 0));
            assertThat(line.jalv.isAlive()).isTrue();
        });
    }

    @Test
    void shouldPassOnWhenTheEngineEndsAndAnswerTheNextOne() throws Exception {
        Map<String, Double> dry = Map.of("mode", 2.0, "hop", 2.0, "preset", 5.0, "mix", 0.0);
        shouldPlay(dry, line -> {
            try (EngineThread engine = plugin.serve()) {
                line.jalv.awaitPlaying();
                // Held while the engine ends, and a beat of answers still to come.
                line.play(List.of(message(0, 0x90, 60, 90)), line.soon(), BEAT + JackServer.RATE / 10);
                line.play(List.of(message(0, 0x90, 62, 90)), line.soon(), 1000);
            }
            line.jalv.awaitAlone();
            shouldHaveEndedItsNotes(line.ear.heard);
            line.play(List.of(message(0, 0x80, 60, 0), message(1, 0x80, 62, 0)), line.soon(), JackServer.RATE / 10);
            line.forget();
            line.play(allKinds(), line.soon(), JackServer.RATE / 4);
            assertThat(moved(line.ear.heard, 0)).isEqualTo(moved(line.player.played, 0));
            try (EngineThread engine = plugin.serve()) {
                line.jalv.awaitPlaying();
                line.forget();
                line.play(allKinds(), line.soon(), BEAT + JackServer.RATE / 4);
                assertThat(moved(line.ear.heard, 0)).isEqualTo(moved(line.player.played, BEAT));
            }
            assertThat(line.jalv.isAlive()).isTrue();
        });
    }
}

package idiom.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.app.engine.ScriptHost.Sent;
import idiom.app.score.PreludeScore;
import idiom.app.transfer.Networks;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.Note;
import idiom.engine.midi.NoteTable;
import idiom.engine.midi.TicksPerQuarter;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.transfer.SongTransfer;
import idiom.presets.Hop;
import idiom.presets.Preset;
import idiom.presets.PresetLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plugin's core in one process, the engine with the bundled presets here or in another, the shared file between. */
@Timeout(180)
class PluginEngineTest {
    private static final int BLOCK = 256;
    /** At 120 quarters a minute. */
    private static final long STEP = 6000;

    private static final int POP_TO_JAZZ = 5;
    private static final int FOLLOW = 2;
    private static final int TIMELINE = 4;
    private static final int BEAT = 2;

    @TempDir
    private static Path shared;

    private static Path program;
    private static PresetLibrary library;

    @TempDir
    private Path folder;

    private Path runtime;
    private Path configuration;

    @BeforeAll
    static void build() throws Exception {
        program = ScriptHost.build(shared);
        library = EngineThread.presets(shared);
    }

    @BeforeEach
    void makeFolders() throws IOException {
        runtime = folder.resolve("run");
        configuration = Files.createDirectory(folder.resolve("config"));
        new PluginConfiguration(configuration).writePresets(library);
    }

    private ScriptHost host() throws IOException {
        return ScriptHost.start(program, runtime, configuration, BLOCK);
    }

    private EngineThread engine() throws IOException {
        return new EngineThread(runtime, library);
    }

    private static MidiFile tune() throws IOException {
        try (InputStream in = PreludeScore.class.getResourceAsStream("/idiom/app/bwv846.txt")) {
            return PreludeScore.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The notes of a file begun and ended by up to so many steps too early or too late. */
    private static MidiFile byHand(MidiFile file, double most) {
        if (most == 0) {
            return file;
        }
        SplittableRandom random = new SplittableRandom(1);
        NoteTable table = NoteTable.of(file);
        double stepTicks = ((TicksPerQuarter) file.division()).ticks() / 4.0;
        Map<Integer, Note> moved = new TreeMap<>();
        for (int i = 0; i < table.notes().size(); i++) {
            Note note = table.notes().get(i);
            double early = random.nextDouble() < 0.5 ? random.nextDouble(0.02, most) : 0;
            double late = random.nextDouble(most);
            long on = Math.max(0, note.onTick() + Math.round(stepTicks * (early > 0 ? -early : late)));
            long off = Math.max(on + 1, note.offTick() - Math.round(stepTicks * 2 * random.nextDouble(most)));
            moved.put(i, note.withTicks(on, off));
        }
        return table.edit(new BitSet(), moved, List.of());
    }

    private static double steps(MidiFile file, long tick) {
        return tick * 4.0 / ((TicksPerQuarter) file.division()).ticks();
    }

    /** Has the host play notes with the song's beginning at a frame. */
    private static void playSong(ScriptHost host, long start, MidiFile song, double endStep) throws IOException {
        host.say("at %d go 0 120", start);
        for (Note note : NoteTable.of(song).notes()) {
            double on = steps(song, note.onTick());
            if (on < endStep) {
                host.say(
                        "at %d midi %02x%02x%02x",
                        frame(start, on), 0x90 | note.channel(), note.pitch(), note.velocity());
                double off = Math.min(steps(song, note.offTick()), endStep - 0.01);
                host.say("at %d midi %02x%02x40", frame(start, off), 0x80 | note.channel(), note.pitch());
            }
        }
    }

    /** Has the song go to a step at a frame, and the host play two voices up to another step, a little shorter than they are written. */
    private static void playEighths(ScriptHost host, long from, int first, int end) throws IOException {
        int[] tune = {60, 64, 67, 72, 71, 67, 62, 65, 69, 74, 72, 65, 59, 62, 67, 71};
        host.say("at %d go %d 120", from, first);
        for (int step = first; step < end; step += 2) {
            for (int pitch : new int[] {tune[step / 2 % tune.length], tune[step / 8 % tune.length] - 12}) {
                host.say("at %d midi 90%02x50", frame(from, step - first), pitch);
                host.say("at %d midi 80%02x40", frame(from, step - first + 1.5), pitch);
            }
        }
    }

    /** Has the host play a song with the mode that learns it, pop to jazz; the frame at which it may begin, a second from now. */
    private static long beginTimeline(ScriptHost host) throws IOException {
        host.say("set preset %d", POP_TO_JAZZ);
        host.say("set mode %d", TIMELINE);
        return host.untilItPlays() + ScriptHost.RATE;
    }

    private static long frame(long start, double step) {
        return start + Math.round(step * STEP);
    }

    /** Onsets in an order that does not depend on that of what sounds together. */
    private static List<String> onsets(List<Sent> sent, long start, long end) {
        return sent.stream()
                .filter(message -> message.isOn() && message.frame() >= start && message.frame() < end)
                .map(message ->
                        String.format("%07d %3d %3d", message.frame() - start, message.pitch(), message.bytes()[2]))
                .sorted()
                .toList();
    }

    private static void assertAllEnded(List<Sent> sent) {
        Map<Integer, Integer> open = new TreeMap<>();
        for (Sent message : sent) {
            int key = (message.bytes()[0] & 0x0F) << 7 | message.pitch();
            if (message.isOn()) {
                open.merge(key, 1, Integer::sum);
            } else if (message.isOff()) {
                assertThat(open.merge(key, -1, Integer::sum))
                        .as("no off without an on")
                        .isGreaterThanOrEqualTo(0);
            }
        }
        assertThat(open.values()).as("what still sounds").allMatch(count -> count == 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3})
    void shouldPlayWhatTransferMakesOfTheSongFromTheSecondPassOn(double offTheGrid) throws Exception {
        MidiFile song = byHand(tune(), offTheGrid);
        int steps = 4 * 64;
        Preset preset = library.load(library.named("pop-to-jazz"));
        MidiFile transferred;
        try (var generator = Networks.onnx()
                .generator(preset.model(), InferenceOptions.defaults())
                .generator()) {
            transferred = new SongTransfer(generator, preset.decoding(), preset.output(), Hop.WINDOW)
                    .transfer(song)
                    .file();
        }
        try (EngineThread engine = engine();
                ScriptHost host = host()) {
            long start = beginTimeline(host);
            long length = steps * STEP;
            playSong(host, start, song, steps);
            playSong(host, start + length, song, steps);
            host.say("at %d stop 0 120", start + 2 * length);
            host.ask("render %d", start + 2 * length + ScriptHost.RATE);

            List<String> first = onsets(host.sent, start, start + length);
            List<String> second = onsets(host.sent, start + length, start + 2 * length);

            assertThat(engine.plugins()).isEqualTo(1);
            assertThat(first).isEqualTo(onsetsOf(song, steps));
            assertThat(second).isNotEqualTo(first);
            shouldBeAlike(second, onsetsOf(transferred, steps));
            assertAllEnded(host.sent);
        }
    }

    /**
     * While the song plays, it is put elsewhere in the middle of a block: what is played from memory there begins at that very frame
     * from the second time on, since a place where the song was put once is known beforehand.
     */
    @Test
    void shouldBeginAtTheVeryFrameOfAJump() throws Exception {
        int steps = 2 * 64;
        long length = steps * STEP;
        try (EngineThread engine = engine();
                ScriptHost host = host()) {
            long start = beginTimeline(host);
            playEighths(host, start, 0, steps);
            playEighths(host, start + length, 0, steps);
            host.ask("render %d", ScriptHost.RATE + 2 * length);
            List<String> second = onsets(host.sent, start + length, start + 2 * length);

            // Four steps each but for some frames: no note is cut.
            long first = start + 2 * length + ScriptHost.RATE;
            long stay = 4 * STEP - 909;
            int[] places = {0, 32, 64, 32, 0, 64, 32, 0};
            for (int i = 0; i < places.length; i++) {
                playEighths(host, first + i * stay, places[i], places[i] + 4);
            }
            long end = first + places.length * stay;
            host.say("at %d stop 0 120", end);
            host.ask("play %d", places.length * stay + 2L * ScriptHost.RATE);

            assertThat(engine.plugins()).isEqualTo(1);
            for (int i = 3; i < places.length; i++) {
                long from = first + i * stay;
                long place = places[i] * STEP;
                List<String> expected = second.stream()
                        .filter(onset -> frameOf(onset) >= place && frameOf(onset) < place + stay)
                        .map(onset -> String.format("%07d%s", frameOf(onset) - place, onset.substring(7, 11)))
                        .toList();
                // What began before the place and sounds on there begins at it.
                List<String> begun = onsets(host.sent, from, from + stay).stream()
                        .map(PluginEngineTest::withoutVelocity)
                        .filter(onset -> frameOf(onset) > 0 || expected.contains(onset))
                        .toList();
                assertThat(begun).as("jump %d to step %d", i, places[i]).isEqualTo(expected);
                assertThat(expected).anyMatch(onset -> onset.startsWith("0000000"));
            }
            assertAllEnded(host.sent);
        }
    }

    private static long frameOf(String onset) {
        return Long.parseLong(onset.substring(0, 7));
    }

    /**
     * The mix goes away for a bar and comes back, at the very frame of a step: nothing is added or left out in between, and from
     * the second pass on, in which it is known beforehand, everything else is as it would be without that.
     */
    @Test
    void shouldFollowAnAutomatedMixToTheFrame() throws Exception {
        MidiFile song = tune();
        int steps = 2 * 64;
        int from = 38;
        int to = 87;
        try (EngineThread engine = engine();
                ScriptHost host = host()) {
            long start = beginTimeline(host);
            long length = steps * STEP;
            for (int pass = 0; pass < 4; pass++) {
                playSong(host, start + pass * length, song, steps);
                if (pass > 1) {
                    host.say("at %d set mix 0", frame(start + pass * length, from));
                    host.say("at %d set mix 1", frame(start + pass * length, to));
                }
            }
            host.say("at %d stop 0 120", start + 4 * length);
            host.ask("render %d", start + 4 * length + ScriptHost.RATE);
            List<String> without = onsets(host.sent, start + length, start + 2 * length);
            List<String> with = onsets(host.sent, start + 3 * length, start + 4 * length);

            assertThat(engine.plugins()).isEqualTo(1);
            assertThat(between(with, from, to)).isEqualTo(between(onsetsOf(song, steps), from, to));
            assertThat(between(without, from, to)).isNotEqualTo(between(with, from, to));
            // Which notes would spoil the window's key depends on what else is there.
            assertThat(others(between(with, 0, from), between(without, 0, from)))
                    .hasSizeLessThan(from / 20);
            assertThat(others(between(with, to, steps), between(without, to, steps)))
                    .hasSizeLessThan((steps - to) / 20);
            assertAllEnded(host.sent);
        }
    }

    /** Onsets that are in one of the two, whatever their velocity. */
    private static Set<String> others(List<String> one, List<String> other) {
        Set<String> onlyInOne = new TreeSet<>();
        one.forEach(onset -> onlyInOne.add(withoutVelocity(onset)));
        for (String onset : other) {
            if (!onlyInOne.remove(withoutVelocity(onset))) {
                onlyInOne.add(withoutVelocity(onset));
            }
        }
        return onlyInOne;
    }

    private static List<String> between(List<String> onsets, int from, int to) {
        return onsets.stream()
                .filter(onset -> {
                    long frame = frameOf(onset);
                    return frame >= from * STEP && frame < to * STEP;
                })
                .toList();
    }

    /**
     * Frame for frame and pitch for pitch the same, but for one note in a hundred: what prolongs a note of the player's in the
     * one may be a note of its own in the other. Velocities of added notes come from what sounds around them, which ends with
     * the window where the music is still going on: those that are in both differ by a little at most.
     */
    private static void shouldBeAlike(List<String> played, List<String> expected) {
        Map<String, Integer> velocities = new TreeMap<>();
        expected.forEach(onset -> velocities.put(withoutVelocity(onset), velocity(onset)));
        List<String> others = played.stream()
                .filter(onset -> !velocities.containsKey(withoutVelocity(onset)))
                .toList();
        assertThat(others).hasSizeLessThanOrEqualTo(expected.size() / 100);
        assertThat(expected.size() - (played.size() - others.size())).isBetween(0, expected.size() / 100);
        for (String onset : played) {
            int velocity = velocities.getOrDefault(withoutVelocity(onset), velocity(onset));
            assertThat(velocity(onset)).as(onset).isCloseTo(velocity, within(2));
        }
    }

    private static String withoutVelocity(String onset) {
        return onset.substring(0, 11);
    }

    private static int velocity(String onset) {
        return Integer.parseInt(onset.substring(12).trim());
    }

    private static List<String> onsetsOf(MidiFile file, double endStep) {
        return NoteTable.of(file).notes().stream()
                .filter(note -> steps(file, note.onTick()) < endStep)
                .map(note -> String.format(
                        "%07d %3d %3d", frame(0, steps(file, note.onTick())), note.pitch(), note.velocity()))
                .sorted()
                .toList();
    }

    @Test
    void shouldPlayFromMemoryAtOnceWhenASessionComesBack() throws Exception {
        MidiFile song = tune();
        int steps = 2 * 64;
        long length = steps * STEP;
        Path state = folder.resolve("state");
        List<String> second;
        try (EngineThread engine = engine()) {
            try (ScriptHost host = host()) {
                long start = beginTimeline(host);
                playSong(host, start, song, steps);
                playSong(host, start + length, song, steps);
                host.say("at %d stop 0 120", start + 2 * length);
                host.ask("render %d", start + 2 * length + ScriptHost.RATE);
                second = onsets(host.sent, start + length, start + 2 * length);
                assertThat(host.ask("save %s", state)).startsWith("saved 1");
            }
            try (ScriptHost host = host()) {
                assertThat(host.ask("load %s", state)).isEqualTo("loaded 1");
                long start = host.untilItPlays() + ScriptHost.RATE;
                assertThat(host.ask("status")).isEqualTo("status 2 " + POP_TO_JAZZ);
                playSong(host, start, song, steps);
                host.say("at %d stop 0 120", start + length);
                host.ask("render %d", start + length + ScriptHost.RATE);

                assertThat(onsets(host.sent, start, start + length)).isEqualTo(second);
                assertAllEnded(host.sent);
            }
            assertThat(engine.plugins()).isLessThanOrEqualTo(2);
        }
    }

    /** An engine that ends has written down what it learnt, for the one that comes after it. */
    @Test
    void shouldHandTheSongOverToTheNextEngine() throws Exception {
        MidiFile song = tune();
        int steps = 64;
        long length = steps * STEP;
        try (ScriptHost host = host()) {
            host.say("set preset %d", POP_TO_JAZZ);
            host.say("set mode %d", TIMELINE);
            long start;
            try (EngineThread engine = engine()) {
                start = host.untilItPlays() + ScriptHost.RATE;
                playSong(host, start, song, steps);
                host.say("at %d stop 0 120", start + length);
                host.ask("render %d", length + 2 * ScriptHost.RATE);
                assertThat(engine.plugins()).isEqualTo(1);
            }
            List<String> first = onsets(host.sent, start, start + length);
            assertThat(first).isEqualTo(onsetsOf(song, steps));
            host.ask("play %d", BLOCK);
            try (EngineThread engine = engine()) {
                long again = host.untilItPlays() + ScriptHost.RATE;
                playSong(host, again, song, steps);
                host.say("at %d stop 0 120", again + length);
                host.ask("render %d", length + 2 * ScriptHost.RATE);
                assertThat(onsets(host.sent, again, again + length)).isNotEqualTo(first);
                assertThat(engine.plugins()).isEqualTo(1);
            }
            assertAllEnded(host.sent);
        }
    }

    @Test
    void shouldServeSeveralPluginsAndForgetThoseWhoseHostWasKilled() throws Exception {
        try (EngineThread engine = engine();
                ScriptHost one = host();
                ScriptHost other = host()) {
            one.say("set preset %d", POP_TO_JAZZ);
            one.untilItPlays();
            other.untilItPlays();
            assertThat(engine.plugins()).isEqualTo(2);

            other.kill();
            long end = System.nanoTime() + 20_000_000_000L;
            while (engine.plugins() != 1 && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            assertThat(engine.plugins()).isEqualTo(1);
            try (Stream<Path> files = Files.list(runtime)) {
                assertThat(files.filter(file -> file.toString().endsWith(".shm")))
                        .hasSize(1);
            }
            assertThat(one.ask("status")).isEqualTo("status 2 " + POP_TO_JAZZ);
        }
    }

    /** By `idiom ports`, a process of its own, while an engine answers. */
    @Test
    void shouldBeNamedAmongThePortsAndPlayOn() throws Exception {
        assertThat(ports()).contains("plugin: no ports of others");
        assertThat(runtime).doesNotExist();
        try (EngineThread engine = engine();
                ScriptHost host = host()) {
            host.say("set preset %d", POP_TO_JAZZ);
            host.untilItPlays();
            String shared = soleSharedFile();

            List<String> ports = ports();

            String name = "script_host " + shared.split("-")[1];
            int plugins = ports.indexOf("plugin:");
            assertThat(plugins).as("%s", ports).isNotNegative();
            assertThat(ports.get(plugins + 1)).matches("  input   virtual   " + name + " [0-9a-f]{8}");
            assertThat(ports.get(plugins + 2)).isEqualTo(ports.get(plugins + 1).replace("input ", "output"));
            assertThat(ports.get(plugins + 3)).startsWith("loopback:");
            // Whoever had offered an engine would have had the plugin leave this one.
            host.ask("play %d", ScriptHost.RATE / 2);
            assertThat(host.ask("status")).isEqualTo("status 2 " + POP_TO_JAZZ);
            assertThat(soleSharedFile()).isEqualTo(shared);
            assertThat(engine.plugins()).isEqualTo(1);
        }
    }

    private String soleSharedFile() throws IOException {
        try (Stream<Path> files = Files.list(runtime)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".shm"))
                    .toList();
            assertThat(names).hasSize(1);
            return names.get(0);
        }
    }

    private List<String> ports() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "idiom.app.Idiom",
                        "ports")
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("IDIOM_RUNTIME_DIR", runtime.toString());
        builder.environment().put("JACK_NO_START_SERVER", "1");
        Process process = builder.start();
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }

    @Test
    void shouldFollowProgramChangesAndPassThroughWhereThereIsNoSuchPreset() throws Exception {
        try (EngineThread engine = engine();
                ScriptHost host = host()) {
            host.say("set preset %d", POP_TO_JAZZ);
            long frame = host.untilItPlays();
            host.say("at %d midi c002", frame + BLOCK);
            host.ask("play %d", ScriptHost.RATE / 2);
            assertThat(host.ask("status")).isEqualTo("status 2 2");

            host.say("set preset 77");
            assertThat(host.ask("until 3 5")).startsWith("until 1");
            host.ask("play %d", ScriptHost.RATE / 2);
            assertThat(host.ask("status")).isEqualTo("status 3 77");

            host.say("set preset %d", POP_TO_JAZZ);
            assertThat(host.ask("until 2 5")).startsWith("until 1");
            assertThat(host.ask("status")).isEqualTo("status 2 " + POP_TO_JAZZ);
            assertThat(engine.plugins()).isEqualTo(1);
        }
    }

    /** An engine of its own, started by the plugin, and killed in the middle of dense playing. */
    @Test
    void shouldEndAllNotesAndPassThroughWhenTheEngineIsKilledAndPlayAgainWhenItIsBack() throws Exception {
        Path launcher = folder.resolve("launcher");
        Path pids = folder.resolve("pids");
        Files.writeString(
                launcher,
                "#!/bin/sh\necho $$ >> '" + pids + "'\nexec '" + Path.of(System.getProperty("java.home"), "bin/java")
                        + "' -Xmx192m -XX:+UseSerialGC -Djava.awt.headless=true -cp '"
                        + System.getProperty("java.class.path")
                        + "' idiom.app.Idiom \"$@\" --linger 1\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        new PluginConfiguration(configuration).writeLauncher(launcher);
        try (ScriptHost host = host()) {
            host.say("set preset %d", POP_TO_JAZZ);
            host.say("set mode %d", FOLLOW);
            host.say("set hop %d", BEAT);
            long start = host.untilItPlays() + ScriptHost.RATE;
            long end = start + 20L * ScriptHost.RATE;
            playDensely(host, start, end);
            host.say("at %d stop 0 120", end);
            host.ask("play %d", 5 * ScriptHost.RATE);
            int before = host.sent.size();
            ProcessHandle.of(Long.parseLong(Files.readAllLines(pids).get(0)))
                    .orElseThrow()
                    .destroyForcibly();
            long killed = Long.parseLong(host.ask("play %d", BLOCK).split(" ")[1]);
            // 4: the engine was there and is gone.
            assertThat(host.ask("until 4 2")).startsWith("until 1");
            long lost = Long.parseLong(host.ask("play %d", BLOCK).split(" ")[1]);
            assertThat(lost - killed).isLessThan(ScriptHost.RATE / 2);
            shouldHaveEndedAll(host.sent, lost);

            long back = host.untilItPlays();
            host.ask("play %d", 3 * ScriptHost.RATE);
            assertThat(before).isPositive();
            // A hop after it was played, once more.
            assertThat(host.sent.stream().filter(Sent::isOn).filter(sent -> sent.frame() > back + STEP * 4))
                    .isNotEmpty();
            host.ask("render %d", end - back);
            assertAllEnded(host.sent);
        }
    }

    private static void playDensely(ScriptHost host, long start, long end) throws IOException {
        host.say("at %d go 0 120", start);
        for (long step = 0; start + (step + 1) * STEP < end; step++) {
            for (int voice = 0; voice < 4; voice++) {
                int pitch = 48 + 5 * voice + (int) (step % 5);
                host.say("at %d midi 90%02x50", start + step * STEP, pitch);
                host.say("at %d midi 80%02x40", start + step * STEP + STEP - 100, pitch);
            }
        }
    }

    /** By the frame at which it passes through, all that had begun before has ended, but for what was passed since. */
    private static void shouldHaveEndedAll(List<Sent> sent, long frame) {
        int mode = -1;
        for (int i = 0; i < sent.size(); i++) {
            byte[] bytes = sent.get(i).bytes();
            if ((bytes[0] & 0xF0) == 0xB0 && bytes[1] == 123) {
                mode = i;
            }
        }
        assertThat(mode).as("an All Notes Off was sent").isPositive();
        assertThat(sent.get(mode).frame()).isLessThanOrEqualTo(frame);
        assertAllEnded(sent.subList(0, mode));
    }
}

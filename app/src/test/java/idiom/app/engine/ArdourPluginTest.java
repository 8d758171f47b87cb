package idiom.app.engine;

import static idiom.bridge.jack.JackServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.app.transfer.Networks;
import idiom.bridge.jack.Ardour;
import idiom.bridge.jack.JackPeer;
import idiom.bridge.jack.JackPeer.Timed;
import idiom.bridge.jack.JackRunning;
import idiom.bridge.jack.JackServer;
import idiom.engine.generator.Generator;
import idiom.engine.midi.ChannelMessage;
import idiom.engine.midi.MidiEvent;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.MidiTrack;
import idiom.engine.midi.NoteTable;
import idiom.engine.midi.TicksPerQuarter;
import idiom.engine.onnx.InferenceOptions;
import idiom.engine.transfer.SongTransfer;
import idiom.presets.Hop;
import idiom.presets.Preset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jaudiolibs.jnajack.JackException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ardour with the plugin on a track that it has recorded, playing it over and over. */
@ExtendWith(JackRunning.class)
@Timeout(300)
class ArdourPluginTest {
    /** At 300 quarters a minute. */
    private static final int STEP = 2400;

    /** Ardour counts 1920 ticks a quarter; recording, playing and saying where the song is are off by one of them each. */
    private static final int GRAIN = 3 * 4 * STEP / 1920 + 1;

    /** How far the loudness of an added note may be from what transfer, which sees the whole song, makes it. */
    private static final int VELOCITY = 6;

    private static final int POP_TO_JAZZ = 5;
    private static final int TIMELINE = 4;
    private static final int FOLLOW = 2;
    private static final int BEAT = 2;
    private static final int TRACKS = 16;
    private static final int PRESET = 0;
    private static final int MODE = 1;
    private static final int HOP = 2;
    private static final int MIX = 3;
    private static final int LOOP_FROM = 16;
    private static final int LOOP_END = 48;

    /** Of the music: it begins late in its first window and ends late in its second. */
    private static final int STEPS = 112;

    private static final int LAST_STEP = 132;

    /** In frames, with what is answered after its end. */
    private static final long MUSIC_LENGTH = (STEPS + 8L) * STEP;

    private static final Comparator<Played> ORDER =
            Comparator.comparingLong(Played::on).thenComparingInt(Played::pitch);

    private static final int ATTEMPTS = 3;

    @TempDir
    private static Path root;

    private static InstalledPlugin plugin;

    @BeforeAll
    static void install() throws Exception {
        plugin = InstalledPlugin.in(root);
    }

    /** A note with frames of the song. */
    private record Played(int pitch, int velocity, long on, long off) {}

    private static Ardour ardour(Path folder, boolean opens) throws IOException {
        return ardour(folder, opens, Map.of());
    }

    private static Ardour ardour(Path folder, boolean opens, Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(plugin.environment());
        environment.putAll(more);
        if (opens) {
            environment.put(Ardour.OPENS, "1");
        }
        return Ardour.start(folder, ArdourPluginTest.class.getResource("plugin.lua"), environment);
    }

    /** Two hands: chords, and a tune. Notes begin a little after a step and end a little before one. */
    private static List<Timed> piece() {
        int[] tune = {64, 67, 72, 71, 69, 67, 65, 64, 62, 65, 69, 67};
        int[] bass = {48, 45, 41, 43};
        List<Timed> music = new ArrayList<>();
        for (int i = 0; i < STEPS / 4; i++) {
            long step = 4L * i * STEP;
            int low = bass[i / 4 % 4];
            music.add(message(step + 400, 0x90, tune[i % 12], 80 + i));
            music.add(message(step + 500, 0x90, low, 60 + i));
            music.add(message(step + 2L * STEP - 700, 0x80, low, 0));
            music.add(message(step + 3L * STEP - 600, 0x80, tune[i % 12], 0));
        }
        return music;
    }

    private static Timed message(long frame, int... bytes) {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            all[i] = (byte) bytes[i];
        }
        return new Timed(frame, all);
    }

    @FunctionalInterface
    private interface Scene {
        void play(Path folder, JackPeer player, JackPeer ear) throws Exception;
    }

    /**
     * Every assertion is exact. Where one fails while JACK missed periods, as on a virtual machine that its host stops, nobody can
     * say whose fault it was, and the song is played again.
     */
    private static void shouldPlay(String name, Callable<? extends AutoCloseable> start, Scene scene) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try (AutoCloseable engine = start.call();
                    JackPeer player = new JackPeer("player");
                    JackPeer ear = new JackPeer("ear")) {
                try {
                    scene.play(Files.createDirectories(root.resolve(name + attempt)), player, ear);
                    return;
                } catch (AssertionError e) {
                    if (attempt == ATTEMPTS || ear.xruns() == 0) {
                        throw e;
                    }
                    System.out.println(name + ", attempt " + attempt + ", JACK missed " + ear.xruns() + " periods:");
                    e.printStackTrace(System.out);
                }
            }
        }
    }

    @Test
    void shouldPlayWhatItLearntOnTimeFromTheSecondPassOn() throws Exception {
        shouldPlay("song", plugin::serve, (folder, player, ear) -> {
            List<Played> expected;
            List<Played> second;
            try (Ardour ardour = ardour(folder, false)) {
                MidiFile recorded = record(ardour, player);
                ardour.obey("plug keys");
                ardour.obey("set keys " + PRESET + " " + POP_TO_JAZZ);
                ardour.obey("set keys " + MODE + " " + TIMELINE);
                plugin.awaitPlaying(1);
                List<Played> first = pass(ardour, ear);
                long lead = shouldBeOnTime(first, notesOf(recorded));
                second = pass(ardour, ear);
                // Chasing JACK's clock, Ardour begins that far into the song.
                expected = notesOf(transferred(recorded)).stream().sorted(ORDER).toList();
                List<Played> heard = expected.stream()
                        .filter(note -> note.on() > lead + GRAIN)
                        .toList();
                shouldBeAlike(second, heard, lead);
                ardour.obey("range " + LOOP_FROM * STEP + " " + LOOP_END * STEP);
                ardour.obey("save");
                Thread.sleep(500);
            }
            takeRangeForLoop(folder);
            try (Ardour ardour = ardour(folder, true)) {
                assertThat(ardour.ask("get keys " + PRESET)).isEqualTo("5.000000");
                assertThat(ardour.ask("get keys " + MODE)).isEqualTo("4.000000");
                plugin.awaitPlaying(1);
                shouldBeTheSame(pass(ardour, ear), second);
                loop(ardour, ear);
                jump(ardour, ear);
                shouldBounceTheSame(ardour, "bounced", expected);
            }
            shouldExportTheSame(ear, folder, expected);
            try (Ardour ardour = ardour(folder, true, Map.of("IDIOM_ARDOUR_BACKEND", "None (Dummy)"))) {
                plugin.awaitPlaying(1);
                shouldBounceTheSame(ardour, "dummy", expected);
                playWithoutJack(ardour);
                shouldBounceTheSame(ardour, "played", expected);
            }
        });
    }

    /**
     * Sixteen tracks, each with the plugin, all answering what is played to all of them: at one frame, and in time. How often JACK
     * missed a period meanwhile, and how often when all plugins were then switched off, is printed; on two cores that others use
     * it says more about those.
     */
    @Test
    void shouldServeSixteenTracks() throws Exception {
        shouldPlay("tracks", plugin::serveApart, (folder, player, ear) -> {
            try (Ardour ardour = ardour(folder, false)) {
                for (int i = 0; i < TRACKS; i++) {
                    String name = "track" + i;
                    ardour.obey("track " + name);
                    ardour.obey("plug " + name);
                    ardour.obey("set " + name + " " + MODE + " " + FOLLOW);
                    ardour.obey("set " + name + " " + HOP + " " + BEAT);
                    ardour.obey("set " + name + " " + MIX + " 0");
                    ardour.obey("arm " + name); // Or what comes in does not go through.
                    player.connectSoon("player:out", "ardour:" + name + "/midi_in 1");
                    ear.connectSoon("ardour:" + name + "/midi_out 1", "ear:in");
                }
                plugin.awaitPlaying(TRACKS);
                ardour.obey("roll");
                long missed = shouldAnswerOnAllTracks(player, ear, 4L * STEP);
                for (int i = 0; i < TRACKS; i++) {
                    ardour.obey("switch track" + i + " off");
                }
                long missedWithout = shouldAnswerOnAllTracks(player, ear, 0);
                ardour.obey("stop");
                System.out.printf(
                        "Sixteen tracks: JACK missed %d of %d periods with plugins, %d without.%n",
                        missed, MUSIC_LENGTH / JackServer.PERIOD, missedWithout);
            }
        });
    }

    /** Plays the piece to all tracks, each of which gives it back with that delay, and returns how many periods JACK missed. */
    private static long shouldAnswerOnAllTracks(JackPeer player, JackPeer ear, long delay) throws Exception {
        Thread.sleep(1000);
        ear.heard.clear();
        player.played.clear();
        long missedBefore = ear.xruns();
        long begin = player.start() + JackServer.RATE / 4;
        piece().forEach(message -> player.play(begin + message.frame(), message.bytes()));
        await("it is played", () -> player.start() > begin + MUSIC_LENGTH);
        long missed = ear.xruns() - missedBefore;
        List<Timed> answered = ons(ear.heard);
        List<Timed> played = ons(player.played);
        assertThat(answered).hasSize(TRACKS * played.size());
        for (int i = 0; i < answered.size(); i++) {
            Timed one = played.get(i / TRACKS);
            assertThat(answered.get(i).bytes()).as("note %d", i).isEqualTo(one.bytes());
            assertThat(answered.get(i).frame() - one.frame()).as("note %d", i).isCloseTo(delay, within((long) GRAIN));
        }
        return missed;
    }

    private static List<Timed> ons(Collection<Timed> messages) {
        return messages.stream()
                .filter(message -> (message.bytes()[0] & 0xF0) == 0x90 && message.bytes()[2] > 0)
                .toList();
    }

    /** Records the piece from the beginning of the third quarter on. */
    private static MidiFile record(Ardour ardour, JackPeer player) throws Exception {
        ardour.obey("track keys");
        player.connectSoon("player:out", "ardour:keys/midi_in 1");
        ardour.obey("arm keys");
        ardour.obey("record");
        ardour.obey("roll");
        long begin = origin(ardour, player) + 8L * STEP + JackServer.PERIOD * 3 / 2; // So much earlier it is recorded.
        piece().forEach(message -> player.play(begin + message.frame(), message.bytes()));
        await("it is played", () -> player.start() > begin + (long) (STEPS + 2) * STEP);
        ardour.obey("stop");
        Thread.sleep(1000);
        ardour.obey("disarm keys");
        ardour.obey("save"); // Until then, its files are not what they are going to be.
        Thread.sleep(1000);
        await("it is on disk", () -> hasRecorded(ardour));
        player.disconnect("player:out", "ardour:keys/midi_in 1");
        return ardour.recording("keys").orElseThrow();
    }

    /** Of JACK's frames, the one at which the song that is playing began, give or take a period. */
    private static long origin(Ardour ardour, JackPeer peer) throws IOException {
        while (true) {
            long before = peer.start();
            long place = Long.parseLong(ardour.ask("where"));
            if (place > 0 && before == peer.start()) {
                return before - place;
            }
        }
    }

    private static boolean hasRecorded(Ardour ardour) {
        try {
            return ardour.recording("keys").isPresent();
        } catch (IOException e) {
            return false; // It is still at it.
        }
    }

    /** What `idiom transfer` makes of it, each window by itself. */
    private static MidiFile transferred(MidiFile file) {
        Preset preset = plugin.library().load(plugin.library().named("pop-to-jazz"));
        try (Generator generator = Networks.onnx()
                .generator(preset.model(), InferenceOptions.defaults())
                .generator()) {
            return new SongTransfer(generator, preset.decoding(), preset.output(), Hop.WINDOW)
                    .transfer(file)
                    .file();
        }
    }

    private static List<Played> notesOf(MidiFile file) {
        double frames = 4.0 * STEP / ((TicksPerQuarter) file.division()).ticks();
        return NoteTable.of(file).notes().stream()
                .map(note -> new Played(
                        note.pitch(),
                        note.velocity(),
                        Math.round(note.onTick() * frames),
                        Math.round(note.offTick() * frames)))
                .toList();
    }

    /** Has Ardour play the song from its beginning, and returns what is heard of it. */
    private static List<Played> pass(Ardour ardour, JackPeer ear) throws Exception {
        ardour.obey("chase");
        ear.watchTransport();
        ardour.obey("rewind");
        Thread.sleep(500);
        listen(ear);
        ear.heard.clear();
        ear.transportFrames.clear();
        ardour.obey("roll");
        await("Ardour gets there", () -> ear.transportFrames.getOrDefault(ear.start(), 0) > LAST_STEP * STEP);
        ardour.obey("stop");
        Thread.sleep(300);
        return notesHeard(ear);
    }

    private static void listen(JackPeer ear) {
        try {
            ear.connect("ardour:keys/midi_out 1", "ear:in");
        } catch (JackException e) {
            // It does already.
        }
    }

    private static List<Played> notesHeard(JackPeer ear) {
        TreeMap<Long, Integer> periods = new TreeMap<>(ear.transportFrames);
        List<Played> notes = new ArrayList<>();
        Map<Integer, Played> sounding = new HashMap<>();
        for (Timed one : ear.heard) {
            Map.Entry<Long, Integer> period = periods.floorEntry(one.frame());
            long frame = period == null ? one.frame() : one.frame() - period.getKey() + period.getValue();
            int pitch = one.bytes()[1];
            if ((one.bytes()[0] & 0xF0) == 0x90 && one.bytes()[2] > 0) {
                assertThat(sounding.put(pitch, new Played(pitch, one.bytes()[2], frame, frame)))
                        .as("doubled note %d", pitch)
                        .isNull();
            } else if ((one.bytes()[0] & 0xE0) == 0x80) {
                Played begun = sounding.remove(pitch);
                if (begun != null) {
                    notes.add(new Played(pitch, begun.velocity(), begun.on(), frame));
                }
            }
        }
        assertThat(sounding).as("stuck notes").isEmpty();
        notes.sort(ORDER);
        return notes;
    }

    /**
     * The first pass: what was recorded, all of it so much earlier on JACK's clock than on Ardour's.
     *
     * @return how much that is
     */
    private static long shouldBeOnTime(List<Played> heard, List<Played> recorded) {
        assertThat(heard).hasSameSizeAs(recorded);
        List<Played> inOrder = recorded.stream().sorted(ORDER).toList();
        long lead = inOrder.get(0).on() - heard.get(0).on();
        assertThat(lead).isBetween(0L, 2L * JackServer.PERIOD);
        for (int i = 0; i < heard.size(); i++) {
            Played one = heard.get(i);
            Played other = inOrder.get(i);
            assertThat(one.pitch()).as("note %d", i).isEqualTo(other.pitch());
            assertThat(one.velocity()).as("note %d", i).isEqualTo(other.velocity());
            assertThat(one.on() + lead).as("note %d", i).isCloseTo(other.on(), within((long) GRAIN));
            assertThat(one.off() + lead).as("note %d", i).isCloseTo(other.off(), within((long) GRAIN));
        }
        return lead;
    }

    private static boolean isTheSame(Played one, Played other, long lead) {
        return one.pitch() == other.pitch() && Math.abs(one.on() + lead - other.on()) <= GRAIN;
    }

    private static List<Played> missing(List<Played> from, List<Played> in, long lead) {
        return from.stream()
                .filter(one -> in.stream().noneMatch(other -> isTheSame(one, other, lead)))
                .toList();
    }

    /**
     * The same notes at the same frames, but for one in a hundred: what prolongs a note of the player's in the one may be a note
     * of its own in the other. Velocities of added notes come from what sounds around them, which ends with the window where the
     * music is still going on.
     */
    private static void shouldBeAlike(List<Played> heard, List<Played> expected, long lead) {
        int few = expected.size() / 100;
        assertThat(missing(heard, expected, lead)).hasSizeLessThanOrEqualTo(few);
        assertThat(missing(expected, heard, -lead)).hasSizeLessThanOrEqualTo(few);
        for (Played one : heard) {
            for (Played other : expected) {
                if (isTheSame(one, other, lead)) {
                    assertThat(one.velocity()).as("%s", one).isCloseTo(other.velocity(), within(VELOCITY));
                }
            }
        }
    }

    private static void shouldBeTheSame(List<Played> heard, List<Played> before) {
        assertThat(missing(heard, before, 0)).isEmpty();
        assertThat(missing(before, heard, 0)).isEmpty();
    }

    /** Without a window of Ardour nobody can say which range the loop is; but the file of a session can. */
    private static void takeRangeForLoop(Path folder) throws IOException {
        Path session = folder.resolve("session/music.ardour");
        String text = Files.readString(session);
        String changed = text.replaceAll("(<Location [^>]*flags=\")IsRangeMarker\"", "$1IsAutoLoop,IsHidden\"");
        assertThat(changed).isNotEqualTo(text);
        Files.writeString(session, changed);
    }

    /** From its second time on a loop sounds alike each time. */
    private static void loop(Ardour ardour, JackPeer ear) throws Exception {
        ardour.obey("lead");
        Thread.sleep(300);
        ear.heard.clear();
        ardour.obey("loop");
        ardour.obey("roll");
        long length = (long) (LOOP_END - LOOP_FROM) * STEP;
        await("it begins", () -> !ear.heard.isEmpty());
        long begin = ear.start();
        await("some times", () -> ear.start() > begin + 5 * length);
        ardour.obey("unloop");
        ardour.obey("stop");
        Thread.sleep(300);
        ear.transportFrames.clear();
        List<Played> heard = notesHeard(ear);
        List<Played> once = between(heard, begin + length, begin + 2 * length);
        List<Played> again = between(heard, begin + 2 * length, begin + 3 * length);
        assertThat(once).hasSizeGreaterThan(20);
        assertThat(missing(once, again, length)).isEmpty();
        assertThat(missing(again, once, -length)).isEmpty();
    }

    private static List<Played> between(List<Played> notes, long from, long end) {
        return notes.stream()
                .filter(note -> note.on() >= from && note.on() < end)
                .toList();
    }

    private static void jump(Ardour ardour, JackPeer ear) throws Exception {
        ear.heard.clear();
        ardour.obey("rewind");
        Thread.sleep(300);
        ardour.obey("roll");
        for (int step : new int[] {72, 20, 33, 100, 5}) {
            Thread.sleep(700);
            ardour.obey("locate " + step * STEP);
        }
        Thread.sleep(700);
        ardour.obey("stop");
        Thread.sleep(500);
        ear.transportFrames.clear();
        assertThat(notesHeard(ear)).hasSizeGreaterThan(20);
    }

    /**
     * Rendered faster than it sounds, the song is the same. Ardour 7.3 on JACK then sometimes finds its memory corrupted and
     * aborts, also with an empty session and no plugin: it is asked again, each time in a process of its own.
     */
    private static void shouldExportTheSame(JackPeer ear, Path folder, List<Played> expected) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try (Ardour ardour = ardour(folder, true)) {
                plugin.awaitPlaying(1);
                listen(ear);
                shouldExportTheSame(ardour, ear, folder.resolve("export" + attempt), expected);
                return;
            } catch (Ardour.Ended e) {
                System.out.println("Export, attempt " + attempt + ": " + e.getMessage());
                if (attempt == ATTEMPTS || !e.hasAborted()) {
                    throw e;
                }
            }
        }
    }

    /** Ardour sends some messages twice then, with and without a plugin. */
    private static void shouldExportTheSame(Ardour ardour, JackPeer ear, Path into, List<Played> expected)
            throws Exception {
        ear.heard.clear();
        ardour.obey("export " + Files.createDirectories(into) + " 0 " + LAST_STEP * STEP);
        Set<String> known = new HashSet<>();
        ear.heard.removeIf(one -> !known.add(one.frame() + " " + HexFormat.of().formatHex(one.bytes())));
        ear.transportFrames.clear();
        List<Played> heard = notesHeard(ear);
        assertThat(heard).isNotEmpty();
        shouldBeAlike(heard, expected, expected.get(0).on() - heard.get(0).on());
    }

    /** Bounced, which Ardour does in a thread of its own without a word to the plugin, it is the same as well. */
    private static void shouldBounceTheSame(Ardour ardour, String file, List<Played> expected) throws Exception {
        ardour.obey("bounce keys " + file + " 0 " + LAST_STEP * STEP);
        List<Played> bounced = notesOf(asMeant(ardour.recording(file).orElseThrow())).stream()
                .sorted(ORDER)
                .toList();
        shouldBeAlike(bounced, expected, 0);
    }

    /** Where nobody hears it but the plugin: the song to its end, looped, located, and saved. */
    private static void playWithoutJack(Ardour ardour) throws Exception {
        ardour.obey("rewind");
        Thread.sleep(300);
        ardour.obey("roll");
        await("Ardour gets there", () -> where(ardour) > LAST_STEP * STEP);
        ardour.obey("stop");
        ardour.obey("loop");
        ardour.obey("roll");
        Thread.sleep(2000);
        assertThat(where(ardour)).isBetween((long) LOOP_FROM * STEP, (long) LOOP_END * STEP + JackServer.RATE / 10);
        ardour.obey("unloop");
        ardour.obey("roll");
        ardour.obey("locate " + 33 * STEP);
        Thread.sleep(500);
        assertThat(where(ardour)).isGreaterThan(33L * STEP);
        ardour.obey("stop");
        ardour.obey("save");
        Thread.sleep(500);
    }

    private static long where(Ardour ardour) {
        try {
            return Long.parseLong(ardour.ask("where"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a file says how much later than the one before an event is, Ardour 7 says how much later than the beginning. */
    private static MidiFile asMeant(MidiFile file) {
        long end = Math.round(LAST_STEP * ((TicksPerQuarter) file.division()).ticks() / 4.0);
        List<MidiTrack> tracks = new ArrayList<>();
        try {
            java.nio.file.Files.write(
                    Path.of("/tmp/bounced.txt"),
                    file.tracks().toString().replace("MidiEvent[", "\n").getBytes());
        } catch (IOException e) {
            throw new RuntimeException(e);
        }
        for (MidiTrack track : file.tracks()) {
            List<MidiEvent> events = new ArrayList<>();
            long last = 0;
            long meant = 0;
            for (MidiEvent event : track.events()) {
                boolean isMusic = event.message() instanceof ChannelMessage;
                meant = isMusic ? event.tick() - last : meant;
                events.add(new MidiEvent(meant, event.message()));
                last = event.tick();
            }
            tracks.add(last <= end ? track : new MidiTrack(events));
        }
        return new MidiFile(file.format(), file.division(), tracks);
    }
}

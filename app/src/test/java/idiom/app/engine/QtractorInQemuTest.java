package idiom.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.app.transfer.Networks;
import idiom.bridge.jack.JackServer;
import idiom.bridge.qemu.Guest;
import idiom.engine.generator.Generator;
import idiom.engine.midi.ChannelMessage;
import idiom.engine.midi.MetaMessage;
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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Judges what {@link QtractorGuest} saw: Qtractor with the CLAP plugin on two tracks, in a guest that has an ALSA sequencer, playing
 * a session twice, saving it, and playing it once more when it was opened again. Takes some minutes.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QtractorInQemuTest {
    private static final int TICKS_PER_QUARTER = 960;
    private static final int STEP_TICKS = TICKS_PER_QUARTER / 4;
    private static final int TICK = QtractorSession.STEP / STEP_TICKS;

    /** Qtractor tells the plugin where the song is in whole ticks. */
    private static final long GRAIN = 2L * TICK;

    /** How far the loudness of an added note may be from what transfer, which sees the whole song, makes it. */
    private static final int VELOCITY = 6;

    /** Of the music, which ends in its second window. */
    private static final int FIRST_STEP = 8;

    private static final int STEPS = 112;

    /** When both windows are over. */
    private static final int LAST_STEP = 136;

    private static final Comparator<Played> ORDER =
            Comparator.comparingLong(Played::on).thenComparingInt(Played::pitch);

    private static final Pattern SENT = Pattern.compile(".* Note (on|off) +(\\d+), note (\\d+), velocity (\\d+)");

    @TempDir
    private static Path root;

    private InstalledPlugin plugin;
    private MidiFile music;
    private Guest guest;

    /** A note with frames of the song. */
    private record Played(int pitch, int velocity, long on, long off) {}

    /** Boots the guest once for all tests. */
    @BeforeAll
    void play() throws Exception {
        Assumptions.assumeTrue(
                JackServer.isInstalled("qtractor") && JackServer.isInstalled("jackd"),
                "needs qtractor: apt install qtractor jackd2");
        plugin = InstalledPlugin.in(root);
        music = music();
        saveState(QtractorGuest.FOLLOW, "mode 2", "hop 2", "mix 0");
        saveState(QtractorGuest.TIMELINE, "preset 5", "mode 4");
        guest = Guest.runSteadily(
                QtractorGuest.class,
                music.toBytes(),
                root.toString(),
                buildEars().toString(),
                "" + (LAST_STEP + 4));
    }

    /** Two hands: chords, and a tune. Notes begin a little after a step and end a little before one. */
    private static MidiFile music() {
        int[] tune = {64, 67, 72, 71, 69, 67, 65, 64, 62, 65, 69, 67};
        int[] bass = {48, 45, 41, 43};
        List<MidiEvent> events = new ArrayList<>();
        for (int i = 0; i < STEPS / 4; i++) {
            long tick = (FIRST_STEP + 4L * i) * STEP_TICKS;
            int low = bass[i / 4 % 4];
            events.add(new MidiEvent(tick + 40, ChannelMessage.noteOn(0, tune[i % 12], 80 + i)));
            events.add(new MidiEvent(tick + 50, ChannelMessage.noteOn(0, low, 60 + i)));
            events.add(new MidiEvent(tick + 2 * STEP_TICKS - 70, ChannelMessage.noteOff(0, low, 0)));
            events.add(new MidiEvent(tick + 3 * STEP_TICKS - 60, ChannelMessage.noteOff(0, tune[i % 12], 0)));
        }
        long end = (long) LAST_STEP * STEP_TICKS;
        events.add(new MidiEvent(end, ChannelMessage.controller(0, QtractorGuest.LAST_CONTROLLER, 1)));
        events.add(new MidiEvent(end, MetaMessage.endOfTrack()));
        return new MidiFile(0, new TicksPerQuarter(TICKS_PER_QUARTER), List.of(new MidiTrack(events)));
    }

    /** What a session has saved of a plugin with such parameters. */
    private void saveState(int channel, String... values) throws Exception {
        try (ScriptHost host = ScriptHost.start(
                root.resolve("built/plugin/built/test/script_host"),
                plugin.runtime(),
                root.resolve("configuration"),
                64)) {
            for (String value : values) {
                host.say("set %s", value);
            }
            assertThat(host.ask("save %s", root.resolve("state" + channel))).startsWith("saved 1");
        }
    }

    private static Path buildEars() throws IOException, InterruptedException {
        Path source = root.resolve("ear.c");
        try (InputStream in = QtractorInQemuTest.class.getResourceAsStream("ear.c")) {
            Files.copy(Objects.requireNonNull(in, "ear.c"), source);
        }
        Path ears = root.resolve("ear.clap");
        List<String> command = new ArrayList<>(List.of("cc", "-std=c11", "-fPIC", "-fvisibility=hidden", "-shared"));
        command.addAll(List.of("-I" + root.resolve("built/plugin/sources/clap"), "-o", "" + ears, "" + source, "-lm"));
        Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(compiler.getInputStream().readAllBytes());
        assertThat(compiler.waitFor()).as(said).isZero();
        return ears;
    }

    @Test
    void shouldBeLoadedAndServedOnBothTracks() {
        assertThat(guest.fact("served")).isEqualTo("2");
    }

    /** Or the rest would say nothing: the notes of the file, which Qtractor ends a tick early. */
    @ParameterizedTest
    @ValueSource(strings = {"first", "second", "third"})
    void shouldBePlayedTheNotesOfTheTrack(String pass) throws IOException {
        shouldBeAt(heard(pass, "before", QtractorGuest.FOLLOW), notesOf(music), 0);
        shouldBeAt(heard(pass, "before", QtractorGuest.TIMELINE), notesOf(music), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "second", "third"})
    void shouldFollowByABeat(String pass) throws IOException {
        List<Played> played = heard(pass, "before", QtractorGuest.FOLLOW);
        shouldBeAt(heard(pass, "after", QtractorGuest.FOLLOW), played, 4L * QtractorSession.STEP);
    }

    @Test
    void shouldPassWhatItLearnsAtTheVeryFrame() throws IOException {
        assertThat(heard("first", "after", QtractorGuest.TIMELINE))
                .isEqualTo(heard("first", "before", QtractorGuest.TIMELINE));
    }

    @Test
    void shouldPlayWhatTransferMakesOfTheSongInTheSecondPass() throws IOException {
        List<Played> expected = sinceTheMusicBegan(notesOf(transferred()));
        List<Played> heard = sinceTheMusicBegan(heard("second", "after", QtractorGuest.TIMELINE));
        assertThat(heard)
                .hasSizeGreaterThan(
                        heard("second", "before", QtractorGuest.TIMELINE).size());
        int few = expected.size() / 100;
        assertThat(missing(heard, expected)).hasSizeLessThanOrEqualTo(few);
        assertThat(missing(expected, heard)).hasSizeLessThanOrEqualTo(few);
        for (Played one : heard) {
            expected.stream()
                    .filter(other -> isTheSame(one, other))
                    .forEach(other ->
                            assertThat(one.velocity()).as("%s", one).isCloseTo(other.velocity(), within(VELOCITY)));
        }
    }

    /** The session was closed, and opened again by another Qtractor. */
    @Test
    void shouldPlayWhatASavedSessionHasLearntFromTheFirstPassOn() throws IOException {
        assertThat(sinceTheMusicBegan(heard("third", "after", QtractorGuest.TIMELINE)))
                .isEqualTo(sinceTheMusicBegan(heard("second", "after", QtractorGuest.TIMELINE)));
    }

    /** By the eyes of aseqdump, at the end of the list. When is a matter of Qtractor's buses. */
    @ParameterizedTest
    @ValueSource(strings = {"first", "second", "third"})
    void shouldReachAPortOfTheSequencer(String pass) throws IOException {
        for (int channel : new int[] {QtractorGuest.FOLLOW, QtractorGuest.TIMELINE}) {
            List<String> expected = heard(pass, "after", channel).stream()
                    .map(note -> note.pitch() + " " + note.velocity())
                    .toList();
            assertThat(sent(pass, channel)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** What `idiom transfer` makes of the music, each window by itself. */
    private MidiFile transferred() {
        Preset preset = plugin.library().load(plugin.library().named(QtractorGuest.PRESET));
        try (Generator generator = Networks.onnx()
                .generator(preset.model(), InferenceOptions.defaults())
                .generator()) {
            return new SongTransfer(generator, preset.decoding(), preset.output(), Hop.WINDOW)
                    .transfer(music)
                    .file();
        }
    }

    private static List<Played> notesOf(MidiFile file) {
        return NoteTable.of(file).notes().stream()
                .map(note -> new Played(note.pitch(), note.velocity(), note.onTick() * TICK, note.offTick() * TICK))
                .sorted(ORDER)
                .toList();
    }

    /** What one of the ears has heard of a channel while the song was playing, in order; none of it may be left sounding. */
    private List<Played> heard(String pass, String ear, int channel) throws IOException {
        List<Played> notes = new ArrayList<>();
        Map<Integer, Played> sounding = new HashMap<>();
        for (String line : guest.lines(pass + "-" + ear)) {
            String[] fields = line.split(" ");
            byte[] bytes = HexFormat.of().parseHex(fields[1]);
            if ((bytes[0] & 0xE0) != 0x80 || (bytes[0] & 0x0F) != channel) {
                continue;
            }
            assertThat(fields[0]).as("a note while the song stands: %s", line).isNotEqualTo("-");
            long frame = Long.parseLong(fields[0]);
            int pitch = bytes[1];
            if ((bytes[0] & 0x10) != 0 && bytes[2] > 0) {
                assertThat(sounding.put(pitch, new Played(pitch, bytes[2], frame, frame)))
                        .as("doubled note %d", pitch)
                        .isNull();
            } else {
                Played begun = sounding.remove(pitch);
                assertThat(begun).as("off without an on: %s", line).isNotNull();
                notes.add(new Played(pitch, begun.velocity(), begun.on(), frame));
            }
        }
        assertThat(sounding).as("stuck notes").isEmpty();
        notes.sort(ORDER);
        return notes;
    }

    /** Pitch and velocity of the notes that aseqdump saw on a channel, each of which has ended. */
    private List<String> sent(String pass, int channel) throws IOException {
        List<String> notes = new ArrayList<>();
        Map<Integer, Integer> sounding = new HashMap<>();
        for (String line : guest.lines(pass + "-answers")) {
            Matcher note = SENT.matcher(line);
            if (note.matches() && Integer.parseInt(note.group(2)) == channel) {
                int pitch = Integer.parseInt(note.group(3));
                boolean isOn = note.group(1).equals("on");
                sounding.merge(pitch, isOn ? 1 : -1, Integer::sum);
                if (isOn) {
                    notes.add(pitch + " " + note.group(4));
                }
            }
        }
        assertThat(sounding.values()).as("stuck notes").allMatch(count -> count <= 0);
        return notes;
    }

    private static void shouldBeAt(List<Played> heard, List<Played> played, long delay) {
        assertThat(heard).hasSameSizeAs(played);
        for (int i = 0; i < heard.size(); i++) {
            Played one = heard.get(i);
            Played other = played.get(i);
            assertThat(one.pitch()).as("note %d", i).isEqualTo(other.pitch());
            assertThat(one.velocity()).as("note %d", i).isEqualTo(other.velocity());
            assertThat(one.on() - other.on()).as("note %d", i).isCloseTo(delay, within(GRAIN));
            assertThat(one.off() - other.off()).as("note %d", i).isCloseTo(delay, within(GRAIN));
        }
    }

    /** Without what a network adds before: just after a start, what comes from memory is late. */
    private static List<Played> sinceTheMusicBegan(List<Played> notes) {
        return notes.stream()
                .filter(note -> note.on() >= (long) FIRST_STEP * QtractorSession.STEP)
                .toList();
    }

    private static boolean isTheSame(Played one, Played other) {
        return one.pitch() == other.pitch() && Math.abs(one.on() - other.on()) <= GRAIN;
    }

    private static List<Played> missing(List<Played> from, List<Played> in) {
        return from.stream()
                .filter(one -> in.stream().noneMatch(other -> isTheSame(one, other)))
                .toList();
    }
}

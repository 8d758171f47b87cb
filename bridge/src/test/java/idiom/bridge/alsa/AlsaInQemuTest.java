package idiom.bridge.alsa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Judges what {@link AlsaGuest} saw in a guest that has an ALSA sequencer; bridge/src/test/qemu/guest makes and boots it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlsaInQemuTest {
    private static final int NOTES = 120;
    private static final int SYSEX_BYTES = 700;
    private static final List<String> TOOLS = List.of("qemu-system-x86_64", "aconnect", "aplaymidi", "aseqdump");

    /** Stays after the test, to be looked at. */
    private final Path folder = Path.of("target/alsa-guest").toAbsolutePath();

    private final List<String> facts = new ArrayList<>();

    /** Boots the guest once for all tests. */
    @BeforeAll
    void play() throws Exception {
        assumeTrue(
                System.getProperty("os.arch").equals("amd64"), "needs device: an x86-64 machine, as the guest is one");
        assumeTrue(
                TOOLS.stream().allMatch(AlsaInQemuTest::isInstalled)
                        && guest("ready").start().waitFor() == 0,
                "needs qemu: apt install qemu-system-x86 busybox-static alsa-utils, then bridge/src/test/qemu/guest build");
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve("facts"));
        Files.write(folder.resolve("music.mid"), music());
        Files.writeString(folder.resolve("command"), command());
        Process process = guest("run", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console").toFile())
                .start();
        try {
            assertThat(process.waitFor(600, TimeUnit.SECONDS))
                    .as("the guest must switch itself off")
                    .isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        String console = Files.readString(folder.resolve("console"));
        assertThat(folder.resolve("facts")).as(console).exists();
        facts.addAll(Files.readAllLines(folder.resolve("facts")));
        assertThat(facts).as(console).contains("finished=yes");
        System.out.println("ALSA in the guest: off by " + fact("timingMicroseconds") + " us, "
                + fact("microsecondsPerMessage") + " us a message");
    }

    @Test
    void shouldListPortsByWhatIsBehindThem() {
        assertThat(fact("problem")).isEqualTo("none");
        assertThat(facts)
                .contains("port=INPUT VIRTUAL Midi Through Port-0", "port=OUTPUT VIRTUAL Midi Through Port-0")
                .contains("port=INPUT VIRTUAL Virtual Raw MIDI 0-0:VirMIDI 0-0")
                .noneMatch(fact -> fact.startsWith("port=") && fact.contains("Announce"));
    }

    @Test
    void shouldShowItsPortsToOthersAndNotToItself() throws IOException {
        assertThat(fact("states")).isEqualTo("OPEN OPEN OPEN");
        assertThat(fact("ownPorts")).isEqualTo("0");
        assertThat(fact("description")).startsWith("ALSA: to Jazz, client ").endsWith(", high-resolution timer");
        assertThat(text("connected"))
                .containsSubsequence(
                        "'to Jazz'", "0 'to Jazz", "'to Classic'", "0 'to Classic", "'to Pop'", "0 'to Pop")
                .doesNotContain("announce");
    }

    @Test
    void shouldLeaveNoConnectionsWhenClosed() throws IOException {
        assertThat(text("connected")).containsPattern("'to Pop *'\\s+Connecting To: 19:0\\n");
        assertThat(text("closed")).contains("VirMIDI 0-3").doesNotContain("to Pop", "to Jazz", "Connect");
    }

    @Test
    void shouldPassAllThroughInOrder() throws IOException {
        List<String> played = Files.readAllLines(folder.resolve("played"));
        assertThat(played).containsExactlyElementsOf(expected());
        assertThat(Files.readAllLines(folder.resolve("heard"))).isEqualTo(played);
        // How many are late is a matter of how busy this machine is.
        assertThat(fact("counts")).startsWith("Counts[droppedIn=0, late=").endsWith(", reconnects=0]");
    }

    /** The same by somebody else's eyes. */
    @Test
    void shouldBeUnderstoodByOthers() throws IOException {
        List<String> dump = text("dump")
                .lines()
                .map(line -> line.replaceAll("\\s+", " "))
                .filter(line -> !line.contains("Port subscribed") && !line.contains("Port unsubscribed"))
                .toList();
        assertThat(dump.stream().filter(line -> line.contains("Note on")))
                .hasSize(NOTES)
                .zipSatisfy(
                        IntStream.range(0, NOTES).boxed().toList(),
                        (line, i) -> assertThat(line)
                                .endsWith(" Note on " + i % 16 + ", note " + (30 + i % 60) + ", velocity " + (1 + i)));
        assertThat(dump.stream().filter(line -> line.contains("Note off"))).hasSize(NOTES);
        assertThat(dump.stream().filter(line -> line.contains("Control change 3, controller 7, value 33")))
                .hasSize(1);
        assertThat(dump.stream().filter(line -> line.contains("Program change 3, program 33")))
                .hasSize(1);
        assertThat(dump.stream().filter(line -> line.contains("Channel aftertouch 3, value 33")))
                .hasSize(1);
        assertThat(dump.stream().filter(line -> line.contains("Pitch bend 3, value " + ((33 << 7 | 5) - 8192))))
                .hasSize(1);
        assertThat(dump.stream().filter(line -> line.contains("System exclusive")))
                .isNotEmpty();
    }

    @Test
    void shouldSendNothingBeforeItIsDue() {
        assertThat(fact("early")).isEqualTo("0");
    }

    @Test
    void shouldReachDriversOfHardwareAndPutSysexTogether() {
        assertThat(fact("wireSysexWhole")).isEqualTo("true");
        assertThat(fact("wire")).isEqualTo("903c40 e00050 f8 903c00");
        assertThat(fact("wireOut")).isEqualTo("true");
    }

    @Test
    void shouldFindASourceAgain() {
        assertThat(fact("sourceLost")).isEqualTo("true");
        assertThat(fact("sourceBack")).isEqualTo("true");
        assertThat(fact("sourceHeard")).isEqualTo("992829");
        assertThat(fact("sourceReconnects")).isEqualTo("1");
    }

    @Test
    void shouldCarryTheLongestSysexInOnePiece() {
        assertThat(fact("longestSysex")).isEqualTo("true");
    }

    @Test
    void shouldFindADestinationAgainAndAgain() throws IOException {
        assertThat(List.of(fact("lost1"), fact("back1"), fact("lost2"), fact("back2")))
                .containsOnly("true");
        assertThat(fact("reconnects")).isEqualTo("2");
        assertThat(text("synth1")).contains("note 61").doesNotContain("note 1,");
        assertThat(text("synth2")).contains("note 62").doesNotContain("note 61", "note 1,");
        assertThat(text("reconnected")).containsPattern("'to Pop *'\\s+Connecting To: \\d+:0\\n");
    }

    @Test
    void shouldNameThePortsThatAreThereIfOneIsMissing() {
        assertThat(fact("missing"))
                .startsWith(
                        "ALSA: no port to play to has \"no such synth\" in its name: there are \"Midi Through Port-0\", ");
    }

    @Test
    void shouldAllocateNothingWhilePlaying() {
        assertThat(fact("circled")).isEqualTo("200");
        assertThat(fact("allocatedBytes")).isEqualTo("0");
    }

    private String fact(String name) {
        return facts.stream()
                .filter(fact -> fact.startsWith(name + "="))
                .map(fact -> fact.substring(name.length() + 1))
                .findFirst()
                .orElse("unknown");
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private static boolean isInstalled(String tool) {
        return List.of("/usr/bin", "/usr/local/bin", "/bin").stream()
                .anyMatch(where -> Files.isExecutable(Path.of(where, tool)));
    }

    private static ProcessBuilder guest(String... arguments) {
        List<String> command = new ArrayList<>(List.of("bash", "src/test/qemu/guest"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static String command() {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return "exec '" + java + "' -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '" + classes + "' "
                + AlsaGuest.class.getName() + " /idiom\n";
    }

    /** One note every 20 ms, on the channels in turn, and a message of each other kind before the 34th. */
    private static List<String> expected() {
        List<String> result = new ArrayList<>();
        for (int i = 0; i < NOTES; i++) {
            int channel = i % 16;
            if (i == 33) {
                result.add(String.format("b%x07%02x", 3, i));
                result.add(String.format("c%x%02x", 3, i));
                result.add(String.format("d%x%02x", 3, i));
                result.add(String.format("a%x28%02x", 3, i));
                result.add(String.format("e%x05%02x", 3, i));
                result.add(sysex());
            }
            result.add(String.format("9%x%02x%02x", channel, 30 + i % 60, 1 + i));
            result.add(String.format("8%x%02x%02x", channel, 30 + i % 60, 64));
        }
        return result;
    }

    private static String sysex() {
        StringBuilder result = new StringBuilder("f0");
        for (int i = 0; i < SYSEX_BYTES - 2; i++) {
            result.append(String.format("%02x", i * 11 & 0x7F));
        }
        return result.append("f7").toString();
    }

    /** The same as a file. 500 ticks a quarter at 120 a minute: a tick is a millisecond. */
    private static byte[] music() {
        ByteArrayOutputStream track = new ByteArrayOutputStream();
        for (String message : expected()) {
            byte[] bytes = HexFormat.of().parseHex(message);
            boolean isNote = (bytes[0] & 0xE0) == 0x80;
            track.write(isNote ? 10 : 0);
            track.write(bytes[0]);
            if (message.startsWith("f0")) {
                track.write((bytes.length - 1) >> 7 | 0x80);
                track.write((bytes.length - 1) & 0x7F);
            }
            track.write(bytes, 1, bytes.length - 1);
        }
        track.writeBytes(new byte[] {0, (byte) 0xFF, 0x2F, 0});
        return ByteBuffer.allocate(22 + track.size())
                .put("MThd".getBytes(US_ASCII))
                .putInt(6)
                .putShort((short) 0)
                .putShort((short) 1)
                .putShort((short) 500)
                .put("MTrk".getBytes(US_ASCII))
                .putInt(track.size())
                .put(track.toByteArray())
                .array();
    }
}

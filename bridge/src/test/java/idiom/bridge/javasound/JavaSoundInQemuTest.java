package idiom.bridge.javasound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Judges what {@link JavaSoundGuest} saw: the JDK's own ports, in a guest that has some; src/test/qemu/guest makes and boots it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaSoundInQemuTest {
    private static final int NOTES = 100;
    /** Stays after the test, to be looked at. */
    private final Path folder = Path.of("target/javasound-guest").toAbsolutePath();

    private List<String> facts = List.of();

    @BeforeAll
    void play() throws Exception {
        assumeTrue(
                System.getProperty("os.arch").equals("amd64"), "needs device: an x86-64 machine, as the guest is one");
        assumeTrue(
                isInstalled("qemu-system-x86_64")
                        && isInstalled("aplaymidi")
                        && guest("ready").start().waitFor() == 0,
                "needs qemu: apt install qemu-system-x86 busybox-static alsa-utils, then bridge/src/test/qemu/guest"
                        + " build");
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
        facts = Files.readAllLines(folder.resolve("facts"));
        assertThat(facts).as(console).contains("finished=yes");
    }

    @Test
    void shouldSeeTheJdksPorts() {
        assertThat(facts).contains("problem=none").contains("port=INPUT VIRTUAL VirMIDI [hw:0,0,0]");
        assertThat(fact("description"))
                .isEqualTo("javax.sound.midi: wire, listens to \"VirMIDI [hw:0,0,0]\", plays to \"VirMIDI [hw:0,1,0]\","
                        + " timed by a thread: within a millisecond, unless the machine is busy");
    }

    /** Bends too: the JDK's are half their range off on Linux, and put right; a JDK that has learnt it would fail here. */
    @Test
    void shouldReceiveFromThem() throws IOException {
        assertThat(Files.readAllLines(folder.resolve("played"))).containsExactlyElementsOf(expected());
        assertThat(fact("counts")).startsWith("Counts[droppedIn=0, ").endsWith(", reconnects=0]");
    }

    /** The same objects again and again, and SysEx in packets: nothing is mixed up on its way through the native code. */
    @Test
    void shouldPlayToThem() throws IOException {
        assertThat(fact("droppedOut")).isEqualTo("0");
        assertThat(Files.readString(folder.resolve("heard"))).isEqualTo(String.join("", expected()));
    }

    @Test
    void shouldAllocateNothingButWhatTheJdkDoes() {
        assertThat(fact("circled")).isEqualTo("300");
        assertThat(fact("sessionBytes")).isEqualTo("0");
        assertThat(fact("senderBytes")).isEqualTo("0");
        // An object for each message.
        assertThat(Integer.parseInt(fact("readerBytesPerNote"))).isBetween(24, 64);
    }

    private String fact(String name) {
        return facts.stream()
                .filter(fact -> fact.startsWith(name + "="))
                .map(fact -> fact.substring(name.length() + 1))
                .findFirst()
                .orElse("unknown");
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
                + JavaSoundGuest.class.getName() + " /idiom\n";
    }

    private static List<String> expected() {
        List<String> result = new ArrayList<>();
        for (int i = 0; i < NOTES; i++) {
            if (i == 50) {
                result.addAll(List.of("b30721", "c321", "d321", "a32821", "e30521", sysex(700), "f07df7"));
            }
            result.add(String.format("9%x%02x%02x", i % 16, 30 + i % 60, 1 + i));
            result.add(String.format("8%x%02x40", i % 16, 30 + i % 60));
        }
        return result;
    }

    private static String sysex(int length) {
        StringBuilder result = new StringBuilder("f0");
        for (int i = 0; i < length - 2; i++) {
            result.append(String.format("%02x", i * 11 & 0x7F));
        }
        return result.append("f7").toString();
    }

    /** 500 ticks a quarter at 120 a minute: a tick is a millisecond. */
    private static byte[] music() {
        ByteArrayOutputStream track = new ByteArrayOutputStream();
        for (String message : expected()) {
            byte[] bytes = HexFormat.of().parseHex(message);
            track.write(10);
            track.write(bytes[0]);
            if (message.startsWith("f0")) {
                track.write((bytes.length - 1) >> 7 | 0x80);
                track.write((bytes.length - 1) & 0x7F);
            }
            track.write(bytes, 1, bytes.length - 1);
        }
        track.writeBytes(new byte[] {0, (byte) 0xFF, 0x2F, 0});
        return ByteBuffer.allocate(22 + track.size())
                .put("MThd".getBytes(StandardCharsets.US_ASCII))
                .putInt(6)
                .putShort((short) 0)
                .putShort((short) 1)
                .putShort((short) 500)
                .put("MTrk".getBytes(StandardCharsets.US_ASCII))
                .putInt(track.size())
                .put(track.toByteArray())
                .array();
    }
}

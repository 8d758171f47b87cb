package idiom.bridge.javasound;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.bridge.qemu.Guest;
import idiom.bridge.qemu.MusicFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Judges what {@link JavaSoundGuest} saw: the JDK's own ports, in a guest that has some; src/test/qemu/guest makes and boots it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaSoundInQemuTest {
    private static final int NOTES = 100;
    private Guest guest;

    /** Boots the guest once for all tests. */
    @BeforeAll
    void play() throws Exception {
        guest = Guest.run(JavaSoundGuest.class, expected());
    }

    @Test
    void shouldSeeTheJdksPorts() {
        assertThat(guest.facts()).contains("problem=none").contains("port=INPUT VIRTUAL VirMIDI [hw:0,0,0]");
        assertThat(guest.fact("description"))
                .isEqualTo("javax.sound.midi: wire, listens to \"VirMIDI [hw:0,0,0]\", plays to \"VirMIDI [hw:0,1,0]\","
                        + " timed by a thread: within a millisecond, unless the machine is busy");
    }

    /** Bends too: the JDK's are half their range off on Linux, and put right; a JDK that has learnt it would fail here. */
    @Test
    void shouldReceiveFromThem() throws IOException {
        assertThat(guest.lines("played")).containsExactlyElementsOf(expected());
        assertThat(guest.fact("counts")).startsWith("Counts[droppedIn=0, ").endsWith(", reconnects=0]");
    }

    /** The same objects again and again, and SysEx in packets: nothing is mixed up on its way through the native code. */
    @Test
    void shouldPlayToThem() throws IOException {
        assertThat(guest.fact("droppedOut")).isEqualTo("0");
        assertThat(guest.text("heard")).isEqualTo(String.join("", expected()));
    }

    @Test
    void shouldAllocateNothingButWhatTheJdkDoes() {
        assertThat(guest.fact("circled")).isEqualTo("300");
        assertThat(guest.fact("sessionBytes")).isEqualTo("0");
        assertThat(guest.fact("senderBytes")).isEqualTo("0");
        // An object for each message.
        assertThat(Integer.parseInt(guest.fact("readerBytesPerNote"))).isBetween(24, 64);
    }

    private static List<String> expected() {
        List<String> result = new ArrayList<>();
        for (int i = 0; i < NOTES; i++) {
            if (i == 50) {
                result.addAll(List.of("b30721", "c321", "d321", "a32821", "e30521", MusicFile.sysex(700), "f07df7"));
            }
            result.add(String.format("9%x%02x%02x", i % 16, 30 + i % 60, 1 + i));
            result.add(String.format("8%x%02x40", i % 16, 30 + i % 60));
        }
        return result;
    }
}

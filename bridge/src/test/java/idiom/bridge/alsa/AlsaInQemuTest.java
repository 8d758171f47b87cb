package idiom.bridge.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.bridge.qemu.Guest;
import idiom.bridge.qemu.MusicFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Judges what {@link AlsaGuest} saw in a guest that has an ALSA sequencer; bridge/src/test/qemu/guest makes and boots it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlsaInQemuTest {
    private static final int NOTES = 120;
    private static final int SYSEX_BYTES = 700;

    private Guest guest;

    /** Boots the guest once for all tests. */
    @BeforeAll
    void play() throws Exception {
        guest = Guest.run(AlsaGuest.class, expected());
        System.out.println("ALSA in the guest: off by " + guest.fact("timingMicroseconds") + " us, "
                + guest.fact("microsecondsPerMessage") + " us a message");
    }

    @Test
    void shouldListPortsByWhatIsBehindThem() {
        assertThat(guest.fact("problem")).isEqualTo("none");
        assertThat(guest.facts())
                .contains("port=INPUT VIRTUAL Midi Through Port-0", "port=OUTPUT VIRTUAL Midi Through Port-0")
                .contains("port=INPUT VIRTUAL Virtual Raw MIDI 0-0:VirMIDI 0-0")
                .noneMatch(fact -> fact.startsWith("port=") && fact.contains("Announce"));
    }

    @Test
    void shouldShowItsPortsToOthersAndNotToItself() throws IOException {
        assertThat(guest.fact("states")).isEqualTo("OPEN OPEN OPEN");
        assertThat(guest.fact("ownPorts")).isEqualTo("0");
        assertThat(guest.fact("description"))
                .startsWith("ALSA: to Jazz, client ")
                .endsWith(", high-resolution timer");
        assertThat(guest.text("connected"))
                .containsSubsequence(
                        "'to Jazz'", "0 'to Jazz", "'to Classic'", "0 'to Classic", "'to Pop'", "0 'to Pop")
                .doesNotContain("announce");
    }

    @Test
    void shouldLeaveNoConnectionsWhenClosed() throws IOException {
        assertThat(guest.text("connected")).containsPattern("'to Pop *'\\s+Connecting To: 19:0\\n");
        assertThat(guest.text("closed")).contains("VirMIDI 0-3").doesNotContain("to Pop", "to Jazz", "Connect");
    }

    @Test
    void shouldPassAllThroughInOrder() throws IOException {
        List<String> played = guest.lines("played");
        assertThat(played).containsExactlyElementsOf(expected());
        assertThat(guest.lines("heard")).isEqualTo(played);
        // How many are late is a matter of how busy this machine is.
        assertThat(guest.fact("counts")).startsWith("Counts[droppedIn=0, late=").endsWith(", reconnects=0]");
    }

    /** The same by somebody else's eyes. */
    @Test
    void shouldBeUnderstoodByOthers() throws IOException {
        List<String> dump = guest.text("dump")
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
        // How late is a matter of the emulated machine; docs/latency.md quotes it.
        System.out.println("stamped output of the ALSA sequencer, microseconds after it was due: "
                + guest.fact("timingMicroseconds"));
        assertThat(guest.fact("early")).isEqualTo("0");
    }

    @Test
    void shouldReachDriversOfHardwareAndPutSysexTogether() {
        assertThat(guest.fact("wireSysexWhole")).isEqualTo("true");
        assertThat(guest.fact("wire")).isEqualTo("903c40 e00050 f8 903c00");
        assertThat(guest.fact("wireOut")).isEqualTo("true");
    }

    @Test
    void shouldFindASourceAgain() {
        assertThat(guest.fact("sourceLost")).isEqualTo("true");
        assertThat(guest.fact("sourceBack")).isEqualTo("true");
        assertThat(guest.fact("sourceHeard")).isEqualTo("992829");
        assertThat(guest.fact("sourceReconnects")).isEqualTo("1");
    }

    /** Somebody has connected its output with its own input. */
    @Test
    void shouldNotHearItself() throws IOException {
        assertThat(guest.text("looped"))
                .containsPattern("'looped *'\\s+Connecting To: (\\d+):0, \\d+:0\\s+Connected From: \\1:0");
        assertThat(guest.fact("otherHeard")).isEqualTo("903c40");
        assertThat(guest.fact("itselfHeard")).isEqualTo("0");
    }

    @Test
    void shouldCarryTheLongestSysexInOnePiece() {
        assertThat(guest.fact("longestSysex")).isEqualTo("true");
    }

    @Test
    void shouldFindADestinationAgainAndAgain() throws IOException {
        assertThat(List.of(guest.fact("lost1"), guest.fact("back1"), guest.fact("lost2"), guest.fact("back2")))
                .containsOnly("true");
        assertThat(guest.fact("reconnects")).isEqualTo("2");
        assertThat(guest.text("synth1")).contains("note 61").doesNotContain("note 1,");
        assertThat(guest.text("synth2")).contains("note 62").doesNotContain("note 61", "note 1,");
        assertThat(guest.text("reconnected")).containsPattern("'to Pop *'\\s+Connecting To: \\d+:0\\n");
    }

    @Test
    void shouldNameThePortsThatAreThereIfOneIsMissing() {
        assertThat(guest.fact("missing"))
                .startsWith(
                        "ALSA: no port to play to has \"no such synth\" in its name: there are \"Midi Through Port-0\", ");
    }

    @Test
    void shouldAllocateNothingWhilePlaying() {
        assertThat(guest.fact("circled")).isEqualTo("200");
        assertThat(guest.fact("allocatedBytes")).isEqualTo("0");
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
                result.add(MusicFile.sysex(SYSEX_BYTES));
            }
            result.add(String.format("9%x%02x%02x", channel, 30 + i % 60, 1 + i));
            result.add(String.format("8%x%02x%02x", channel, 30 + i % 60, 64));
        }
        return result;
    }
}

package idiom.bridge.javasound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.bridge.BackendException;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which ports there are, and which a device is made of. */
@Timeout(60)
class JavaSoundBackendTest {
    private final JavaSoundBackend backend = new JavaSoundBackend();

    @AfterEach
    void clear() {
        backend.close();
        FakeSystem.unplugAll();
    }

    private JavaSoundDevice open(@Nullable String from, @Nullable String to) throws BackendException {
        return backend.open(new DeviceSpec("to Jazz", from, to));
    }

    /** Without the ports of the machine that tests run on. */
    private List<String> ports() throws BackendException {
        return backend.ports().stream()
                .filter(port -> !port.name().contains("[hw:"))
                .map(port -> port.direction() + " " + port.kind() + " " + port.name())
                .toList();
    }

    @Test
    void shouldHaveNothingButThePortsOfOthers() throws BackendException {
        assertThat(backend.name()).isEqualTo("javasound");
        assertThat(backend.problem()).isEmpty();
        assertThat(backend.makesPorts()).isFalse();
        assertThat(ports()).as("neither Gervill nor the sequencer").isEmpty();
    }

    @Test
    void shouldNamePortsByDirectionAndWhatMayBeBehindThem() throws BackendException {
        FakeSystem.output("Synth");
        FakeSystem.input("Keystation");
        FakeSystem.input("Keystation");
        FakeSystem.input(" Default App Loopback (A) ");
        FakeSystem.loop("to Jazz");
        assertThat(ports())
                .containsExactly(
                        "INPUT HARDWARE Keystation",
                        "INPUT HARDWARE Keystation (2)",
                        "INPUT VIRTUAL Default App Loopback (A)",
                        "INPUT VIRTUAL to Jazz",
                        "OUTPUT HARDWARE Synth",
                        "OUTPUT VIRTUAL to Jazz");
        assertThat(backend.ports()).extracting(Port::backend).containsOnly("javasound");
    }

    @Test
    void shouldFindTwoPortsOfLoopMidiByTheNameOfTheDevice() throws BackendException {
        FakeSystem.loop("to Jazz");
        FakeSystem.loop("from jazz");
        try (Device device = open(null, null)) {
            assertThat(device.state()).isEqualTo(Device.State.OPEN);
            assertThat(device.description())
                    .isEqualTo("javax.sound.midi: to Jazz, listens to \"to Jazz\", plays to \"from jazz\","
                            + " timed by a thread: within a millisecond, unless the machine is busy");
        }
    }

    @Test
    void shouldFindTheFarEndOfALoopbackOfWindowsMidiServices() throws BackendException {
        FakeSystem.input("to Jazz (A)");
        FakeSystem.output("to Jazz (A)");
        FakeSystem.input("to Jazz (B)");
        FakeSystem.output("to Jazz (B)");
        try (Device device = open(null, null)) {
            assertThat(device.description())
                    .contains("listens to \"to Jazz (B)\"")
                    .contains("plays to \"to Jazz (B)\"");
        }
    }

    @Test
    void shouldTakeAPartOfANameInAnyCaseAndPreferTheWhole() throws BackendException {
        FakeSystem.input("My Keys 2");
        FakeSystem.input("Keys");
        FakeSystem.output("Big Synth");
        try (Device device = open("keys", " SYNTH")) {
            assertThat(device.description()).contains("\"Keys\"").contains("\"Big Synth\"");
        }
        try (Device device = open("my k", "synth")) {
            assertThat(device.description()).contains("\"My Keys 2\"");
        }
    }

    @Test
    void shouldFindOneSideByNameAndTheOtherByTheNameOfTheDevice() throws BackendException {
        FakeSystem.input("Keys");
        FakeSystem.loop("from Jazz");
        try (Device device = open("Keys", null)) {
            assertThat(device.description()).contains("listens to \"Keys\"").contains("plays to \"from Jazz\"");
        }
    }

    @Test
    void shouldRefuseAPortThatGivesBackWhatIsPlayedToIt() {
        FakeSystem.loop("to Jazz");
        assertThatThrownBy(() -> open("to Jazz", "TO JAZZ"))
                .isInstanceOf(BackendException.class)
                .hasMessage("javax.sound.midi: \"to Jazz\" gives back what is played to it, so Idiom would hear itself:"
                        + " listen and play to two ports, such as \"to Jazz\" and \"from Jazz\" (docs/windows.md)");
    }

    @Test
    void shouldTakeAPianoThatIsPlayedAndListenedTo() throws BackendException {
        FakeSystem.input("Piano");
        FakePort out = FakeSystem.output("Piano");
        try (Device device = open("Piano", "Piano")) {
            assertThat(device.state()).isEqualTo(Device.State.OPEN);
            assertThat(out.heardHex())
                    .singleElement()
                    .asString()
                    .startsWith("f07d4964696f6d")
                    .endsWith("f7");
        }
        assertThat(out.isOpen()).isFalse();
    }

    @Test
    void shouldNotAskPortsOfTwoNames() throws BackendException {
        FakeSystem.input("Keys");
        FakePort out = FakeSystem.output("Synth");
        try (Device device = open("Keys", "Synth")) {
            assertThat(device.counts()).isEqualTo(new Device.Counts(0, 0, 0));
            assertThat(out.heard).isEmpty();
        }
    }

    @Test
    void shouldSayWhichPortIsMissing() {
        FakeSystem.input("Keys");
        FakePort synth = FakeSystem.output("Synth");
        assertThatThrownBy(() -> open(null, "Synth"))
                .isInstanceOf(BackendException.class)
                .hasMessageStartingWith("javax.sound.midi: there is no port \"to Jazz\" to listen to:"
                        + " make one (docs/windows.md), or name another with --in; there are \"Keys\"");
        assertThatThrownBy(() -> open("Keys", null))
                .hasMessageStartingWith("javax.sound.midi: there is no port \"from Jazz\" to play to:"
                        + " make one (docs/windows.md), or name another with --out; there are \"Synth\"");
        assertThatThrownBy(() -> open("Organ", "Synth"))
                .hasMessageStartingWith(
                        "javax.sound.midi: no port to listen to has \"Organ\" in its name: there are \"Keys\"");
        assertThatThrownBy(() -> open("Keys", "Organ"))
                .hasMessageStartingWith(
                        "javax.sound.midi: no port to play to has \"Organ\" in its name: there are \"Synth\"");
        assertThat(synth.isOpen()).isFalse();
    }

    @Test
    void shouldSayWhichPortIsInUseAndLetGoOfTheOther() {
        FakePort keys = FakeSystem.input("Keys");
        FakeSystem.output("Synth").isBusy = true;
        assertThatThrownBy(() -> open("Keys", "Synth"))
                .isInstanceOf(BackendException.class)
                .hasMessage(
                        "javax.sound.midi: \"Synth\" does not open (already allocated): another program may have it,"
                                + " so close it there");
        assertThat(keys.isOpen()).isFalse();
        assertThat(keys.getTransmitters()).isEmpty();
    }

    @Test
    void shouldOpenNothingOnceItIsClosed() {
        FakeSystem.input("Keys");
        FakeSystem.output("Synth");
        backend.close();
        assertThatThrownBy(() -> open("Keys", "Synth")).hasMessage("javax.sound.midi: closed already: name=to Jazz");
    }
}

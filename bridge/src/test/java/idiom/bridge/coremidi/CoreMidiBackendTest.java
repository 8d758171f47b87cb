package idiom.bridge.coremidi;

import static idiom.bridge.coremidi.FakeCoreMidi.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.bridge.BackendException;
import idiom.bridge.Device.State;
import idiom.bridge.DeviceSpec;
import idiom.bridge.Port;
import idiom.bridge.Port.Direction;
import idiom.bridge.Port.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the stand-in. */
@Timeout(120)
class CoreMidiBackendTest {
    private FakeCoreMidi fake;
    private CoreMidiBackend backend;
    private final List<Integer> plugged = new ArrayList<>();

    @BeforeEach
    void open() {
        fake = FakeCoreMidi.get();
        Frameworks frameworks = fake.frameworks(PacketLayout.ALIGNED);
        backend = new CoreMidiBackend(() -> frameworks, 20_000_000L);
        assertThat(backend.problem()).isEmpty();
    }

    @AfterEach
    void close() {
        if (backend != null) {
            backend.close();
            plugged.forEach(fake.control()::fake_unplug);
            fake.shouldBeLeftAlone();
        }
    }

    private int plug(boolean isSource, String name, String driver) {
        int ref = fake.control().fake_plug(isSource ? 1 : 0, name, driver, 0);
        plugged.add(ref);
        return ref;
    }

    private List<Port> ports() {
        try {
            return backend.ports();
        } catch (BackendException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitPorts(int count) {
        await(count + " ports", () -> ports().size() == count);
    }

    @Test
    void shouldNamePortsAsTheyComeAndGo() throws Exception {
        awaitPorts(0);
        int first = plug(true, "Keys", FakeCoreMidi.USB);
        plug(true, "Keys", FakeCoreMidi.USB);
        plug(false, "Keys", FakeCoreMidi.USB);
        plug(false, "IAC Bus 1", FakeCoreMidi.IAC);
        int nameless = plug(false, "Grüße 🎹", FakeCoreMidi.USB);
        fake.control().fake_set_display_name(nameless, null);
        backend.open(new DeviceSpec("to Jazz", null, null));
        awaitPorts(5);
        assertThat(ports())
                .containsExactly(
                        new Port("coremidi", "Keys", Direction.INPUT, Kind.HARDWARE),
                        new Port("coremidi", "Keys (2)", Direction.INPUT, Kind.HARDWARE),
                        new Port("coremidi", "Keys", Direction.OUTPUT, Kind.HARDWARE),
                        new Port("coremidi", "IAC Bus 1", Direction.OUTPUT, Kind.VIRTUAL),
                        new Port("coremidi", "Grüße 🎹", Direction.OUTPUT, Kind.HARDWARE));
        fake.control().fake_unplug(first);
        awaitPorts(4);
    }

    @Test
    void shouldShowVirtualPortsOfOthers() throws Exception {
        Frameworks frameworks = fake.frameworks(PacketLayout.ALIGNED);
        try (CoreMidiBackend other = new CoreMidiBackend(() -> frameworks, 20_000_000L)) {
            other.open(new DeviceSpec("Sequencer", null, null));
            assertThat(ports())
                    .containsExactly(
                            new Port("coremidi", "Sequencer", Direction.INPUT, Kind.VIRTUAL),
                            new Port("coremidi", "Sequencer", Direction.OUTPUT, Kind.VIRTUAL));
            assertThat(backend.open(new DeviceSpec("to Jazz", "seq", "SEQ")).state())
                    .isEqualTo(State.OPEN);
        }
    }

    @Test
    void shouldSayWhatThereIsWhereAPortIsMissing() {
        plug(true, "Keys", FakeCoreMidi.USB);
        awaitPorts(1);
        assertThatThrownBy(() -> backend.open(new DeviceSpec("to Jazz", "pads", null)))
                .isInstanceOf(BackendException.class)
                .hasMessage("CoreMIDI: no port to listen to has \"pads\" in its name: there are \"Keys\"");
        assertThatThrownBy(() -> backend.open(new DeviceSpec("to Jazz", null, "to Jazz")))
                .isInstanceOf(BackendException.class)
                .hasMessage("CoreMIDI: no port to play to has \"to Jazz\" in its name: there are none");
        assertThat(fake.source("to Jazz")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "MIDISourceCreate, -10838, can't make the virtual source to Jazz: the MIDI server does not answer; log out and in again (-10838)",
        "MIDIDestinationCreate, -10844, can't make the virtual destination to Jazz: macOS does not permit it to this program (-10844)",
        "MIDIInputPortCreate, -10830, can't make the input port to Jazz: the client is not valid (-10830)",
        "MIDIOutputPortCreate, -50, can't make the output port to Jazz: an error that CoreMIDI does not document (-50)",
        "MIDIPortConnectSource, -10834, can't connect to Jazz with Keys: the endpoint is not there (-10834)"
    })
    void shouldSayInOneLineWhatCoreMidiRefused(String function, int status, String message) {
        plug(true, "Keys", FakeCoreMidi.USB);
        awaitPorts(1);
        fake.control().fake_fail(function, status, 1);
        assertThatThrownBy(() -> backend.open(new DeviceSpec("to Jazz", "Keys", null)))
                .isInstanceOf(BackendException.class)
                .hasMessage("CoreMIDI: " + message);
        assertThat(fake.source("to Jazz")).isZero();
        assertThat(fake.destination("to Jazz")).isZero();
    }

    @Test
    void shouldBeUsableOnceTheServerStarts() {
        fake.control().fake_fail("MIDIClientCreate", -10839, 1);
        Frameworks frameworks = fake.frameworks(PacketLayout.ALIGNED);
        try (CoreMidiBackend other = new CoreMidiBackend(() -> frameworks, 20_000_000L)) {
            assertThat(other.problem())
                    .contains("CoreMIDI: can't become a client: the MIDI server does not start; log out and in again"
                            + " (-10839)");
            assertThat(other.problem()).isEmpty();
        }
    }

    @Test
    void shouldHearOfPartnersThatComeAndGoWithoutLookingForThem() throws Exception {
        Frameworks frameworks = fake.frameworks(PacketLayout.ALIGNED);
        int keys = plug(true, "Keys", FakeCoreMidi.USB);
        awaitPorts(1);
        try (CoreMidiBackend patient = new CoreMidiBackend(() -> frameworks, TimeUnit.DAYS.toNanos(1))) {
            CoreMidiDevice device = patient.open(new DeviceSpec("to Jazz", "Keys", null));
            fake.control().fake_unplug(keys);
            await("it is missed", () -> device.state() == State.LOST);
            plug(true, "Keys", FakeCoreMidi.USB);
            await("it is back", () -> device.state() == State.OPEN);
        }
    }

    @Test
    void shouldDoWithoutIdsThatAreTaken() throws Exception {
        List<Integer> takers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            int taker = plug(false, "taker", FakeCoreMidi.USB);
            fake.control().fake_set_unique_id(taker, NativePorts.stableId("to Jazz", "source") + i);
            takers.add(taker);
        }
        backend.open(new DeviceSpec("to Jazz", null, null));
        assertThat(fake.control().fake_unique_id(fake.source("to Jazz")))
                .isNotIn(takers.stream().map(fake.control()::fake_unique_id).toList());
    }

    @Test
    void shouldStayClosed() {
        backend.close();
        backend.close();
        assertThat(backend.problem()).contains("CoreMIDI: closed already");
    }

    @Test
    void shouldLoadNothingWhereThereIsNoCoreMidi() {
        Assumptions.assumeFalse(
                System.getProperty("os.name").startsWith("Mac"), "needs device: a computer that is no Mac");
        try (CoreMidiBackend apple = new CoreMidiBackend()) {
            assertThat(apple.name()).isEqualTo("coremidi");
            assertThat(apple.problem())
                    .contains("CoreMIDI is there on macOS only: os=" + System.getProperty("os.name"));
            assertThatThrownBy(apple::ports)
                    .isInstanceOf(BackendException.class)
                    .hasMessage("CoreMIDI is there on macOS only: os=" + System.getProperty("os.name"));
            assertThatThrownBy(() -> apple.open(new DeviceSpec("to Jazz", null, null)))
                    .isInstanceOf(BackendException.class);
        }
    }
}

package idiom.bridge.coremidi;

import static idiom.bridge.coremidi.FakeCoreMidi.await;
import static org.assertj.core.api.Assertions.assertThat;

import idiom.bridge.Device.State;
import idiom.bridge.DeviceSpec;
import idiom.bridge.coremidi.FakeCoreMidi.Note;
import idiom.bridge.coremidi.FakeCoreMidi.Packet;
import idiom.engine.live.MidiHandler;
import idiom.engine.live.TransportState;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Against the stand-in, as on either kind of processor. Stamps are exact, whenever threads wake; no assertion is about how soon
 * something happens.
 */
@Timeout(120)
@ParameterizedClass
@EnumSource(PacketLayout.class)
class CoreMidiDeviceTest {
    private static final String NAME = "to Jazz";
    /** 0.2 seconds: what is due so far ahead is handed over in time, unless the machine stands still. */
    private static final long AHEAD = FakeCoreMidi.TICKS_PER_SECOND / 5;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final PacketLayout layout;
    private FakeCoreMidi fake;
    private CoreMidiBackend backend;
    private int keys;
    private int synth;
    private CoreMidiDevice device;

    CoreMidiDeviceTest(PacketLayout layout) {
        this.layout = layout;
    }

    /** A message with its time. */
    private record Timed(long time, byte[] bytes) {
        static Timed of(long time, int... bytes) {
            return new Timed(time, Packet.of(time, bytes).bytes());
        }
    }

    @BeforeEach
    void open() throws Exception {
        fake = FakeCoreMidi.get();
        Frameworks frameworks = fake.frameworks(layout);
        keys = fake.plugSource("USB Keys");
        synth = fake.plugDestination("Big Synth");
        backend = new CoreMidiBackend(() -> frameworks, 20_000_000L);
        await("both are seen", () -> sees("USB Keys") && sees("Big Synth"));
        device = backend.open(new DeviceSpec(NAME, "keys", "SYNTH"));
    }

    @AfterEach
    void close() {
        if (backend != null) {
            backend.close();
            fake.control().fake_unplug(keys);
            fake.control().fake_unplug(synth);
            fake.shouldBeLeftAlone();
        }
    }

    private boolean sees(String name) {
        try {
            return backend.ports().stream().anyMatch(port -> port.name().equals(name));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Timed send(long due, int... bytes) {
        return send(Timed.of(due, bytes));
    }

    private Timed send(Timed message) {
        while (!device.send(message.time, message.bytes, 0, message.bytes.length)) {
            LockSupport.parkNanos(1_000_000);
        }
        return message;
    }

    private List<Note> heard(int endpoint, int count) {
        await("all is heard", () -> fake.notes(endpoint).size() >= count);
        assertThat(fake.notes(endpoint)).hasSize(count);
        return fake.notes(endpoint);
    }

    private List<Timed> receive(int count) {
        List<Timed> received = new ArrayList<>();
        await("messages arrive", () -> {
            device.receive((time, bytes, offset, length) ->
                    received.add(new Timed(time, Arrays.copyOfRange(bytes, offset, offset + length))));
            return received.size() >= count;
        });
        return received;
    }

    private static List<String> bytes(List<Timed> messages) {
        return messages.stream().map(one -> Arrays.toString(one.bytes)).toList();
    }

    private static List<String> bytesOf(List<Note> notes) {
        return notes.stream().map(one -> Arrays.toString(one.bytes())).toList();
    }

    /** Everything in the order of due times, with exactly those as stamps where it was handed over in time. */
    private static void shouldHaveLeft(List<Timed> sent, List<Note> heard) {
        List<Timed> byDue =
                sent.stream().sorted(Comparator.comparingLong(Timed::time)).toList();
        assertThat(bytesOf(heard)).isEqualTo(bytes(byDue));
        for (int i = 0; i < heard.size(); i++) {
            Note note = heard.get(i);
            if (note.at() < byDue.get(i).time) {
                assertThat(note.stamp()).isEqualTo(byDue.get(i).time);
            }
        }
    }

    private List<Timed> sendBursts(int count) {
        List<Timed> sent = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        long due = device.now() + AHEAD;
        for (int i = 0; i < count; i++) {
            while (device.now() < due - AHEAD) {
                LockSupport.parkNanos(1_000_000);
            }
            sent.add(send(due, 0x90, i & 0x7F, i >> 7 & 0x7F));
            due += random.nextInt(3) * random.nextInt(30_000); // chords of any size
        }
        return sent;
    }

    @Test
    void shouldSayWhatItIs() {
        assertThat(device.description()).isEqualTo("CoreMIDI: to Jazz");
        assertThat(device.clockRate()).isEqualTo(FakeCoreMidi.TICKS_PER_SECOND);
        assertThat(device.leadTime()).isEqualTo(5 * FakeCoreMidi.TICKS_PER_SECOND / 1000);
        assertThat(device.state()).isEqualTo(State.OPEN);
        TransportState transport = new TransportState();
        transport.set(true, 1, 2, 3);
        device.transport(transport);
        assertThat(transport.isKnown()).isFalse();
    }

    @Test
    void shouldBeKnownByTheSameIdsEachTime() throws Exception {
        int id = fake.control().fake_unique_id(fake.source(NAME));
        assertThat(id).isEqualTo(NativePorts.stableId(NAME, "source")).isNotZero();
        assertThat(fake.control().fake_unique_id(fake.destination(NAME)))
                .isEqualTo(NativePorts.stableId(NAME, "destination"))
                .isNotEqualTo(id);
        CoreMidiDevice second = backend.open(new DeviceSpec(NAME, null, null));
        assertThat(fake.control().fake_unique_id(fake.source(NAME))).isEqualTo(id + 1);
        second.close();
    }

    @Test
    void shouldPlayThroughTheVirtualSourceWithExactStampsAndNotFarAhead() {
        List<Timed> sent = sendBursts(2000);
        List<Note> heard = heard(fake.source(NAME), sent.size());
        shouldHaveLeft(sent, heard);
        long ahead = Outlet.AHEAD_NS * 3 / 125;
        assertThat(heard).allSatisfy(note -> assertThat(note.at() + ahead).isGreaterThanOrEqualTo(note.stamp()));
        assertThat(device.refused()).isZero();
    }

    @Test
    void shouldScheduleWhatGoesToHardware() {
        List<Timed> sent = sendBursts(2000);
        List<Note> heard = heard(synth, sent.size());
        shouldHaveLeft(sent, heard);
        assertThat(heard).allSatisfy(note -> assertThat(note.at()).isGreaterThanOrEqualTo(note.stamp()));
    }

    @Test
    void shouldOvertakeWhatIsDueLater() {
        long now = device.now();
        List<Timed> sent = List.of(send(now + 2 * AHEAD, 0xFE), send(now + AHEAD, 0xF8), send(now + AHEAD, 0xFA));
        shouldHaveLeft(sent, heard(fake.source(NAME), 3));
        shouldHaveLeft(sent, heard(synth, 3));
    }

    @Test
    void shouldHandOverAtOnceWhatIsLateAndCountIt() {
        long now = device.now();
        send(now - AHEAD, 0x80, 60, 0);
        Note late = heard(fake.source(NAME), 1).get(0);
        assertThat(late.stamp()).isGreaterThanOrEqualTo(now);
        assertThat(device.counts().late()).isEqualTo(1);
    }

    @Test
    void shouldReceiveWithExactTimesWhatHardwarePlays() {
        shouldReceiveWithExactTimesFrom(keys);
    }

    @Test
    void shouldReceiveWithExactTimesWhatOtherProgramsPlay() {
        shouldReceiveWithExactTimesFrom(fake.destination(NAME));
    }

    private void shouldReceiveWithExactTimesFrom(int endpoint) {
        List<Timed> played = new ArrayList<>();
        long time = device.now();
        for (int i = 0; i < 2000; i++) {
            time += i % 3 * 1000L;
            played.add(Timed.of(time, 0x90, i & 0x7F, i >> 7));
            fake.play(layout, endpoint, new Packet(time, played.get(i).bytes));
        }
        List<Timed> received = receive(2000);
        assertThat(bytes(received)).isEqualTo(bytes(played));
        assertThat(received.stream().map(Timed::time))
                .containsExactlyElementsOf(played.stream().map(Timed::time).toList());
        assertThat(device.counts().droppedIn()).isZero();
    }

    @Test
    void shouldMergeWhatProgramsAndHardwarePlayAndNeverGoBackInTime() {
        int programs = fake.destination(NAME);
        for (int i = 0; i < 1000; i++) {
            fake.play(layout, i % 3 == 0 ? programs : keys, Packet.of(device.now(), 0x90, i & 0x7F, 1 + (i >> 7)));
        }
        List<Timed> received = receive(1000);
        assertThat(received).isSortedAccordingTo(Comparator.comparingLong(Timed::time));
        assertThat(bytes(received)).doesNotHaveDuplicates();
    }

    @Test
    void shouldTakeApartPacketsAndPutSysexTogether() {
        long now = device.now();
        fake.play(
                layout,
                keys,
                Packet.of(now, 0x90, 60, 100, 0xC3, 7, 0xB0, 64, 127),
                Packet.of(now + 1, 0xF0, 1, 2),
                Packet.of(now + 2, 0xF8),
                Packet.of(now + 3, 3),
                Packet.of(now + 4, 4, 5, 0xF7),
                Packet.of(now + 5, 0xE0, 0, 64));
        assertThat(receive(6))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        Timed.of(now, 0x90, 60, 100),
                        Timed.of(now, 0xC3, 7),
                        Timed.of(now, 0xB0, 64, 127),
                        Timed.of(now + 2, 0xF8),
                        Timed.of(now + 4, 0xF0, 1, 2, 3, 4, 5, 0xF7),
                        Timed.of(now + 5, 0xE0, 0, 64));
    }

    @Test
    void shouldPassTheLongestMessagesAndCountLongerOnes() {
        byte[] longest = sysex(PacketParser.LONGEST);
        fake.play(layout, keys, new Packet(0, sysex(PacketParser.LONGEST + 1)), new Packet(0, longest));
        assertThat(receive(1).get(0).bytes).isEqualTo(longest);
        assertThat(device.counts().droppedIn()).isEqualTo(1);

        long due = device.now() + AHEAD;
        send(new Timed(due, sysex(PacketParser.LONGEST + 1)));
        send(new Timed(due, longest));
        List<Note> pieces = heard(synth, PacketParser.LONGEST / 256);
        assertThat(heard(fake.source(NAME), pieces.size()).stream()
                        .map(Note::stamp)
                        .distinct())
                .hasSize(1);
        assertThat(together(pieces)).isEqualTo(longest);
        assertThat(together(fake.notes(fake.source(NAME)))).isEqualTo(longest);
    }

    private static byte[] together(List<Note> pieces) {
        byte[] all =
                new byte[pieces.stream().mapToInt(one -> one.bytes().length).sum()];
        int at = 0;
        for (Note piece : pieces) {
            System.arraycopy(piece.bytes(), 0, all, at, piece.bytes().length);
            at += piece.bytes().length;
        }
        return all;
    }

    private static byte[] sysex(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 & 0x7F);
        }
        bytes[0] = (byte) 0xF0;
        bytes[length - 1] = (byte) 0xF7;
        return bytes;
    }

    @Test
    void shouldKeepWhatIsHandedOverAheadOfItsTime() {
        long later = device.now() + AHEAD;
        fake.play(layout, keys, Packet.of(later, 0x90, 60, 1));
        fake.play(layout, keys, Packet.of(0, 0x90, 61, 1));
        List<Timed> received = receive(2);
        assertThat(device.now()).isGreaterThanOrEqualTo(later);
        assertThat(bytes(received)).containsExactly("[-112, 61, 1]", "[-112, 60, 1]");
        assertThat(received.get(1).time).isEqualTo(later);
    }

    @Test
    void shouldTakeUnbelievableTimesForNow() {
        long before = device.now();
        long minutes = 100 * FakeCoreMidi.TICKS_PER_SECOND;
        long[] stamps = {0, 1, before - minutes, before + minutes, Long.MAX_VALUE, -1};
        for (long stamp : stamps) {
            fake.play(layout, keys, Packet.of(stamp, 0xF8));
        }
        List<Timed> received = receive(stamps.length);
        assertThat(received).allSatisfy(one -> assertThat(one.time).isBetween(before, device.now()));
    }

    @Test
    void shouldFindPartnersThatWereAway() {
        fake.control().fake_unplug(keys);
        await("it is missed", () -> device.state() == State.LOST);
        fake.control().fake_unplug(synth);
        send(0, 0xFA);
        heard(fake.source(NAME), 1);
        await("the other is missed too", () -> !sees("Big Synth"));
        keys = fake.plugSource("USB Keys");
        synth = fake.plugDestination("Big Synth");
        await("all are back", () -> device.state() == State.OPEN);
        assertThat(device.counts().reconnects()).isEqualTo(1);

        fake.play(layout, keys, Packet.of(0, 0x90, 60, 1));
        assertThat(bytes(receive(1))).containsExactly("[-112, 60, 1]");
        send(0, 0xF8);
        assertThat(bytesOf(heard(synth, 1))).containsExactly("[-8]");
    }

    @Test
    void shouldKnowAPartnerByItsIdBeforeItsName() {
        int id = fake.control().fake_unique_id(keys);
        fake.control().fake_unplug(keys);
        await("it is missed", () -> device.state() == State.LOST);
        int other = fake.control().fake_plug(1, "More keys", FakeCoreMidi.USB, id);
        await("it is back", () -> device.state() == State.OPEN);
        keys = fake.plugSource("USB Keys");
        await("the other is seen", () -> sees("USB Keys"));
        fake.play(layout, keys, Packet.of(0, 0xFA));
        fake.play(layout, other, Packet.of(0, 0xF8));
        assertThat(bytes(receive(1))).containsExactly("[-8]");
        fake.control().fake_unplug(other);
    }

    @Test
    void shouldHearOnceWhatWasOffline() {
        fake.control().fake_set_offline(keys, 1);
        await("it is missed", () -> device.state() == State.LOST);
        fake.control().fake_set_offline(keys, 0);
        await("it is back", () -> device.state() == State.OPEN);
        fake.play(layout, keys, Packet.of(0, 0x90, 60, 1), Packet.of(0, 0x80, 60, 1));
        assertThat(bytes(receive(2))).containsExactly("[-112, 60, 1]", "[-128, 60, 1]");
    }

    @Test
    void shouldCountWhatIsRefused() {
        fake.control().fake_fail("MIDIReceived", -10838, 1);
        send(0, 0xF8);
        await("it is refused", () -> device.refused() == 1);
        send(0, 0xFA);
        assertThat(bytesOf(heard(fake.source(NAME), 1))).containsExactly("[-6]");
        assertThat(device.state()).isEqualTo(State.OPEN);
    }

    @Test
    void shouldTakeBackWhatIsNotDueWhenItCloses() {
        send(device.now() + 3600 * FakeCoreMidi.TICKS_PER_SECOND, 0x90, 60, 1);
        await("it is scheduled", () -> fake.control().fake_waiting() == 1);
        device.close();
        assertThat(fake.control().fake_waiting()).isZero();
        assertThat(fake.control().fake_noted()).isZero();
    }

    @Test
    void shouldStayClosed() {
        int programs = fake.destination(NAME);
        device.close();
        device.close();
        assertThat(device.state()).isEqualTo(State.CLOSED);
        assertThat(device.send(0, new byte[] {(byte) 0xF8}, 0, 1)).isTrue();
        assertThat(device.receive((time, bytes, offset, length) -> {})).isZero();
        assertThat(device.now()).isPositive();
        assertThat(programs).isNotZero();
        assertThat(fake.alive()).isEqualTo(Map.of("clients", 1L));
    }

    /** The JVM compiles and links when it pleases, so that it is warm in one of some rounds. */
    @Test
    void shouldAllocateNothingOnceItIsWarm() {
        long heardBefore = fake.control().fake_noted();
        long[] allocated = {};
        for (int round = 0;
                round < 10 && (allocated.length == 0 || LongStream.of(allocated).sum() > 0);
                round++) {
            allocated = echo(400);
        }
        assertThat(allocated).as("coremidi-in, coremidi-out, session").containsOnly(0);
        assertThat(fake.control().fake_noted() - heardBefore).isGreaterThan(1600);
    }

    /** Plays so many times and answers; returns how many bytes each thread allocated for it. */
    private long[] echo(int times) {
        MidiHandler echo = (time, bytes, offset, length) -> device.send(time + AHEAD / 4, bytes, offset, length);
        Packet[] packets = {Packet.of(0, 0x90, 60, 64, 0x80, 60, 0), new Packet(0, sysex(300)), Packet.of(0, 0xF8)};
        long[] allocated = {-allocatedBy("coremidi-in"), -allocatedBy("coremidi-out"), 0};
        int received = 0;
        for (int i = 0; i < times || received < 4 * times; i++) {
            if (i < times) {
                fake.play(layout, keys, packets);
            }
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            received += device.receive(echo);
            allocated[2] +=
                    THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            LockSupport.parkNanos(500_000);
        }
        await("all has left", () -> fake.control().fake_waiting() == 0);
        allocated[0] += allocatedBy("coremidi-in");
        allocated[1] += allocatedBy("coremidi-out");
        return allocated;
    }

    /** So far; 0 before CoreMIDI's thread is known. */
    private static long allocatedBy(String thread) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(one -> one.getName().equals(thread))
                .mapToLong(Thread::getId)
                .max()
                .stream()
                .map(THREADS::getThreadAllocatedBytes)
                .sum();
    }
}

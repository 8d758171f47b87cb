package idiom.bridge.javasound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import idiom.bridge.BackendException;
import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.queue.Counter;
import idiom.bridge.queue.InputRing;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sound.midi.MidiMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through a device, and what happens when its ports go. */
@Timeout(60)
class JavaSoundDeviceTest {
    private static final long LOOK_NS = 20_000_000;

    private final JavaSoundBackend backend = new JavaSoundBackend(LOOK_NS, device -> true);
    private final FakePort keys = FakeSystem.input("Keys");
    private final FakePort synth = FakeSystem.output("Synth");
    private final List<String> received = new ArrayList<>();

    @AfterEach
    void clear() {
        synth.gate.countDown();
        synth.closing.countDown();
        backend.close();
        FakeSystem.unplugAll();
    }

    private JavaSoundDevice open() throws BackendException {
        return open(backend);
    }

    private static JavaSoundDevice open(JavaSoundBackend backend) throws BackendException {
        return backend.open(new DeviceSpec("to Jazz", "Keys", "Synth"));
    }

    private List<String> receive(Device device) {
        device.receive((time, bytes, offset, length) ->
                received.add(HexFormat.of().formatHex(bytes, offset, offset + length)));
        return received;
    }

    private static void send(Device device, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(device.send(device.now(), bytes, 0, bytes.length)).isTrue();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static String dump(int length) {
        byte[] bytes = new byte[length];
        for (int i = 1; i < length - 1; i++) {
            bytes[i] = (byte) (i * 7 & 0x7F);
        }
        bytes[0] = (byte) 0xF0;
        bytes[length - 1] = (byte) 0xF7;
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void shouldReceiveEveryKindOfMessage() throws BackendException {
        List<String> all = List.of(
                "903c40",
                "903c00",
                "803c40",
                "af3c01",
                "b34001",
                "c305",
                "d711",
                "e00040",
                "f105",
                "f20102",
                "f303",
                "f6",
                "f8",
                "fa",
                "fb",
                "fc",
                "ff",
                "f07d01f7");
        try (Device device = open()) {
            all.forEach(hex -> keys.play(-1, hex));
            keys.play(-1, "fe");
            assertThat(receive(device)).containsExactlyElementsOf(all);
            assertThat(device.counts()).isEqualTo(new Device.Counts(0, 0, 0));
        }
    }

    @Test
    void shouldPutBendsRightWhereTheyAreHalfTheirRangeOff() throws Exception {
        InputRing ring = new InputRing();
        InPort port = new InPort(keys, new Leases(), ring, new Counter(), new Echo(1), 100, true);
        port.start();
        keys.play(-1, "e50000");
        keys.play(-1, "e57f7f");
        keys.play(-1, "955040");
        ring.drain((time, bytes, offset, length) ->
                received.add(HexFormat.of().formatHex(bytes, offset, offset + length)));
        assertThat(received).containsExactly("e50040", "e57f3f", "955040");
        port.retire();
        port.release();
        assertThat(keys.isOpen()).isFalse();
    }

    @Test
    void shouldPutSysexTogetherWhateverComesInBetween() throws BackendException {
        try (Device device = open()) {
            keys.play(-1, "f07d01");
            keys.play(-1, "f8");
            keys.play(-1, "0203");
            keys.play(-1, "04f7");
            keys.play(-1, "f07d");
            keys.play(-1, "f07d05f7");
            assertThat(receive(device)).containsExactly("f8", "f07d01020304f7", "f07d05f7");
            assertThat(device.counts().droppedIn()).isEqualTo(1);
        }
    }

    @Test
    void shouldStampMessagesOnItsOwnClock() throws BackendException {
        List<Long> times = new ArrayList<>();
        try (Device device = open()) {
            long before = device.now();
            keys.play(5_000, "903c40");
            keys.play(7_000, "803c40");
            keys.play(-1, "f8");
            device.receive((time, bytes, offset, length) -> times.add(time));
            assertThat(times).isSorted().allSatisfy(time -> assertThat(time).isBetween(before, device.now()));
        }
    }

    /** In one piece to receivers nobody knows, in packets of 512 bytes to those of the JDK. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSendEveryKindOfMessage(boolean reuses) throws BackendException {
        String dump = dump(1300);
        List<String> all = List.of(
                "903c40", "903c00", "803c40", "af3c01", "b34001", "c305", "d711", "e00040", "f105", "f20102", "f303",
                "f6", "f8", "fa", "fb", "fc", "ff", "f07df7", "f0f7");
        try (JavaSoundBackend other = new JavaSoundBackend(LOOK_NS, device -> reuses);
                Device device = open(other)) {
            all.forEach(hex -> send(device, hex));
            send(device, dump);
            send(device, "3c40");
            send(device, "903c7f");
            await(() -> synth.heardHex().contains("903c7f"));
            List<String> heard = synth.heardHex();
            assertThat(heard.subList(0, all.size())).isEqualTo(all);
            List<String> packets = heard.subList(all.size(), heard.size() - 1);
            assertThat(String.join("", packets)).isEqualTo(dump);
            assertThat(packets)
                    .hasSize(reuses ? 3 : 1)
                    .allSatisfy(packet -> assertThat(packet.length() / 2).isLessThanOrEqualTo(reuses ? 512 : 1300));
        }
    }

    @Test
    void shouldSendWhatIsDueNotBefore() throws BackendException {
        try (Device device = open()) {
            long due = device.now() + 60_000_000;
            device.send(due, new byte[] {(byte) 0x90, 1, 1}, 0, 3);
            device.send(due - 30_000_000, new byte[] {(byte) 0x90, 2, 2}, 0, 3);
            await(() -> synth.heard.size() == 2);
            assertThat(synth.heardHex()).containsExactly("900202", "900101");
            assertThat(synth.heard.get(0).ns()).isGreaterThanOrEqualTo(due - 30_000_000);
            assertThat(synth.heard.get(1).ns()).isGreaterThanOrEqualTo(due);
        }
    }

    @Test
    void shouldSendWhatIsDueWhenItIsClosed() throws BackendException {
        JavaSoundDevice device = open();
        send(device, "803c00");
        device.send(device.now() + 3_600_000_000_000L, new byte[] {(byte) 0x90, 1, 1}, 0, 3);
        device.close();
        assertThat(synth.heardHex()).containsExactly("803c00");
        assertThat(device.state()).isEqualTo(Device.State.CLOSED);
        assertThat(device.send(device.now(), new byte[] {(byte) 0x90, 1, 1}, 0, 3))
                .isTrue();
        keys.play(-1, "903c40");
        assertThat(receive(device)).isEmpty();
        assertThat(keys.isOpen() || synth.isOpen()).isFalse();
    }

    /** Not before a look later, so that whoever looks at the state is sure to see it. */
    @Test
    void shouldLoseItsInputAndFindItAgainByName() throws BackendException {
        try (Device device = open()) {
            keys.play(-1, "903c40");
            FakeSystem.unplug(keys);
            await(() -> device.state() == Device.State.LOST);
            send(device, "803c00");
            await(() -> synth.heardHex().contains("803c00"));
            FakeSystem.input("Other keys");
            FakePort back = FakeSystem.input("Keys");
            await(() -> device.state() == Device.State.OPEN);
            keys.play(-1, "900000");
            back.play(-1, "903d40");
            assertThat(receive(device)).containsExactly("903c40", "903d40");
            assertThat(device.counts().reconnects()).isEqualTo(1);
            assertThat(keys.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLoseItsOutputAndFindItAgain(boolean isLoud) throws BackendException {
        synth.isLoud = isLoud;
        try (JavaSoundDevice device = open()) {
            FakeSystem.unplug(synth);
            await(() -> {
                send(device, "903c40");
                return device.state() == Device.State.LOST;
            });
            send(device, "903c40");
            assertThat(device.droppedOut()).isPositive();
            assertThat(backend.ports())
                    .as("looked at between")
                    .noneMatch(port -> port.name().equals("Synth"));
            FakePort back = FakeSystem.output("Synth");
            await(() -> device.state() == Device.State.OPEN);
            send(device, "903d40");
            await(() -> !back.heard.isEmpty());
            assertThat(back.heardHex()).containsExactly("903d40");
            assertThat(device.counts().reconnects()).isEqualTo(1);
        }
    }

    @Test
    void shouldGoOnWhenSomebodyClosesItsPort() throws BackendException {
        try (Device device = open()) {
            synth.close();
            send(device, "903c40");
            assertThat(device.state()).isEqualTo(Device.State.LOST);
            await(() -> device.state() == Device.State.OPEN);
            send(device, "903d40");
            await(() -> synth.heardHex().contains("903d40"));
        }
    }

    @Test
    void shouldWaitForAPortThatAnotherProgramHasNow() throws BackendException {
        try (Device device = open()) {
            FakeSystem.unplug(synth);
            await(() -> device.state() == Device.State.LOST);
            FakePort back = new FakePort("Synth", "External MIDI Port", false);
            back.isBusy = true;
            FakeSystem.plug(back);
            LockSupport.parkNanos(5 * LOOK_NS);
            assertThat(device.state()).isEqualTo(Device.State.LOST);
            back.isBusy = false;
            await(() -> device.state() == Device.State.OPEN);
        }
    }

    /** A driver that hangs holds up its own thread and the one that closes it, nobody else. */
    @Test
    void shouldNotLetAHangingDriverHoldUpTheSession() throws BackendException {
        synth.gate = new CountDownLatch(1);
        synth.closing = new CountDownLatch(1);
        try (Device device = open()) {
            byte[] note = {(byte) 0x90, 60, 64};
            int sent = 0;
            while (device.send(device.now(), note, 0, 3)) {
                sent++;
            }
            assertThat(sent).as("room in the queue").isGreaterThan(10_000);
            keys.play(-1, "903c40");
            assertThat(receive(device)).containsExactly("903c40");
            FakeSystem.unplug(synth);
            await(() -> device.state() == Device.State.LOST);
            send(device, "803c00");
            FakePort second = FakeSystem.output("Synth");
            synth.gate.countDown();
            synth.closing.countDown();
            await(() -> device.state() == Device.State.OPEN);
            await(() -> {
                send(device, "803c7f");
                return second.heardHex().contains("803c7f");
            });
        }
    }

    @Test
    void shouldShareAPortWithAnotherDevice() throws BackendException {
        try (Device jazz = open()) {
            Device pop = backend.open(new DeviceSpec("to Pop", "Keys", "Synth"));
            keys.play(-1, "903c40");
            assertThat(receive(jazz)).hasSize(1);
            assertThat(receive(pop)).hasSize(2);
            pop.close();
            assertThat(jazz.state()).isEqualTo(Device.State.OPEN);
            send(jazz, "803c40");
            await(() -> synth.heardHex().contains("803c40"));
        }
        assertThat(keys.opened).isEqualTo(1);
        assertThat(keys.isOpen()).isFalse();
    }

    /** The thread that delivers, the session's and the one that sends: none allocates for a message, once all is warm. */
    @Test
    void shouldAllocateNothing() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        MidiMessage note = FakePort.shortMessage(0x90, 60, 64);
        byte[] dump = HexFormat.of().parseHex(dump(1000));
        synth.onlyCount();
        try (Device device = open()) {
            byte[] bytes = {(byte) 0x90, 60, 64};
            long least = Long.MAX_VALUE;
            long leastOut = Long.MAX_VALUE;
            long out = outThread();
            for (int round = 0; round < 30; round++) {
                int before = synth.count;
                long from = threads.getCurrentThreadAllocatedBytes();
                long outFrom = threads.getThreadAllocatedBytes(out);
                for (int i = 0; i < 500; i++) {
                    keys.deliver(note, 1000L * i);
                    device.send(device.now(), bytes, 0, 3);
                }
                device.send(device.now(), dump, 0, dump.length);
                device.receive(JavaSoundDeviceTest::ignore);
                while (synth.count < before + 1500 + dump.length) {
                    Thread.onSpinWait();
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - from);
                leastOut = Math.min(leastOut, threads.getThreadAllocatedBytes(out) - outFrom);
            }
            assertThat(least).as("in and send").isZero();
            assertThat(leastOut).as("out").isZero();
        }
    }

    private static void ignore(long time, byte[] bytes, int offset, int length) {}

    private static long outThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("javasound-out") && thread.isAlive())
                .mapToLong(Thread::getId)
                .max()
                .orElseThrow();
    }
}

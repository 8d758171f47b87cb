package idiom.bridge.jack;

import static idiom.bridge.jack.JackServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.bridge.BackendException;
import idiom.bridge.Device.State;
import idiom.bridge.DeviceSpec;
import idiom.bridge.jack.JackPeer.Timed;
import idiom.engine.live.MidiHandler;
import idiom.engine.live.TransportState;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.jaudiolibs.jnajack.JackException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Against a real server. Frames are exact, or later where the server itself says that it was late. */
@ExtendWith(JackRunning.class)
@Timeout(120)
class JackDeviceTest {

    private JackBackend backend;
    private JackPeer player;
    private JackPeer peer;
    private JackDevice device;
    /** While clients come and go, a server is late now and then. */
    private long xrunsBefore;

    @BeforeEach
    void open() throws Exception {
        backend = new JackBackend(20_000_000L);
        // Two, since a client can't hear in the same period what its own music became.
        player = new JackPeer("player");
        peer = new JackPeer("peer");
        device = backend.open(new DeviceSpec("to Jazz", "player:out", "PEER:in"));
        xrunsBefore = device.jackCounts().xruns();
    }

    @AfterEach
    void close() {
        assertThat(device.jackCounts().failures()).isZero();
        assertThat(peer.failures).isEmpty();
        assertThat(player.failures).isEmpty();
        backend.close();
        player.close();
        peer.close();
    }

    /** A message to be sent, and whether it was, {@link JackDevice#leadTime} before its due time. */
    private record Sent(long due, byte[] bytes, boolean onTime) {}

    private Sent send(long due, byte... bytes) {
        while (!device.send(due, bytes, 0, bytes.length)) {
            LockSupport.parkNanos(1_000_000);
        }
        return new Sent(due, bytes, device.now() + device.leadTime() <= due);
    }

    private void waitFor(long frame) {
        while (device.now() < frame) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Everything, in the order of due times and at exactly those, unless the server says that it was late itself. */
    private void shouldHaveHeard(List<Sent> sent) {
        await("all is heard", () -> peer.heard.size() >= sent.size());
        List<Sent> byDue =
                sent.stream().sorted(Comparator.comparingLong(Sent::due)).toList();
        List<String> expected =
                byDue.stream().map(one -> Arrays.toString(one.bytes)).toList();
        boolean serverWasLate = device.jackCounts().xruns() > xrunsBefore;
        if (serverWasLate || !sent.stream().allMatch(Sent::onTime)) {
            // What is late leaves at once, and may be overtaken.
            assertThat(bytes(peer.heard)).containsExactlyInAnyOrderElementsOf(expected);
            return;
        }
        assertThat(bytes(peer.heard)).isEqualTo(expected);
        assertThat(peer.heard.stream().map(Timed::frame))
                .containsExactlyElementsOf(byDue.stream().map(Sent::due).toList());
        assertThat(device.counts().late()).isZero();
    }

    private static List<String> bytes(Queue<Timed> messages) {
        return messages.stream().map(one -> Arrays.toString(one.bytes())).toList();
    }

    @Test
    void shouldSayWhatItIs() {
        assertThat(device.description()).isEqualTo("JACK: to Jazz, 48000 Hz, 256 frames");
        assertThat(device.clockRate()).isEqualTo(48_000);
        assertThat(device.leadTime()).isEqualTo(512);
        assertThat(device.state()).isEqualTo(State.OPEN);
        long past = peer.start() - JackServer.PERIOD;
        assertThat(device.now()).isGreaterThanOrEqualTo(past);
    }

    @Test
    void shouldLetMessagesLeaveAtExactlyTheirFrames() {
        List<Sent> sent = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        long due = device.now() + 9600;
        for (int i = 0; i < 3000; i++) {
            waitFor(due - 9000);
            sent.add(send(due, (byte) 0x90, (byte) (i & 0x7F), (byte) (i >> 7)));
            due += random.nextInt(3) * random.nextInt(60); // chords of any size
        }
        shouldHaveHeard(sent);
        assertThat(sent).filteredOn(Sent::onTime).hasSizeGreaterThan(100);
    }

    @Test
    void shouldNeedNoMoreThanItsLeadTime() {
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            sent.add(send(device.now() + device.leadTime() + 24, (byte) 0xB0, (byte) 1, (byte) (i & 0x7F)));
            LockSupport.parkNanos(2_000_000);
        }
        shouldHaveHeard(sent);
        assertThat(sent).filteredOn(Sent::onTime).hasSizeGreaterThan(100);
    }

    @Test
    void shouldLetALateMessageLeaveAtOnceAndCountIt() {
        long past = device.now() - 10_000;
        send(past, (byte) 0x80, (byte) 60, (byte) 0);
        await("it is heard", () -> peer.heard.size() == 1);
        assertThat(peer.heard.element().frame() % JackServer.PERIOD).isEqualTo(peer.start() % JackServer.PERIOD);
        assertThat(device.counts().late()).isEqualTo(1);
    }

    @Test
    void shouldOvertakeWhatIsDueLater() {
        long due = device.now() + 4800;
        send(due + 4800, (byte) 0xFE);
        send(due, (byte) 0xF8);
        send(due, (byte) 0xFA);
        await("all is heard", () -> peer.heard.size() == 3);
        assertThat(bytes(peer.heard)).containsExactly("[-8]", "[-6]", "[-2]");
    }

    @Test
    void shouldReceiveWithExactTimes() {
        long frame = peer.start() + 9600;
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 2000; i++) {
            player.play(frame, (byte) (0x90 + i % 16), (byte) (i & 0x7F), (byte) (i >> 7));
            frame += random.nextInt(3) * random.nextInt(60);
        }
        List<Timed> received = receive(2000);
        assertThat(received).usingRecursiveFieldByFieldElementComparator().containsExactlyElementsOf(player.played);
        assertThat(device.counts().droppedIn()).isZero();
    }

    /** With thru, what comes in leaves in its own frame, in order among what is due. */
    @Test
    void shouldPassWhatComesInThroughInItsOwnFrame() throws Exception {
        device.close();
        device = backend.open(new DeviceSpec("to Jazz", "player:out", "PEER:in", true));
        xrunsBefore = device.jackCounts().xruns();
        assertThat(device.passesThru()).isTrue();
        long frame = peer.start() + 9600;
        for (int i = 0; i < 400; i++) {
            player.play(frame + i * 50L, (byte) 0x90, (byte) (i & 0x7F), (byte) 64);
        }
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            waitFor(frame + i * 50L - 4000);
            sent.add(send(frame + i * 50L + 25, (byte) 0x91, (byte) (i & 0x7F), (byte) 64));
        }
        await("all is heard", () -> peer.heard.size() == 800);

        assertThat(peer.heard).filteredOn(one -> one.bytes()[0] == (byte) 0x90).hasSize(400);
        if (device.jackCounts().xruns() == xrunsBefore && sent.stream().allMatch(Sent::onTime)) {
            assertThat(peer.heard.stream().map(Timed::frame))
                    .containsExactlyElementsOf(LongStream.range(0, 800)
                            .mapToObj(i -> frame + i * 25)
                            .toList());
        }
    }

    /** Output connected with its own input: with thru, each message would come again in each period. */
    @Test
    void shouldTakeItsOutputOffItsOwnInput() throws Exception {
        try (JackBackend idle = new JackBackend(TimeUnit.HOURS.toNanos(1));
                JackDevice looped = idle.open(new DeviceSpec("to Pop", null, null))) {
            peer.connect("to Pop:out", "to Pop:in");
            await("it hears itself", () -> hearsItself(looped));
            idle.tend();
            await("what was on its way is over", () -> !hearsItself(looped));
            assertThat(hearsItself(looped)).isFalse();
        }
    }

    private static boolean hearsItself(JackDevice looped) {
        List<Timed> received = new ArrayList<>();
        looped.send(looped.now() + looped.leadTime() + 480, new byte[] {(byte) 0xF8}, 0, 1);
        LockSupport.parkNanos(100_000_000);
        looped.receive((time, bytes, offset, length) -> received.add(new Timed(time, bytes)));
        return !received.isEmpty();
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

    @Test
    void shouldPassMusicThroughAtAConstantDelay() {
        List<byte[]> kinds = List.of(
                new byte[] {(byte) 0x90, 60, 100},
                new byte[] {(byte) 0xB0, 64, 127},
                new byte[] {(byte) 0xE3, 0, 64},
                new byte[] {(byte) 0xC5, 3},
                new byte[] {(byte) 0xD1, 9},
                new byte[] {(byte) 0xF0, 0x7E, 0x7F, 9, 1, (byte) 0xF7},
                sysex(300),
                new byte[] {(byte) 0x80, 60, 0});
        long frame = peer.start() + 9600;
        int total = 2400;
        for (int i = 0; i < total; i++) {
            player.play(frame, kinds.get(i % kinds.size()));
            frame += i % 4 == 3 ? 97 : 0;
        }
        List<Sent> sent = new ArrayList<>();
        await("all has come in", () -> {
            device.receive((time, bytes, offset, length) ->
                    sent.add(send(time + 4096, Arrays.copyOfRange(bytes, offset, offset + length))));
            return sent.size() >= total;
        });
        assertThat(sent.stream().map(one -> one.due - 4096))
                .isEqualTo(player.played.stream().map(Timed::frame).toList());
        shouldHaveHeard(sent);
        assertThat(bytes(peer.heard)).isEqualTo(bytes(player.played));
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
    void shouldKeepForTheNextPeriodWhatAFullPortHasNoRoomFor() {
        List<Sent> sent = new ArrayList<>();
        long due = device.now() + 9600;
        for (int i = 0; i < 10; i++) {
            byte[] dump = sysex(8000);
            dump[1] = (byte) i;
            sent.add(send(due, dump));
        }
        sent.add(send(due, (byte) 0x90, (byte) 60, (byte) 1));
        await("all is heard", () -> peer.heard.size() == sent.size());
        assertThat(bytes(peer.heard))
                .isEqualTo(sent.stream().map(one -> Arrays.toString(one.bytes)).toList());
        assertThat(device.jackCounts().deferred()).isPositive();
        assertThat(device.jackCounts().droppedOut()).isZero();
    }

    @Test
    void shouldPassTheLongestMessageAndDropLongerOnes() {
        byte[] longest = sysex(Lanes.LONGEST_MESSAGE);
        byte[] tooLong = sysex(Lanes.LONGEST_MESSAGE + 1);
        player.play(0, tooLong);
        player.play(0, (byte) 0xF8);
        long later = peer.start() + 4800;
        player.play(later, longest);
        List<Timed> received = receive(2);
        assertThat(received.get(0).bytes()).containsExactly(0xF8);
        assertThat(received.get(1).bytes()).isEqualTo(longest);
        assertThat(device.counts().droppedIn()).isEqualTo(1);

        send(0, tooLong);
        send(0, longest);
        await("the longest is heard", () -> peer.heard.size() == 1);
        assertThat(peer.heard.element().bytes()).isEqualTo(longest);
        assertThat(device.jackCounts().droppedOut()).isEqualTo(1);
    }

    @Test
    void shouldDropPiecesOfMessages() {
        player.play(0, (byte) 0xF0, (byte) 1, (byte) 2);
        player.play(0, (byte) 3, (byte) 4, (byte) 0xF7);
        player.play(0, (byte) 0x90, (byte) 60, (byte) 64);
        List<Timed> received = receive(1);
        assertThat(received.get(0).bytes()).containsExactly(0x90, 60, 64);
        assertThat(device.counts().droppedIn()).isEqualTo(2);
    }

    @Test
    void shouldAllocateNothingInTheCallback() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.getAllStackTraces().keySet().stream()
                .filter(one -> one.getName().equals("jack-process to Jazz"))
                .mapToLong(Thread::getId)
                .max()
                .orElseThrow();
        MidiHandler echo = (time, bytes, offset, length) -> device.send(time + 2048, bytes, offset, length);
        byte[] dump = sysex(200);
        playFor(100, dump, echo);
        long before = threads.getThreadAllocatedBytes(thread);
        int heardBefore = peer.heard.size();
        playFor(200, dump, echo);
        assertThat(threads.getThreadAllocatedBytes(thread) - before).isZero();
        assertThat(peer.heard.size() - heardBefore).isGreaterThan(300);
    }

    private void playFor(int periods, byte[] dump, MidiHandler echo) {
        long end = peer.start() + (long) periods * JackServer.PERIOD;
        for (long frame = peer.start(); frame < end; frame += 128) {
            player.play(frame, (byte) 0x90, (byte) 60, (byte) 64);
            player.play(frame, dump);
        }
        while (peer.start() < end + 4096) {
            device.receive(echo);
            LockSupport.parkNanos(500_000);
        }
    }

    @Test
    void shouldFollowTheTransportOfATimebaseMaster() throws JackException {
        TransportState state = new TransportState();
        device.transport(state);
        assertThat(state.isKnown()).isFalse();
        peer.conduct(120, 4, 4);
        peer.locate(0);
        await("somebody conducts", () -> isKnown(state));
        assertThat(state.isRolling()).isFalse();
        assertThat(state.stepsPerSecond()).isEqualTo(8);

        peer.locate(10 * JackServer.RATE);
        peer.roll();
        await("music", () -> isKnown(state) && state.isRolling() && state.step() > 84);
        shouldBeWhereThePeerIs(state, 8);

        peer.locate(JackServer.RATE); // a loop jumps back
        await("the jump", () -> isKnown(state) && state.isRolling() && state.step() < 60);
        shouldBeWhereThePeerIs(state, 8);

        peer.halt();
        await("silence", () -> isKnown(state) && !state.isRolling());
        shouldBeWhereThePeerIs(state, 8);

        peer.stopConducting();
        peer.locate(0);
        await("nobody conducts", () -> !isKnown(state));
    }

    @Test
    void shouldCountSixteenthsInSixEight() throws JackException {
        TransportState state = new TransportState();
        peer.conduct(180, 6, 8);
        peer.locate(4 * JackServer.RATE);
        peer.roll();
        await("music", () -> isKnown(state) && state.isRolling() && state.step() > 26);
        assertThat(state.stepsPerSecond()).isEqualTo(6);
        shouldBeWhereThePeerIs(state, 6);
        peer.halt();
        peer.stopConducting();
    }

    private boolean isKnown(TransportState state) {
        device.transport(state);
        return state.isKnown();
    }

    private void shouldBeWhereThePeerIs(TransportState state, double stepsPerSecond) {
        await("the peer has passed it", () -> peer.start() > state.time());
        double seconds = peer.transportFrames.get(state.time()) / (double) JackServer.RATE;
        assertThat(state.step()).isCloseTo(seconds * stepsPerSecond, within(4.0 / 960));
    }

    @Test
    void shouldConduct() throws Exception {
        TransportState state = new TransportState();
        peer.watchTransport();
        device.setTempo(90);
        peer.locate(8 * JackServer.RATE);
        peer.roll();
        await("music", () -> isKnown(state) && state.isRolling() && state.step() > 50);
        assertThat(state.stepsPerSecond()).isEqualTo(6);
        shouldBeWhereThePeerIs(state, 6);
        peer.halt();
    }

    @Test
    void shouldFindAPartnerThatWasAwayAndLeaveWhatTheUserDoes() throws Exception {
        peer.close();
        await("the partner is missed", () -> device.state() == State.LOST);
        peer = new JackPeer("peer");
        await("the partner is back", () -> device.state() == State.OPEN);
        assertThat(device.counts().reconnects()).isEqualTo(1);
        send(0, (byte) 0xF8);
        await("it is heard", () -> peer.heard.size() == 1);

        peer.disconnect("to Jazz:out", "peer:in");
        long twentyLooks = peer.start() + JackServer.RATE / 2;
        await("time passes", () -> peer.start() > twentyLooks);
        send(0, (byte) 0xFA);
        long later = peer.start() + 4800;
        await("time passes", () -> peer.start() > later);
        assertThat(peer.heard).hasSize(1);
        assertThat(device.state()).isEqualTo(State.OPEN);
    }

    @Test
    void shouldNumberASecondDeviceOfTheSameName() throws BackendException {
        try (JackDevice second = backend.open(new DeviceSpec("to Jazz", null, null))) {
            assertThat(second.description()).isEqualTo("JACK: to Jazz-01, 48000 Hz, 256 frames");
            assertThat(second.state()).isEqualTo(State.OPEN);
        }
    }

    @Test
    void shouldStayClosed() {
        device.close();
        device.close();
        assertThat(device.state()).isEqualTo(State.CLOSED);
        assertThat(device.send(0, new byte[] {(byte) 0xF8}, 0, 1)).isTrue();
        assertThat(device.receive((time, bytes, offset, length) -> {})).isZero();
        assertThat(device.now()).isPositive();
    }
}

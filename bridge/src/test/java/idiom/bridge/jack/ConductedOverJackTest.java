package idiom.bridge.jack;

import static idiom.bridge.jack.JackServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import idiom.bridge.Device.State;
import idiom.bridge.DeviceSpec;
import idiom.bridge.LiveAgent;
import idiom.bridge.Sessions;
import idiom.bridge.jack.JackPeer.Timed;
import idiom.engine.generator.IdentityGenerator;
import idiom.engine.live.InferenceAgent;
import idiom.engine.live.LiveSession;
import idiom.engine.live.LiveSettings;
import idiom.engine.live.Sync;
import idiom.presets.Mode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions over a real server that somebody else conducts, or that dies; with a network that gives back what it gets. */
@Timeout(180)
class ConductedOverJackTest {
    /** 300 quarters a minute. */
    private static final double STEPS_PER_SECOND = 20;

    private static final int STEP = 2400;
    private static final int HOP = 4;

    private JackServer server;
    private JackBackend backend;
    private JackPeer player;
    private JackPeer peer;
    private JackDevice device;
    private InferenceAgent inference;
    private LiveSession session;
    private LiveAgent agent;

    @BeforeEach
    void open() throws Exception {
        server = JackServer.start();
        backend = new JackBackend(20_000_000L);
        player = new JackPeer("player");
        peer = new JackPeer("peer");
        device = backend.open(new DeviceSpec("to Jazz", "player:out", "peer:in"));
    }

    private void begin(Sync sync) {
        inference = new InferenceAgent(List.of(new IdentityGenerator()), window -> {});
        inference.start();
        session = Sessions.session(device, inference, LiveSettings.of(Mode.FOLLOW, HOP, sync), STEPS_PER_SECOND);
        agent = new LiveAgent(List.of(new LiveAgent.Part(device, session, sync)));
        agent.start();
    }

    @AfterEach
    void close() throws Exception {
        agent.close();
        inference.close();
        backend.close();
        player.close();
        peer.close();
        server.close();
    }

    private void note(long frame, int length, int pitch) {
        player.play(frame, (byte) 0x90, (byte) pitch, (byte) 80);
        player.play(frame + length, (byte) 0x80, (byte) pitch, (byte) 0);
    }

    private static boolean isOn(Timed message) {
        return (message.bytes()[0] & 0xF0) == 0x90;
    }

    private List<Timed> heard(int kind) {
        return peer.heard.stream()
                .filter(message -> (message.bytes()[0] & 0xF0) == kind)
                .toList();
    }

    /** No note ended that had not begun, none sounded twice, none sounds on. */
    private void shouldLeaveNothingSounding() {
        int[] open = new int[128];
        for (Timed message : peer.heard) {
            int status = message.bytes()[0] & 0xF0;
            if (status == 0x90 || status == 0x80) {
                int pitch = message.bytes()[1];
                open[pitch] += isOn(message) ? 1 : -1;
                assertThat(open[pitch])
                        .as("pitch %d at %d", pitch, message.frame())
                        .isBetween(0, 1);
            }
        }
        assertThat(open).containsOnly(0);
    }

    @Test
    void shouldFollowMidiClock() throws Exception {
        begin(Sync.CLOCK);
        int tick = STEP / 6;
        long start = player.start() + 9600 + 24L * tick;
        for (int i = 0; i < 24; i++) {
            player.play(start + (i - 24L) * tick, (byte) 0xF8); // As most clocks, it ticks before it starts.
        }
        player.play(start - 10, (byte) 0xFA);
        List<Long> notes = new ArrayList<>();
        int steps = 96;
        for (int i = 0; i < steps * 6; i++) {
            player.play(start + (long) i * tick, (byte) 0xF8);
            if (i % 12 == 0) {
                long frame = start + (long) i * tick;
                notes.add(frame);
                player.play(frame, (byte) 0x90, (byte) (40 + i / 12), (byte) 80);
                player.play(frame, (byte) 0x80, (byte) (40 + i / 12), (byte) 0);
            }
        }
        await("all is heard", () -> heard(0x80).size() >= notes.size());

        assertThat(heard(0x90)).hasSameSizeAs(notes);
        assertThat(peer.heard).noneMatch(message -> (message.bytes()[0] & 0xFF) >= 0xF0);
        if (device.counts().late() == 0 && device.jackCounts().xruns() == 0) {
            // The clock's own grain is a frame; what was said twice is a little of each.
            for (int i = 4; i < notes.size(); i++) {
                assertThat(heard(0x90).get(i).frame() - notes.get(i)).isBetween(HOP * STEP - 2L, HOP * STEP + 2L);
            }
        }
        assertThat(session.stepsPerSecond()).isBetween(19.9, 20.1);
        shouldLeaveNothingSounding();
    }

    @Test
    void shouldJumpAndLoopWithTheTransportAndLeaveNothingSounding() throws Exception {
        peer.conduct(300, 4, 4);
        peer.locate(0);
        begin(Sync.TRANSPORT);
        peer.roll();
        await("the transport rolls", () -> session.stepAt(device.now()) > 4);
        for (int pass = 0; pass < 4; pass++) {
            long now = player.start() + 4800;
            for (int i = 0; i < 8; i++) {
                player.play(now + i * STEP, (byte) 0x90, (byte) (48 + i), (byte) 80);
            }
            long held = now + 40 * STEP; // far beyond the loop's end
            for (int i = 0; i < 8; i++) {
                player.play(held, (byte) 0x80, (byte) (48 + i), (byte) 0);
            }
            int expected = 8 * (pass + 1);
            await("they sound", () -> heard(0x90).size() >= expected);
            peer.locate(pass % 2 == 0 ? 0 : 37 * STEP + 100);
            await("all has ended", () -> heard(0x80).size() >= expected);
            await("the keys are up", () -> player.start() > held + STEP);
        }
        peer.halt();
        agent.close();

        assertThat(heard(0x90)).hasSize(32);
        shouldLeaveNothingSounding();
        peer.stopConducting();
    }

    @Test
    void shouldPlayOnAfterTheServerWasKilled() throws Exception {
        begin(Sync.INTERNAL);
        note(player.start() + 4800, 1 << 20, 60); // its key is never seen to come up
        await("it sounds", () -> heard(0x90).size() == 1);
        player.close();
        peer.close(); // libjack wants all clients of a process gone before it meets another server
        server.kill();
        // A client that is opened before, as the start of a server does, would free the device's. (It is lost without
        // its partners,
        // too, so that its state does not tell.)
        await("the device has left", () -> {
            backend.tend();
            return device.isWithoutClient();
        });
        server = JackServer.start();
        player = new JackPeer("player");
        peer = new JackPeer("peer");
        await("the device is back", () -> device.state() == State.OPEN);
        long again = peer.heard.size();
        note(player.start() + 9600, 2 * STEP, 64);
        await("music flows", () -> heard(0x90).stream().anyMatch(message -> message.bytes()[1] == 64));
        await("and ends", () -> heard(0x80).stream().anyMatch(message -> message.bytes()[1] == 64));

        Timed on = heard(0x90).get(heard(0x90).size() - 1);
        Timed off = heard(0x80).get(heard(0x80).size() - 1);
        assertThat(off.frame() - on.frame()).isEqualTo(2 * STEP);
        assertThat(again).isLessThanOrEqualTo(4); // an off for what sounded before, and three controllers
        assertThat(heard(0x90)).hasSize(1);
    }
}

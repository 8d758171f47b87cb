package idiom.bridge.jack;

import static idiom.bridge.jack.JackServer.await;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole session over a real server, with a network that gives back what it gets. */
@ExtendWith(JackRunning.class)
@Timeout(120)
class LiveOverJackTest {
    /** 300 quarters a minute: a 16th is 2400 frames. */
    private static final double STEPS_PER_SECOND = 20;

    private static final long STEP = 2400;

    /** Every message comes out exactly the delay later, whatever the session's thread was doing. */
    @ParameterizedTest
    @CsvSource({"FOLLOW, 4", "FOLLOW, 16", "PHRASE, 64"})
    void shouldGiveBackMusicLaterByExactlyTheDelay(Mode mode, int hop) throws Exception {
        try (JackBackend backend = new JackBackend();
                JackPeer player = new JackPeer("player");
                JackPeer peer = new JackPeer("peer");
                JackDevice device = backend.open(new DeviceSpec("to Jazz", "player:out", "peer:in"));
                InferenceAgent inference = new InferenceAgent(List.of(new IdentityGenerator()), window -> {})) {
            inference.start();
            LiveSession session =
                    Sessions.session(device, inference, LiveSettings.of(mode, hop, Sync.INTERNAL), STEPS_PER_SECOND);
            long xrunsBefore = device.jackCounts().xruns();
            try (LiveAgent agent = new LiveAgent(List.of(new LiveAgent.Part(device, session, Sync.INTERNAL)))) {
                agent.start();
                int messages = play(player, player.start() + 9600);
                await("all is heard", () -> peer.heard.size() >= messages);
            }
            List<Timed> played = new ArrayList<>(player.played);
            List<Timed> heard = new ArrayList<>(peer.heard).subList(0, played.size());
            assertThat(heard.stream().map(one -> Arrays.toString(one.bytes())))
                    .containsExactlyInAnyOrderElementsOf(played.stream()
                            .map(one -> Arrays.toString(one.bytes()))
                            .toList());
            boolean serverWasLate = device.jackCounts().xruns() > xrunsBefore;
            if (!serverWasLate
                    && device.counts().late() == 0
                    && session.counters().lateWindows() == 0) {
                assertThat(heard.stream().map(Timed::frame))
                        .containsExactlyElementsOf(played.stream()
                                .map(one -> one.frame() + hop * STEP)
                                .toList());
            }
            assertThat(session.counters().notesIn())
                    .isEqualTo(session.counters().notesOut());
        }
    }

    /** Chords, controllers and bends for some bars; returns how many messages. */
    private static int play(JackPeer player, long start) {
        SplittableRandom random = new SplittableRandom(1);
        int count = 0;
        for (int i = 0; i < 120; i++) {
            long frame = start + i * 1111L;
            int pitch = 40 + random.nextInt(40);
            player.play(frame, (byte) 0xB0, (byte) 1, (byte) i);
            player.play(frame, (byte) 0x90, (byte) pitch, (byte) (1 + i));
            player.play(frame, (byte) 0x91, (byte) (pitch + 4), (byte) 70);
            player.play(frame + 700, (byte) 0x80, (byte) pitch, (byte) 9);
            player.play(frame + 1000, (byte) 0x81, (byte) (pitch + 4), (byte) 0);
            count += 5;
        }
        return count;
    }
}

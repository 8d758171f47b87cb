package idiom.bridge.javasound;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.bridge.Device;
import idiom.bridge.DeviceSpec;
import idiom.bridge.LiveAgent;
import idiom.bridge.Sessions;
import idiom.engine.generator.IdentityGenerator;
import idiom.engine.live.InferenceAgent;
import idiom.engine.live.LiveSession;
import idiom.engine.live.LiveSettings;
import idiom.engine.live.Sync;
import idiom.presets.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole session over ports of javax.sound.midi, with a network that gives back what it gets. */
@Timeout(120)
class LiveOverJavaSoundTest {
    private static final double STEPS_PER_SECOND = 20;

    private final FakePort keys = FakeSystem.input("Keys");
    private final FakePort synth = FakeSystem.output("Synth");

    @AfterEach
    void clear() {
        FakeSystem.unplugAll();
    }

    private static LiveSession session(Device device, InferenceAgent inference) {
        return Sessions.session(device, inference, LiveSettings.of(Mode.FOLLOW, 4, Sync.INTERNAL), STEPS_PER_SECOND);
    }

    @Test
    void shouldGiveBackEveryMessageInOrder() throws Exception {
        try (JavaSoundBackend backend = new JavaSoundBackend();
                JavaSoundDevice device = backend.open(new DeviceSpec("to Jazz", "Keys", "Synth"));
                InferenceAgent inference = new InferenceAgent(List.of(new IdentityGenerator()), window -> {})) {
            inference.start();
            LiveSession session = session(device, inference);
            List<String> played;
            try (LiveAgent agent = new LiveAgent(List.of(new LiveAgent.Part(device, session, Sync.INTERNAL)))) {
                agent.start();
                played = play();
                awaitHeard(synth, played.size());
            }
            assertThat(synth.heardHex().subList(0, played.size())).isEqualTo(played);
            assertThat(device.counts().droppedIn()).isZero();
            assertThat(device.droppedOut()).isZero();
            assertThat(session.counters().notesIn())
                    .isEqualTo(session.counters().notesOut());
        }
    }

    /** What sounded when the plug was pulled is ended when the port is back. */
    @Test
    void shouldEndWhatSoundedAtAPortThatWentAndCameBack() throws Exception {
        try (JavaSoundBackend backend = new JavaSoundBackend(20_000_000, port -> true);
                JavaSoundDevice device = backend.open(new DeviceSpec("to Jazz", "Keys", "Synth"));
                InferenceAgent inference = new InferenceAgent(List.of(new IdentityGenerator()), window -> {})) {
            inference.start();
            LiveSession session = session(device, inference);
            try (LiveAgent agent = new LiveAgent(List.of(new LiveAgent.Part(device, session, Sync.INTERNAL)))) {
                agent.start();
                keys.play(-1, "903c40");
                awaitHeard(synth, 1);
                FakeSystem.unplug(synth);
                while (device.state() != Device.State.LOST) {
                    LockSupport.parkNanos(1_000_000);
                }
                FakePort back = FakeSystem.output("Synth");
                awaitHeard(back, 4);
                assertThat(back.heardHex()).startsWith("803c40", "b04000", "b07b00", "b07800");
            }
        }
    }

    private static void awaitHeard(FakePort port, int count) {
        while (port.heard.size() < count) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Notes, bends, controllers and a dump for three seconds, each stamped a little after the one before. */
    private List<String> play() {
        SplittableRandom random = new SplittableRandom(1);
        List<String> played = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < 120; i++) {
            int pitch = 40 + random.nextInt(40);
            String note = String.format("%02x", pitch);
            play(played, begin, "b001" + String.format("%02x", i));
            play(played, begin, "90" + note + String.format("%02x", 1 + i));
            if (i % 30 == 0) {
                play(played, begin, "f07d" + "01".repeat(600) + "f7");
            }
            LockSupport.parkNanos(18_000_000);
            play(played, begin, "80" + note + "09");
            play(played, begin, "e000" + String.format("%02x", i));
            LockSupport.parkNanos(2_000_000);
        }
        return played;
    }

    private void play(List<String> played, long begin, String hex) {
        LockSupport.parkNanos(100_000);
        played.add(hex);
        keys.play(1 + (System.nanoTime() - begin) / 1000, hex);
    }
}

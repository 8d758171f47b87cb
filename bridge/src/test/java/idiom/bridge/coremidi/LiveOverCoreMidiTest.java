package idiom.bridge.coremidi;

import static idiom.bridge.coremidi.FakeCoreMidi.await;
import static org.assertj.core.api.Assertions.assertThat;

import idiom.bridge.DeviceSpec;
import idiom.bridge.LiveAgent;
import idiom.bridge.Sessions;
import idiom.bridge.coremidi.FakeCoreMidi.Note;
import idiom.bridge.coremidi.FakeCoreMidi.Packet;
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
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole session over the stand-in, with a network that gives back what it gets. */
@Timeout(120)
class LiveOverCoreMidiTest {
    /** 300 quarters a minute. */
    private static final double STEPS_PER_SECOND = 20;

    private static final long STEP = FakeCoreMidi.TICKS_PER_SECOND / 20;

    /** Every message comes out with a stamp exactly the delay later, whatever the session's thread was doing. */
    @ParameterizedTest
    @CsvSource({"ALIGNED, FOLLOW, 4", "PACKED, FOLLOW, 16", "ALIGNED, PHRASE, 64"})
    void shouldGiveBackMusicLaterByExactlyTheDelay(PacketLayout layout, Mode mode, int hop) throws Exception {
        FakeCoreMidi fake = FakeCoreMidi.get();
        Frameworks frameworks = fake.frameworks(layout);
        try (CoreMidiBackend backend = new CoreMidiBackend(() -> frameworks, 20_000_000L);
                CoreMidiDevice device = backend.open(new DeviceSpec("to Jazz", null, null));
                InferenceAgent inference = new InferenceAgent(List.of(new IdentityGenerator()), window -> {})) {
            inference.start();
            LiveSession session =
                    Sessions.session(device, inference, LiveSettings.of(mode, hop, Sync.INTERNAL), STEPS_PER_SECOND);
            List<Packet> played;
            List<Note> heard;
            int source = fake.source("to Jazz");
            try (LiveAgent agent = new LiveAgent(List.of(new LiveAgent.Part(device, session, Sync.INTERNAL)))) {
                agent.start();
                played = play(fake, layout, device);
                await("all is heard", () -> fake.notes(source).size() >= played.size());
                heard = fake.notes(source).subList(0, played.size());
            }
            assertThat(heard.stream().map(one -> Arrays.toString(one.bytes())))
                    .containsExactlyInAnyOrderElementsOf(played.stream()
                            .map(one -> Arrays.toString(one.bytes()))
                            .toList());
            if (device.counts().late() == 0 && session.counters().lateWindows() == 0) {
                for (int i = 0; i < played.size(); i++) {
                    long due = played.get(i).stamp() + hop * STEP;
                    if (heard.get(i).at() < due) {
                        assertThat(heard.get(i).stamp()).isEqualTo(due);
                    }
                }
            }
            assertThat(session.counters().notesIn())
                    .isEqualTo(session.counters().notesOut());
            assertThat(session.isSilent()).isTrue();
            assertThat(device.refused()).isZero();
        }
        fake.shouldBeLeftAlone();
    }

    /** Chords, controllers and SysEx for some bars, as another program hands them over: a little ahead, with stamps. */
    private static List<Packet> play(FakeCoreMidi fake, PacketLayout layout, CoreMidiDevice device) {
        SplittableRandom random = new SplittableRandom(1);
        int destination = fake.destination("to Jazz");
        List<Packet> played = new ArrayList<>();
        long stamp = device.now() + STEP;
        for (int i = 0; i < 120; i++, stamp += 555_555) {
            while (device.now() < stamp - STEP / 2) {
                LockSupport.parkNanos(1_000_000);
            }
            int pitch = 40 + random.nextInt(40);
            List<Packet> chord = new ArrayList<>();
            chord.add(Packet.of(stamp, 0xB0, 1, i));
            chord.add(Packet.of(stamp, 0x90, pitch, 1 + i));
            chord.add(Packet.of(stamp, 0x91, pitch + 4, 70));
            if (i % 8 == 0) {
                chord.add(Packet.of(stamp, 0xF0, 0x7D, i, 0xF7));
            }
            chord.add(Packet.of(stamp + 350_000, 0x80, pitch, 9));
            chord.add(Packet.of(stamp + 500_000, 0x81, pitch + 4, 0));
            fake.play(layout, destination, chord.toArray(Packet[]::new));
            played.addAll(chord);
        }
        return played;
    }
}

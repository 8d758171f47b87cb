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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * MIDI files of other people, played into a device over a real server, ten to thirty times as fast as they are meant, with a
 * network that gives back what it gets: what comes out is what went in, four bars later to the frame.
 */
@ExtendWith(JackRunning.class)
class RealMusicOverJackTest {
    /** 3000 quarters a minute. */
    private static final int STEP_FRAMES = 240;

    private static final int HOP = 64;

    /** The densest music, the one with most SysEx, with most of the pedal, with most bends, and two by chance. */
    @Test
    @Timeout(300)
    void shouldGiveBackSongs() throws Exception {
        List<RealMusic> all = new ArrayList<>();
        for (Path file : RealMusic.files()) {
            RealMusic.read(file, 512).ifPresent(all::add);
        }
        Set<RealMusic> chosen = new LinkedHashSet<>();
        chosen.add(most(all, RealMusic::density));
        chosen.add(most(all, music -> music.count(0xF0, -1)));
        chosen.add(most(all, music -> music.count(0xB0, 64)));
        chosen.add(most(all, music -> music.count(0xE0, -1)));
        SplittableRandom random = new SplittableRandom(20);
        chosen.add(all.get(random.nextInt(all.size())));
        chosen.add(all.get(random.nextInt(all.size())));
        for (RealMusic music : chosen) {
            shouldGiveBack(music);
        }
    }

    private static RealMusic most(List<RealMusic> all, ToLongFunction<RealMusic> measure) {
        RealMusic most = all.get(0);
        for (RealMusic music : all) {
            most = measure.applyAsLong(music) > measure.applyAsLong(most) ? music : most;
        }
        assertThat(measure.applyAsLong(most)).isPositive();
        return most;
    }

    /** All files there are, from the first note to the last. */
    @Test
    @Tag("slow")
    void shouldGiveBackEverySong() throws Exception {
        for (Path file : RealMusic.files()) {
            RealMusic music = RealMusic.read(file, Double.MAX_VALUE).orElse(null);
            if (music != null) {
                shouldGiveBack(music);
            }
        }
    }

    private static void shouldGiveBack(RealMusic music) throws Exception {
        try (JackBackend backend = new JackBackend();
                JackPeer player = new JackPeer("player");
                JackPeer peer = new JackPeer("peer");
                JackDevice device = backend.open(new DeviceSpec("to Jazz", "player:out", "peer:in"));
                InferenceAgent inference = new InferenceAgent(List.of(new IdentityGenerator()), window -> {})) {
            inference.start();
            LiveSession session = Sessions.session(
                    device,
                    inference,
                    LiveSettings.of(Mode.FOLLOW, HOP, Sync.INTERNAL),
                    JackServer.RATE / (double) STEP_FRAMES,
                    music.freeProgram());
            long start;
            try (LiveAgent agent = new LiveAgent(List.of(new LiveAgent.Part(device, session, Sync.INTERNAL)))) {
                agent.start();
                start = player.start() + 9600;
                for (RealMusic.At message : music.messages()) {
                    player.play(start + Math.round(message.step() * STEP_FRAMES), message.bytes());
                }
                double lastStep =
                        music.messages().get(music.messages().size() - 1).step();
                long end = start + Math.round((lastStep + HOP) * STEP_FRAMES) + JackServer.RATE;
                await("the song ends", () -> peer.start() > end, 600);
            }
            assertThat(player.failures).isEmpty();
            assertThat(peer.failures).isEmpty();
            assertThat(player.played).as(music.name()).hasSameSizeAs(music.messages());
            assertThat(session.counters().dropped()).as(music.name()).isZero();
            shouldHaveHeard(music, start, player, peer, device);
        }
    }

    private static void shouldHaveHeard(
            RealMusic music, long start, JackPeer player, JackPeer peer, JackDevice device) {
        // Where the server kept the player waiting, what was played is later than it was meant to be.
        Map<Long, Long> played = new HashMap<>();
        int index = 0;
        for (Timed message : player.played) {
            long meant = start + Math.round(music.messages().get(index++).step() * STEP_FRAMES);
            played.merge(meant, message.frame(), Math::max);
        }
        List<Timed> expected = new ArrayList<>();
        for (RealMusic.At message : music.answer()) {
            long meant = start + Math.round(message.step() * STEP_FRAMES);
            expected.add(new Timed(played.get(meant) + HOP * STEP_FRAMES, message.bytes()));
        }
        Map<String, List<Timed>> heard = streams(List.copyOf(peer.heard));
        long inexact = 0;
        Map<String, List<Timed>> wanted = streams(expected);
        for (Map.Entry<String, List<Timed>> stream : wanted.entrySet()) {
            List<Timed> got = heard.getOrDefault(stream.getKey(), List.of());
            assertThat(got.size())
                    .as("%s: %s", music.name(), stream.getKey())
                    .isGreaterThanOrEqualTo(stream.getValue().size());
            for (int i = 0; i < stream.getValue().size(); i++) {
                Timed want = stream.getValue().get(i);
                assertThat(got.get(i).bytes())
                        .as("%s: %s, message %d", music.name(), stream.getKey(), i)
                        .isEqualTo(want.bytes());
                inexact += got.get(i).frame() == want.frame() ? 0 : 1;
            }
        }
        assertThat(inexact).as(music.name()).isLessThanOrEqualTo(device.counts().late());
        heard.forEach((about, got) -> {
            int count = wanted.getOrDefault(about, List.of()).size();
            assertThat(got.subList(count, got.size()))
                    .as("%s: %s, beyond the music", music.name(), about)
                    .allMatch(RealMusicOverJackTest::isGoodbye);
        });
    }

    /** When a session ends, it ends what sounds: with note-offs, then CC 64, 123 and 120. */
    private static boolean isGoodbye(Timed message) {
        int kind = message.bytes()[0] & 0xF0;
        int controller = message.bytes()[1];
        return kind == 0x80 || (kind == 0xB0 && message.bytes()[2] == 0 && (controller == 64 || controller >= 120));
    }

    /** Messages about one thing, in order: one key, one controller of one channel, all SysEx. */
    private static Map<String, List<Timed>> streams(List<Timed> messages) {
        Map<String, List<Timed>> streams = new HashMap<>();
        for (Timed message : messages) {
            int status = message.bytes()[0] & 0xFF;
            String about = status < 0xA0
                    ? "key " + (status & 0x0F) + " " + message.bytes()[1]
                    : status < 0xC0
                            ? Integer.toHexString(status) + " " + message.bytes()[1]
                            : Integer.toHexString(status);
            streams.computeIfAbsent(about, any -> new ArrayList<>()).add(message);
        }
        return streams;
    }
}

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
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    /** How many of all songs are played at once. */
    private static final int STAGES = 8;

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
            shouldGiveBack(music, "");
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

    /** All files there are, from the first note to the last, several at a time. */
    @Test
    @Tag("slow")
    void shouldGiveBackEverySong() throws Exception {
        List<RealMusic> songs = new ArrayList<>();
        for (Path file : RealMusic.files()) {
            RealMusic.read(file, Double.MAX_VALUE).ifPresent(songs::add);
        }
        Tally tally = new Tally(songs);
        Queue<RealMusic> waiting = new ConcurrentLinkedQueue<>(songs);
        List<Thread> stages = new ArrayList<>();
        for (int i = 1; i <= STAGES; i++) {
            String stage = " " + i;
            stages.add(new Thread(() -> playAll(waiting, stage, tally), "stage" + stage));
        }
        stages.forEach(Thread::start);
        for (Thread stage : stages) {
            stage.join();
        }
        tally.print();
        assertThat(tally.failures).isEmpty();
    }

    private static void playAll(Queue<RealMusic> waiting, String stage, Tally tally) {
        for (RealMusic song = waiting.poll(); song != null; song = waiting.poll()) {
            try {
                tally.add(song, shouldGiveBack(song, stage));
            } catch (Exception | AssertionError e) {
                tally.fail(song, e);
            }
        }
    }

    /** How far all songs together have come. */
    private static final class Tally {
        private final long beganNs = System.nanoTime();
        private final int songs;
        private final double allSteps;
        private final List<String> failures = new ArrayList<>();
        private int done;
        private double steps;
        private long messages;
        private long inexact;

        Tally(List<RealMusic> songs) {
            this.songs = songs.size();
            this.allSteps = songs.stream().mapToDouble(Tally::cost).sum();
        }

        /** Steps to play, with the answer's delay, a second after it and one for making and closing the clients. */
        private static double cost(RealMusic song) {
            return song.endStep() + HOP + 2.0 * JackServer.RATE / STEP_FRAMES;
        }

        synchronized void add(RealMusic song, Result result) {
            messages += result.messages();
            inexact += result.inexact();
            count(song);
        }

        synchronized void fail(RealMusic song, Throwable why) {
            failures.add(song.name() + ": " + why);
            System.out.println("failed: " + song.name());
            why.printStackTrace(System.out);
            count(song);
        }

        private void count(RealMusic song) {
            done++;
            steps += cost(song);
            if (done % 20 == 0) {
                print();
            }
        }

        synchronized void print() {
            double minutes = (System.nanoTime() - beganNs) / 60e9;
            System.out.printf(
                    "songs=%d/%d, messages=%d, off their frame=%d, failed=%d, minutes=%.1f, to go=%.1f%n",
                    done, songs, messages, inexact, failures.size(), minutes, minutes * (allSteps / steps - 1));
        }
    }

    /** How many messages came back, and how many of them, counted as late, off their frame. */
    private record Result(long messages, long inexact) {}

    /** @param stage what the names of its clients end with */
    private static Result shouldGiveBack(RealMusic music, String stage) throws Exception {
        String from = "player" + stage;
        String to = "peer" + stage;
        try (JackBackend backend = new JackBackend();
                JackPeer player = new JackPeer(from);
                JackPeer peer = new JackPeer(to);
                JackDevice device = backend.open(new DeviceSpec("to Jazz" + stage, from + ":out", to + ":in"));
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
                long end = start + Math.round((music.endStep() + HOP) * STEP_FRAMES) + JackServer.RATE;
                await("the song ends", () -> peer.start() > end, 600);
            }
            assertThat(player.failures).isEmpty();
            assertThat(peer.failures).isEmpty();
            assertThat(player.played).as(music.name()).hasSameSizeAs(music.messages());
            assertThat(device.counts().droppedIn()).as(music.name()).isZero();
            assertThat(session.counters().dropped()).as(music.name()).isZero();
            assertThat(device.jackCounts().droppedOut()).as(music.name()).isZero();
            assertThat(device.jackCounts().failures()).as(music.name()).isZero();
            return shouldHaveHeard(music, start, player, peer, device);
        }
    }

    private static Result shouldHaveHeard(
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
        return new Result(expected.size(), inexact);
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

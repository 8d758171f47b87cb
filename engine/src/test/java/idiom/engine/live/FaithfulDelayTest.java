package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.presets.Controls;
import idiom.presets.Feel;
import idiom.presets.Mode;
import idiom.presets.Output;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random music through a network that changes nothing, on a machine that has a hard time: what comes out of each key must be
 * what went in, message for message, however late the windows are. The music is fast (a step is 120 frames of a clock of 48,000,
 * less than half a period of the port), keys are struck again at once, drums and controllers play along; messages arrive in
 * periods, the network takes up to 50 steps, the session's thread stands still now and then, and the port's clock goes back
 * by some frames where a server came late.
 */
class FaithfulDelayTest {
    private static final int STEP = 120;
    private static final int PERIOD = 256;
    private static final int LEAD = 512;
    private static final double STEPS_A_SECOND = 48_000.0 / STEP;
    private static final long MUSIC = 64L * STEP * 8;
    private static final long END = 64L * STEP * 14;
    private static final int SEEDS = Integer.getInteger("idiom.fuzz.seeds", 40);

    private record Timed(long time, int message) {}

    /** Answers each window with itself, after a while. */
    private static final class SlowIdentity implements WindowInference {
        private final SplittableRandom random;
        private final Queue<WindowJob> jobs = new ArrayDeque<>();
        private final Queue<Long> readyAt = new ArrayDeque<>();
        private long now;

        SlowIdentity(SplittableRandom random) {
            this.random = random;
        }

        @Override
        public boolean submit(WindowJob job) {
            readyAt.add(now + random.nextInt(random.nextInt(10) == 0 ? 6000 : 400));
            return jobs.add(job);
        }

        @Override
        public @Nullable WindowJob poll() {
            if (jobs.isEmpty() || readyAt.element() > now) {
                return null;
            }
            readyAt.remove();
            WindowJob job = jobs.remove();
            job.answer(job.window(), 1);
            return job;
        }
    }

    @ParameterizedTest
    @CsvSource({
        // longest standstill and longest way back of the clock, in frames
        "PHRASE, 64, 3000, 0",
        "PHRASE, 64, 30000, 200",
        "FOLLOW, 64, 3000, 200",
        "FOLLOW, 64, 30000, 0",
        "FOLLOW, 16, 3000, 0",
        "FOLLOW, 16, 9000, 200",
        "FOLLOW, 4, 9000, 0",
        "FOLLOW, 1, 3000, 200"
    })
    void shouldGiveBackEveryMessage(Mode mode, int hop, int stall, int back) {
        for (long seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Timed> played = music(random);
            List<Timed> sent = listen(mode, hop, stall, back, played, random);
            assertThat(byKey(sent)).as("seed " + seed).isEqualTo(byKey(played));
        }
    }

    private static List<Timed> music(SplittableRandom random) {
        List<Timed> music = new ArrayList<>();
        boolean[] isDown = new boolean[2048];
        for (long time = 100; time < MUSIC; ) {
            if (random.nextInt(3) != 0) {
                time += random.nextInt(random.nextInt(6) == 0 ? 4 * STEP : STEP / 2);
            }
            if (random.nextInt(80) == 0) {
                music.add(new Timed(time, Message.of(Message.CONTROL | random.nextInt(16), 121, 0)));
                continue;
            }
            int channel = random.nextInt(8) == 0 ? 9 : random.nextInt(2);
            int pitch = channel == 9 ? 35 + random.nextInt(3) : 40 + random.nextInt(8);
            int key = channel << 7 | pitch;
            if (isDown[key]) {
                music.add(new Timed(time, Message.of((random.nextBoolean() ? 0x80 : 0x90) | channel, pitch, 0)));
            } else {
                music.add(new Timed(time, Message.of(0x90 | channel, pitch, 1 + random.nextInt(127))));
            }
            isDown[key] = !isDown[key];
        }
        return music;
    }

    private static List<Timed> listen(
            Mode mode, int hop, int stall, int back, List<Timed> played, SplittableRandom random) {
        List<Timed> sent = new ArrayList<>();
        SlowIdentity network = new SlowIdentity(random);
        LiveSession session = new LiveSession(
                List.of(Stage.preset(1, Feel.STRAIGHT, Controls.NONE, Output.AS_INPUT)),
                network,
                (due, bytes, offset, length) -> sent.add(new Timed(due, Message.of(bytes, offset, length))),
                48_000,
                LEAD,
                LiveSettings.of(mode, hop, Sync.INTERNAL),
                STEPS_A_SECOND);
        session.locate(0, 0, STEPS_A_SECOND);
        byte[] bytes = new byte[3];
        int next = 0;
        while (network.now < END) {
            network.now += 1 + random.nextInt(24) + standstill(random, 300, stall);
            long periodBegan = network.now / PERIOD * PERIOD;
            for (; next < played.size() && played.get(next).time < periodBegan; next++) {
                int length = Message.write(played.get(next).message, bytes);
                session.onMidi(played.get(next).time, bytes, 0, length);
            }
            network.now += random.nextInt(20) + standstill(random, 200, stall);
            session.advance(network.now + (random.nextInt(3) == 0 ? random.nextInt(back + 1) : 0));
        }
        return sent;
    }

    /** 0, or once in so many times up to {@code longest} frames. */
    private static int standstill(SplittableRandom random, int oneIn, int longest) {
        return random.nextInt(oneIn) == 0 ? random.nextInt(longest) : 0;
    }

    /** Notes of each key, in their order. */
    private static Map<Integer, List<String>> byKey(List<Timed> messages) {
        Map<Integer, List<String>> byKey = new TreeMap<>();
        for (Timed timed : messages) {
            if (Message.kind(timed.message) != Message.CONTROL) {
                byKey.computeIfAbsent(Message.key(timed.message), key -> new ArrayList<>())
                        .add(Integer.toHexString(timed.message));
            }
        }
        return byKey;
    }
}

package idiom.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import idiom.engine.generator.Generator;
import idiom.engine.generator.GeneratorException;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Decoding;
import idiom.presets.Feel;
import idiom.presets.PitchRange;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InferenceAgentTest {

    /** Makes a pitch sound in eight steps, or nothing; fails when told to. */
    private static class Flood implements Generator {
        private final float value;
        private final AtomicInteger closed;
        volatile boolean fails;
        volatile long thread;

        Flood(float value, AtomicInteger closed) {
            this.value = value;
            this.closed = closed;
        }

        @Override
        public int maxBatch() {
            return 1;
        }

        @Override
        public void generate(float[] windows, float[] probabilities, int count) {
            thread = Thread.currentThread().getId();
            if (fails) {
                throw new GeneratorException("told to fail");
            }
            Arrays.fill(probabilities, 0);
            for (int step = 0; step < 8; step++) {
                probabilities[step * PianoRoll.PITCHES + 20] = value;
            }
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private final AtomicInteger closed = new AtomicInteger();
    private final Queue<PianoRoll> heard = new ConcurrentLinkedQueue<>();

    private static WindowJob job(int preset) {
        WindowJob job = new WindowJob();
        job.before[10] = 0b11;
        job.ask(preset, preset, Decoding.PLAIN);
        return job;
    }

    private static WindowJob next(WindowInference agent) {
        WindowJob job = agent.poll();
        while (job == null) {
            LockSupport.parkNanos(1_000_000);
            job = agent.poll();
        }
        return job;
    }

    @Test
    void shouldAnswerWithThePresetsOwnNetworkInOrder() {
        Flood nothing = new Flood(0, closed);
        try (InferenceAgent agent = new InferenceAgent(List.of(nothing, new Flood(1, closed)), heard::add)) {
            agent.start();
            assertThat(agent.submit(job(0))).isTrue();
            assertThat(agent.submit(job(1))).isTrue();
            WindowJob first = next(agent);
            WindowJob second = next(agent);

            assertThat(first.preset()).isZero();
            assertThat(first.isAnswered()).isTrue();
            assertThat(first.after).containsOnly(0);
            assertThat(second.preset()).isEqualTo(1);
            assertThat(second.after[20]).isEqualTo(0xFF);
            assertThat(second.after[10]).isZero();
            assertThat(agent.isWarm()).isTrue();
            nothing.fails = true;
            agent.submit(job(0));
            assertThat(next(agent).isAnswered()).isFalse();
        }
        assertThat(heard)
                .hasSize(3)
                .allSatisfy(window -> assertThat(window.steps(10)).isEqualTo(0b11));
        assertThat(closed).hasValue(2);
    }

    /** A network that breaks in a way nobody thought of, and a listener that does: the next window is answered all the same. */
    @Test
    void shouldGoOnAfterWhateverFails() {
        Flood network = new Flood(1, closed) {
            @Override
            public void generate(float[] windows, float[] probabilities, int count) {
                if (windows[0] > 0) {
                    throw new IllegalStateException("nobody thought of that");
                }
                super.generate(windows, probabilities, count);
            }
        };
        try (InferenceAgent agent = new InferenceAgent(List.of(network), window -> {
            throw new IllegalStateException("told to fail");
        })) {
            agent.start();
            WindowJob broken = job(0);
            broken.before[0] = 1;
            assertThat(agent.submit(broken)).isTrue();
            assertThat(next(agent).isAnswered()).isFalse();
            assertThat(agent.submit(job(0))).isTrue();
            assertThat(next(agent).isAnswered()).isTrue();
        }
    }

    @Test
    void shouldGetItsPriorityOnItsOwnThreadOnceItIsWarm() {
        Flood network = new Flood(0, closed);
        Queue<Long> asked = new ConcurrentLinkedQueue<>();
        try (InferenceAgent agent = new InferenceAgent(List.of(network), null, () -> {
            assertThat(network.thread).isPositive();
            asked.add(Thread.currentThread().getId());
        })) {
            agent.start();
            agent.submit(job(0));
            next(agent);
        }
        assertThat(asked).containsExactly(network.thread);
    }

    /** Each session has a way of its own, and counts its presets from its own first one. */
    @Test
    void shouldAnswerEachSessionOnItsOwnWay() {
        try (InferenceAgent agent = new InferenceAgent(List.of(new Flood(0, closed), new Flood(1, closed)), null)) {
            WindowInference second = agent.join(1);
            agent.start();
            WindowInference both = agent.join(0);
            WindowJob ofAgent = job(0);
            WindowJob ofSecond = job(0);
            WindowJob ofBoth = job(1);
            assertThat(agent.submit(ofAgent)).isTrue();
            assertThat(second.submit(ofSecond)).isTrue();
            assertThat(both.submit(ofBoth)).isTrue();

            assertThat(next(both)).isSameAs(ofBoth);
            assertThat(next(agent)).isSameAs(ofAgent);
            assertThat(next(second)).isSameAs(ofSecond);
            assertThat(ofAgent.after[20]).isZero();
            assertThat(ofSecond.after[20]).isEqualTo(0xFF);
            assertThat(ofBoth.after[20]).isEqualTo(0xFF);
            assertThat(second.poll()).isNull();
        }
    }

    /** A session whose presets have no network passes its windows through, and holds nobody up. */
    @Test
    void shouldPassThroughWhatNoNetworkIsFor() {
        try (InferenceAgent agent = new InferenceAgent(List.of(new Flood(1, closed)), null)) {
            agent.start();
            WindowInference beyond = agent.join(5);
            beyond.submit(job(0));
            assertThat(next(beyond).isAnswered()).isFalse();
            agent.submit(job(0));
            assertThat(next(agent).isAnswered()).isTrue();
        }
    }

    @Test
    void shouldAnswerNobodyWhoHasLeft() {
        try (InferenceAgent agent = new InferenceAgent(List.of(new Flood(1, closed)), null)) {
            WindowInference gone = agent.join(0);
            WindowInference here = agent.join(0);
            agent.leave(gone);
            agent.leave(gone);
            agent.start();
            assertThat(gone.submit(job(0))).isTrue();
            for (int i = 0; i < 3; i++) {
                here.submit(job(0));
                assertThat(next(here).isAnswered()).isTrue();
                agent.submit(job(0));
                assertThat(next(agent).isAnswered()).isTrue();
            }
            assertThat(gone.poll()).isNull();
        }
    }

    /** Sessions come and go while others are answered, each in its order. */
    @Test
    void shouldLoseNothingWhileOthersJoinAndLeave() throws InterruptedException {
        try (InferenceAgent agent = new InferenceAgent(List.of(new Flood(1, closed)), null)) {
            agent.start();
            Thread guests = new Thread(() -> {
                for (int i = 0; i < 200; i++) {
                    WindowInference guest = agent.join(0);
                    guest.submit(job(0));
                    next(guest);
                    agent.leave(guest);
                }
            });
            guests.start();
            for (int i = 0; i < 200; i++) {
                WindowJob job = job(0);
                assertThat(agent.submit(job)).isTrue();
                assertThat(next(agent)).isSameAs(job);
                assertThat(job.isAnswered()).isTrue();
            }
            guests.join();
        }
    }

    @Test
    void shouldSayWhenThereIsNoRoom() {
        // Never started, so nothing is taken out.
        InferenceAgent agent = new InferenceAgent(List.of(new Flood(0, closed)), heard::add);
        int taken = 0;
        while (agent.submit(job(0))) {
            taken++;
        }
        assertThat(taken).isEqualTo(16);
        assertThat(agent.poll()).isNull();
    }

    /** Everything but the network: cells in, key, decoding with every lock, cells out. */
    @Test
    void shouldAllocateNoMoreThanAKeyForAnAnswer() {
        Flood flood = new Flood(0.9f, closed);
        Decoding locked = new Decoding(0.5, 0.7, true, true, true, 1, Feel.STRAIGHT, PitchRange.FULL);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        try (InferenceAgent agent = new InferenceAgent(List.of(flood), null)) {
            agent.start();
            WindowJob job = job(0);
            agent.submit(job);
            next(agent);
            job.before[12] = 0xFF00;
            for (int round = 0; round < 200; round++) {
                long before = threads.getThreadAllocatedBytes(flood.thread);
                for (int i = 0; i < 10; i++) {
                    job.ask(i, 0, locked);
                    agent.submit(job);
                    next(agent);
                }
                assertThat(job.isAnswered()).isTrue();
                least = Math.min(least, threads.getThreadAllocatedBytes(flood.thread) - before);
            }
        }
        assertThat(least / 10).as("bytes an answer").isLessThan(256);
    }
}

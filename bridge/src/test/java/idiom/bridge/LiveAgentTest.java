package idiom.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.bridge.loopback.LoopbackBackend;
import idiom.bridge.loopback.LoopbackDevice;
import idiom.bridge.priority.Scheduler;
import idiom.engine.live.LiveSession;
import idiom.engine.live.LiveSettings;
import idiom.engine.live.Sync;
import idiom.engine.live.TransportState;
import idiom.engine.live.WindowInference;
import idiom.engine.live.WindowJob;
import idiom.presets.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the loopback, in real time: no assertion is about when something happens, only about what and for when. */
@Timeout(60)
class LiveAgentTest {
    private static final long SECOND = 1_000_000_000L;

    private record Sent(long due, int status, int data1, int data2) {}

    /** Nobody answers: everything passes through. */
    private static final class Nobody implements WindowInference {
        @Override
        public boolean submit(WindowJob job) {
            return false;
        }

        @Override
        public @Nullable WindowJob poll() {
            return null;
        }
    }

    private final List<Sent> heard = new ArrayList<>();

    private static LiveSession session(Device device, Sync sync) {
        return Sessions.session(device, new Nobody(), LiveSettings.of(Mode.FOLLOW, 1, sync), 20);
    }

    private void collect(LoopbackDevice device) {
        device.collect((time, bytes, offset, length) ->
                heard.add(new Sent(time, bytes[offset] & 0xFF, bytes[offset + 1], bytes[offset + 2])));
    }

    private void await(LoopbackDevice device, int count) {
        while (heard.size() < count) {
            collect(device);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void shouldCarryMusicAndEndItAtTheEnd() throws Exception {
        try (LoopbackBackend backend = new LoopbackBackend()) {
            LoopbackDevice device = backend.open(new DeviceSpec("to Jazz", null, null));
            LiveSession session = session(device, Sync.INTERNAL);
            long played;
            try (LiveAgent agent = new LiveAgent(List.of(new LiveAgent.Part(device, session, Sync.INTERNAL)))) {
                agent.start();
                played = device.now();
                device.play(played, (byte) 0x90, (byte) 60, (byte) 80);
                await(device, 1);
                assertThat(heard).hasSize(1);
                CountDownLatch done = new CountDownLatch(1);
                agent.command(done::countDown);
                assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            }
            await(device, 5);
            // A step is a twentieth of a second.
            assertThat(heard.get(0).due()).isGreaterThanOrEqualTo(played + SECOND / 20);
            assertThat(heard.get(0).status()).isEqualTo(0x90);
            assertThat(heard.subList(1, 5)).extracting(Sent::status).containsExactly(0x80, 0xB0, 0xB0, 0xB0);
            assertThat(session.isSilent()).isTrue();
        }
    }

    /** The note's off was sent into the void: once the device is back, it is sent again, and the channel is silenced. */
    @Test
    void shouldSilenceWhatMayStillSoundWhenTheDeviceIsBack() throws Exception {
        try (LoopbackBackend backend = new LoopbackBackend()) {
            LoopbackDevice device = backend.open(new DeviceSpec("to Jazz", null, null));
            LiveSession session = session(device, Sync.INTERNAL);
            try (LiveAgent agent = new LiveAgent(List.of(new LiveAgent.Part(device, session, Sync.INTERNAL)))) {
                agent.start();
                device.play(device.now(), (byte) 0x90, (byte) 60, (byte) 80);
                await(device, 1);
                device.lose();
                CountDownLatch noticed = new CountDownLatch(2);
                agent.command(noticed::countDown);
                LockSupport.parkNanos(100_000_000);
                agent.command(noticed::countDown);
                assertThat(noticed.await(30, TimeUnit.SECONDS)).isTrue();
                device.find();
                await(device, 5);
            }
            assertThat(heard).extracting(Sent::status).startsWith(0x90, 0x80, 0xB0, 0xB0, 0xB0);
            assertThat(session.isSilent()).isTrue();
        }
    }

    @Test
    void shouldGoWhereTheTransportIs() throws Exception {
        try (LoopbackBackend backend = new LoopbackBackend()) {
            LoopbackDevice device = backend.open(new DeviceSpec("to Jazz", null, null));
            LiveSession session = session(device, Sync.TRANSPORT);
            long now = device.now();
            device.transportIs(true, now, 1000, 10);
            try (LiveAgent agent = new LiveAgent(List.of(new LiveAgent.Part(device, session, Sync.TRANSPORT)))) {
                agent.start();
                while (session.stepAt(now) < 999) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
            assertThat(session.stepAt(now)).isEqualTo(1000);
            assertThat(session.stepsPerSecond()).isEqualTo(10);
        }
    }

    /** Has something found out on the session's thread. */
    private static <T> T ask(LiveAgent agent, Supplier<T> question) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        agent.command(() -> answer.complete(question.get()));
        return answer.get(30, TimeUnit.SECONDS);
    }

    /** The same once the session has heard all that its device had to say of the transport. */
    private static <T> T ask(LiveAgent agent, Conducted device, Supplier<T> question) throws Exception {
        while (!device.toCome.isEmpty()) {
            LockSupport.parkNanos(1_000_000);
        }
        return ask(agent, question);
    }

    @Test
    void shouldTakeInOthersAndLetThemGoWhileItPlays() throws Exception {
        try (LoopbackBackend backend = new LoopbackBackend()) {
            LoopbackDevice first = backend.open(new DeviceSpec("first", null, null));
            LoopbackDevice second = backend.open(new DeviceSpec("second", null, null));
            LiveSession session = session(second, Sync.INTERNAL);
            LiveAgent.Part guest = new LiveAgent.Part(second, session, Sync.INTERNAL);
            try (LiveAgent agent =
                    new LiveAgent(List.of(new LiveAgent.Part(first, session(first, Sync.INTERNAL), Sync.INTERNAL)))) {
                agent.start();
                long before = second.now();
                agent.add(guest);
                double step = ask(agent, () -> session.stepAt(second.now()));
                // It began at 0 when it was taken in; a step is a twentieth of a second.
                assertThat(step).isBetween(0.0, (second.now() - before) / (SECOND / 20.0));
                second.play(second.now(), (byte) 0x90, (byte) 61, (byte) 80);
                await(second, 1);

                CompletableFuture<String> gone = new CompletableFuture<>();
                agent.remove(guest, () -> gone.complete(Thread.currentThread().getName()));
                assertThat(gone.get(30, TimeUnit.SECONDS)).isEqualTo("session");
                await(second, 5);
                assertThat(heard).extracting(Sent::status).containsExactly(0x90, 0x80, 0xB0, 0xB0, 0xB0);
                assertThat(session.isSilent()).isTrue();

                // Nobody plays there any more; the others play on.
                heard.clear();
                second.play(second.now(), (byte) 0x90, (byte) 62, (byte) 80);
                first.play(first.now(), (byte) 0x90, (byte) 63, (byte) 80);
                await(first, 1);
                ask(agent, () -> true);
                collect(second);
                assertThat(heard).extracting(Sent::data1).containsExactly(63);
            }
        }
    }

    @Test
    void shouldPlayForNobodyUntilSomebodyComes() throws Exception {
        try (LoopbackBackend backend = new LoopbackBackend();
                LiveAgent agent = new LiveAgent(List.of())) {
            LoopbackDevice device = backend.open(new DeviceSpec("to Jazz", null, null));
            LiveSession session = session(device, Sync.INTERNAL);
            LiveAgent.Part part = new LiveAgent.Part(device, session, Sync.INTERNAL);
            agent.add(part);
            agent.start();
            device.play(device.now(), (byte) 0x90, (byte) 60, (byte) 80);
            await(device, 1);
            CountDownLatch gone = new CountDownLatch(2);
            agent.remove(part, gone::countDown);
            // One that has gone already.
            agent.remove(part, gone::countDown);
            assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(session.isSilent()).isTrue();
        }
    }

    /** Where the song is, as told; a jump is told once. */
    private record Where(boolean isKnown, boolean isRolling, double step, boolean hasJumped) {}

    /** Is told where the song is, as of the time it is asked. */
    private static final class Conducted extends ForwardingDevice {
        private final Queue<Where> toCome = new ConcurrentLinkedQueue<>();
        private Where where = new Where(false, false, 0, false);
        private long since;
        private int takenBack;

        Conducted(Device device) {
            super(device);
        }

        @Override
        public void transport(TransportState state) {
            boolean isNew = !toCome.isEmpty();
            if (isNew) {
                where = toCome.remove();
                since = now();
            }
            if (where.isKnown()) {
                state.set(where.isRolling(), since, where.step(), 20, isNew && where.hasJumped(), false);
            } else {
                state.clear();
            }
        }

        @Override
        public boolean takeBack() {
            takenBack++;
            return false;
        }
    }

    @Test
    void shouldStandWithTheTransport() throws Exception {
        try (LoopbackBackend backend = new LoopbackBackend()) {
            Conducted device = new Conducted(backend.open(new DeviceSpec("to Jazz", null, null)));
            LiveSession session = session(device, Sync.TRANSPORT);
            try (LiveAgent agent = new LiveAgent(List.of(new LiveAgent.Part(device, session, Sync.TRANSPORT)))) {
                agent.start();
                // As long as nobody says where the song is, what is played is no part of it: from the first look on.
                ask(agent, device, session::isStanding);
                assertThat(ask(agent, device, session::isStanding)).isTrue();
                device.toCome.add(new Where(true, false, 100, false));
                assertThat(ask(agent, device, session::isStanding)).isTrue();
                device.toCome.add(new Where(true, true, 100, false));
                assertThat(ask(agent, device, session::isStanding)).isFalse();
                assertThat(ask(agent, device, () -> session.stepAt(device.since)))
                        .isEqualTo(100);
                device.toCome.add(new Where(true, false, 104, true));
                assertThat(ask(agent, device, session::isStanding)).isTrue();
                device.toCome.add(new Where(true, true, 104, true));
                assertThat(ask(agent, device, session::isStanding)).isFalse();
                // Nobody says any more where the song is, and then somebody does.
                device.toCome.add(new Where(false, false, 0, false));
                assertThat(ask(agent, device, session::isStanding)).isTrue();
                device.toCome.add(new Where(true, true, 200, false));
                assertThat(ask(agent, device, session::isStanding)).isFalse();
                assertThat(ask(agent, device, () -> session.stepAt(device.since)))
                        .isEqualTo(200);
            }
        }
    }

    /** A loop of a fourth of a step is a jump all the same, if who plays it says so. */
    @Test
    void shouldJumpAsLittleAsTheDeviceSays() throws Exception {
        try (LoopbackBackend backend = new LoopbackBackend()) {
            Conducted device = new Conducted(backend.open(new DeviceSpec("to Jazz", null, null)));
            LiveSession session = session(device, Sync.TRANSPORT);
            try (LiveAgent agent = new LiveAgent(List.of(new LiveAgent.Part(device, session, Sync.TRANSPORT)))) {
                agent.start();
                device.toCome.add(new Where(true, true, 100, true));
                int before = ask(agent, device, () -> device.takenBack);
                double step = ask(agent, device, () -> session.stepAt(device.now()));
                device.toCome.add(new Where(true, true, step, true));
                assertThat(ask(agent, device, () -> device.takenBack)).isEqualTo(before + 1);
                assertThat(ask(agent, device, () -> device.takenBack)).isEqualTo(before + 1);
                assertThat(ask(agent, device, () -> session.stepAt(device.since)))
                        .isEqualTo(step);
            }
        }
    }

    /** Asks for what it is told to on the session's thread, and is refused. */
    private static final class Refusing implements Scheduler {
        private final List<String> asked = new CopyOnWriteArrayList<>();

        @Override
        public void wakePrecisely() {
            asked.add("precisely on " + Thread.currentThread().getName());
        }

        @Override
        public Optional<String> runFirst() {
            asked.add("first on " + Thread.currentThread().getName());
            return Optional.of("told to refuse");
        }

        @Override
        public Optional<String> runSecond() {
            return Optional.of("told to refuse");
        }
    }

    @Test
    void shouldPlayOnWhenRealtimePriorityIsRefused() throws Exception {
        Refusing scheduler = new Refusing();
        try (LoopbackBackend backend = new LoopbackBackend()) {
            LoopbackDevice device = backend.open(new DeviceSpec("to Jazz", null, null));
            LiveSession session = session(device, Sync.INTERNAL);
            List<LiveAgent.Part> parts = List.of(new LiveAgent.Part(device, session, Sync.INTERNAL));
            try (LiveAgent agent = new LiveAgent(parts, true, scheduler)) {
                agent.start();
                device.play(device.now(), (byte) 0x90, (byte) 60, (byte) 80);
                await(device, 1);
            }
            assertThat(scheduler.asked).containsExactly("precisely on session", "first on session");
            Refusing notAsked = new Refusing();
            try (LiveAgent agent = new LiveAgent(List.of(), false, notAsked)) {
                agent.start();
            }
            assertThat(notAsked.asked).containsExactly("precisely on session");
        }
    }

    @Test
    void shouldDoWhatWasAskedForBeforeItEndsThoughSomeOfItFails() throws Exception {
        for (int i = 0; i < 50; i++) {
            AtomicInteger done = new AtomicInteger();
            try (LiveAgent agent = new LiveAgent(List.of())) {
                agent.start();
                agent.command(done::incrementAndGet);
                agent.command(() -> {
                    throw new IllegalStateException("on purpose");
                });
                agent.command(done::incrementAndGet);
            }
            assertThat(done).hasValue(2);
        }
    }
}

package idiom.bridge;

import idiom.bridge.priority.Scheduler;
import idiom.engine.live.Joining;
import idiom.engine.live.LiveSession;
import idiom.engine.live.Sync;
import idiom.engine.live.TransportState;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread "session": carries messages from devices to sessions, lets them do what is due, and keeps them where the music
 * is. It polls, and sleeps a quarter of a millisecond when there is nothing to do; what it hands over early enough leaves at
 * its own time, whenever this thread wakes.
 */
public final class LiveAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveAgent.class);
    private static final long IDLE_NS = 250_000;
    private static final long GOODBYE_NS = 500_000_000;
    /** A tempo that is nearer than this to the one before is the same. */
    private static final double SAME = 1e-9;

    /**
     * One pair of ports and who answers there.
     *
     * @param device where music comes from and goes to
     * @param session what answers
     * @param sync who says where the music is
     */
    public record Part(Device device, LiveSession session, Sync sync) {}

    private static final class Player {
        final Part part;
        final TransportState transport = new TransportState();
        Device.State state = Device.State.OPEN;
        boolean isRolling;

        Player(Part part) {
            this.part = part;
        }
    }

    /** An array, for a loop over a list makes an iterator each time. Replaced as a whole, by its thread once that runs. */
    private Player[] players;

    private final Scheduler scheduler;
    private final boolean isRealtime;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "session");
    private volatile boolean isStopping;

    /** An agent of some parts; sessions belong to its thread from {@link #start} on. */
    public LiveAgent(List<Part> parts) {
        this(parts, false);
    }

    /**
     * The same, by choice with a thread that runs before all that is not realtime; if the system refuses, a warning says so in
     * one line and it plays all the same.
     */
    public LiveAgent(List<Part> parts, boolean isRealtime) {
        this(parts, isRealtime, Scheduler.ofSystem());
    }

    LiveAgent(List<Part> parts, boolean isRealtime, Scheduler scheduler) {
        this.players = parts.stream().map(Player::new).toArray(Player[]::new);
        this.scheduler = scheduler;
        this.isRealtime = isRealtime;
        thread.setDaemon(true);
    }

    /** Starts all sessions at step 0, now. [control] */
    public void start() {
        for (Player player : players) {
            LiveSession session = player.part.session();
            session.locate(player.part.device().now(), 0, session.stepsPerSecond());
        }
        thread.start();
    }

    /** Takes a part in, as {@link #start} does; its session belongs to the agent's thread from now on. [any] */
    public void add(Part part) {
        command(() -> {
            LiveSession session = part.session();
            session.locate(part.device().now(), 0, session.stepsPerSecond());
            players = Stream.concat(Arrays.stream(players), Stream.of(new Player(part)))
                    .toArray(Player[]::new);
        });
    }

    /** Lets a part go, which ends all that sounds there, as far as there is room; {@code then} runs after that. [any] */
    public void remove(Part part, Runnable then) {
        command(() -> {
            players = without(part);
            long now = part.device().now();
            part.session().panic(now);
            part.session().advance(now);
            then.run();
        });
    }

    private Player[] without(Part part) {
        return Arrays.stream(players)
                .filter(player -> !player.part.equals(part))
                .toArray(Player[]::new);
    }

    /** Has something done on the session's thread, soon. [any] */
    public void command(Runnable command) {
        commands.add(command);
    }

    private void run() {
        scheduler.wakePrecisely();
        if (isRealtime) {
            scheduler.runFirst().ifPresent(why -> LOG.warn("{}", why));
        }
        while (!isStopping) {
            if (doWork() == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
        // What was asked for before the end is done.
        obey();
        sayGoodbye();
    }

    private int doWork() {
        int work = obey();
        for (Player player : players) {
            work += doWorkOrLeave(player);
        }
        return work;
    }

    private int obey() {
        int work = 0;
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            try {
                command.run();
            } catch (RuntimeException e) {
                LOG.error("A command failed: {}", e.toString(), e);
            }
            work++;
        }
        return work;
    }

    /** One that fails is left alone, for the sake of the others. */
    private int doWorkOrLeave(Player player) {
        try {
            return doWork(player);
        } catch (RuntimeException e) {
            LOG.error("{} is left alone: {}", player.part.device().description(), e.toString(), e);
            players = without(player.part);
            return 1;
        }
    }

    private static int doWork(Player player) {
        Device device = player.part.device();
        LiveSession session = player.part.session();
        Device.State state = device.state();
        if (state != player.state) {
            player.state = state;
            if (state == Device.State.OPEN) {
                // Nobody knows what sounds at the other end of what was lost.
                session.panicAfterLoss(device.now());
            } else {
                // A keyboard that has gone lets no key go; the synthesiser may still be there.
                session.panicAtLoss(device.now());
            }
        }
        if (player.part.sync() == Sync.TRANSPORT) {
            follow(player, device, session);
        }
        long heardUntil = device.heardUntil();
        int received = device.receive(session);
        long now = device.now();
        int done = session.advance(now, heardUntil);
        if (session.isSettled(now)) {
            device.settle(now + 2 * device.leadTime());
        }
        return received + done;
    }

    /** Goes where the transport is; while it stands, the session goes on by itself, so that one can play. */
    private static void follow(Player player, Device device, LiveSession session) {
        TransportState transport = player.transport;
        device.transport(transport);
        if (!transport.isKnown()) {
            if (player.isRolling || !session.isStanding()) {
                // Nobody says where the song is; it may go on anywhere. What is played is no part of it.
                player.isRolling = false;
                session.stand(device.now());
            }
            return;
        }
        if (transport.isRolling() && transport.hasJumped()) {
            goOn(session, transport);
        } else if (transport.isRolling()) {
            session.follow(transport.time(), transport.step(), transport.stepsPerSecond());
        } else {
            if (player.isRolling || !session.isStanding()) {
                session.stand(device.now());
            }
            if (Math.abs(session.stepsPerSecond() - transport.stepsPerSecond()) > SAME) {
                session.tempo(device.now(), transport.stepsPerSecond());
            }
        }
        player.isRolling = transport.isRolling();
    }

    private static void goOn(LiveSession session, TransportState transport) {
        if (transport.isPassed()) {
            session.locatePassed(transport.time(), transport.step(), transport.stepsPerSecond());
        } else {
            session.locate(transport.time(), transport.step(), transport.stepsPerSecond());
        }
    }

    /** Ends all that sounds, and waits until it has been heard. */
    private void sayGoodbye() {
        long end = System.nanoTime() + GOODBYE_NS;
        for (Player player : players) {
            player.part.session().panic(player.part.device().now());
        }
        boolean isSilent = false;
        while (!isSilent && System.nanoTime() < end) {
            isSilent = true;
            for (Player player : players) {
                player.part.session().advance(player.part.device().now());
                isSilent &= player.part.session().isSilent();
            }
            LockSupport.parkNanos(IDLE_NS);
        }
        long wait = 0;
        for (Player player : players) {
            Device device = player.part.device();
            wait = Math.max(wait, 2 * device.leadTime() * 1_000_000_000L / device.clockRate());
        }
        LockSupport.parkNanos(Math.min(wait, GOODBYE_NS));
    }

    /** Ends all that sounds and stops the thread. Devices stay open. [control] */
    @Override
    public void close() {
        isStopping = true;
        Joining.await(thread);
    }
}

package idiom.app.bench;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Plays a score to a session and listens to what comes back, on the calling thread. */
final class ClosedLoop {
    private static final long IDLE_NS = 250_000;
    private static final long BEFORE_NS = 1_000_000_000L;

    private final Partner partner;
    private final LongSupplier clock;
    private final Standstills standstills;
    private final double unitsPerNs;
    private final byte[] bytes = new byte[3];

    ClosedLoop(Partner partner, LongSupplier clock, long clockRate, Standstills standstills) {
        this.partner = partner;
        this.clock = clock;
        this.standstills = standstills;
        this.unitsPerNs = clockRate / 1e9;
    }

    /**
     * Plays until everything is played and some time more.
     *
     * @param afterNs how much more
     * @param enough ends it early
     * @param index when this message's turn comes, {@code then} is run
     */
    void play(
            Score score,
            long afterNs,
            MessageLog sent,
            MessageLog heard,
            BooleanSupplier enough,
            int index,
            Runnable then) {
        long start = clock.getAsLong() + units(BEFORE_NS);
        long end = start + units(score.timeNs(score.size() - 1) + afterNs);
        int next = 0;
        while (clock.getAsLong() < end && !enough.getAsBoolean()) {
            long horizon = clock.getAsLong() + partner.ahead();
            while (next < score.size() && start + units(score.timeNs(next)) <= horizon) {
                play(start + units(score.timeNs(next)), score.message(next), sent);
                next++;
                if (next == index) {
                    then.run();
                }
            }
            partner.listen(heard);
            standstills.look(clock.getAsLong());
            LockSupport.parkNanos(IDLE_NS);
        }
        partner.listen(heard);
    }

    private void play(long due, int message, MessageLog sent) {
        bytes[0] = (byte) message;
        bytes[1] = (byte) (message >> 8);
        bytes[2] = (byte) (message >> 16);
        long at = partner.play(due, bytes);
        sent.add(at, due, bytes, 0, bytes.length);
    }

    private long units(long ns) {
        return Math.round(ns * unitsPerNs);
    }
}

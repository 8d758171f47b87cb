package idiom.engine.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What share of the answer's changes is wanted at each step of the music: what a host automates, times the preset's mix. A
 * change follows the share of the step in which it begins. [session]
 *
 * <p>A lane of a song remembers what came when it was played before, as a DAW plays the same automation every time: where
 * something else comes, that holds up to the step at which the next change is remembered.
 */
final class MixLane {
    private static final int PASSING = 256;
    /** A change in so many is heard by nobody; hosts that automate by the block are a little off each time. */
    private static final double SAME = 1 / 64.0;

    private final double[] shares;
    private final boolean remembers;
    private double now = 1;
    /** The first step that the music has not come to. */
    private long next;

    private long revision;

    private MixLane(int steps, boolean remembers) {
        this.shares = new double[steps];
        this.remembers = remembers;
        Arrays.fill(shares, 1);
    }

    /** Of music that is played once: knows the last steps that were played. */
    static MixLane passing() {
        return new MixLane(PASSING, false);
    }

    /** Of a song of so many steps, which is played again and again. */
    static MixLane ofSong(int steps) {
        return new MixLane(steps, true);
    }

    /** The music has come to a position: up to there, the share was the one that holds now. */
    void follow(double position) {
        for (; (double) next + NoteLog.ROUNDED < position; next++) {
            pass();
        }
    }

    private void pass() {
        if (!remembers) {
            shares[(int) Math.floorMod(next, (long) PASSING)] = now;
        } else if (next >= 0 && next < shares.length) {
            remember((int) next);
        }
    }

    private void remember(int step) {
        double before = shares[step];
        if (before != now) {
            revision++;
            for (int i = step; i < shares.length && shares[i] == before; i++) {
                shares[i] = now;
            }
        }
    }

    /** Another share holds from where the music is. */
    void set(double share) {
        now = share;
    }

    /** It will hold at the next step as well, as far as one can tell: good to know before the music is there. */
    void expect() {
        if (remembers && next >= 0 && next < shares.length) {
            remember((int) next);
        }
    }

    /** The music goes on elsewhere. */
    void jump(double position) {
        next = (long) Math.ceil(position - NoteLog.ROUNDED);
        if (!remembers) {
            Arrays.fill(shares, now);
        }
    }

    private double at(long step) {
        if (remembers) {
            return step >= 0 && step < shares.length ? shares[(int) step] : now;
        }
        return step < next ? shares[(int) Math.floorMod(step, (long) PASSING)] : now;
    }

    /** The shares of the steps that begin with {@code first}, as many as there is room for. */
    void fill(long first, double[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] = at(first + i);
        }
    }

    /** Whether, from a step on, shares would be others than those that were filled in for {@code first}. */
    boolean differs(long first, double[] filled, long from) {
        for (int i = (int) Math.max(0, Math.min(filled.length, from - first)); i < filled.length; i++) {
            if (Math.abs(at(first + i) - filled[i]) > SAME) {
                return true;
            }
        }
        return false;
    }

    /** Counts what changes in {@link #changes}. */
    long revision() {
        return revision;
    }

    /** What is remembered, from 1 on. Allocates. */
    List<SongMemory.Share> changes() {
        List<SongMemory.Share> changes = new ArrayList<>();
        double last = 1;
        for (int step = 0; step < shares.length; step++) {
            if (shares[step] != last) {
                last = shares[step];
                changes.add(new SongMemory.Share(step, last));
            }
        }
        return changes;
    }

    /** Takes over what was remembered once, in place of all that is. */
    void recall(List<SongMemory.Share> changes) {
        revision++;
        Arrays.fill(shares, 1);
        for (SongMemory.Share change : changes) {
            if (change.step() < shares.length) {
                Arrays.fill(shares, change.step(), shares.length, change.share());
            }
        }
    }
}

package idiom.engine.live;

import idiom.engine.live.DueQueue.Owner;
import idiom.engine.live.NoteLog.Fate;
import idiom.engine.pianoroll.PianoRoll;
import org.jspecify.annotations.Nullable;

/**
 * The mode {@code timeline}, for songs that are played more than once, as in a DAW. The song is cut into windows of 64 steps.
 * On the first pass over one, what is played passes through at once and is learnt; the network is asked along the way. From
 * the second pass on the answer plays, exactly on time, and what is played only serves to notice changes: a window in which
 * something is played otherwise is learnt anew.
 *
 * <p>A window allocates when it is visited for the first time, nothing does after that.
 */
final class TimelineAnswering implements Answering {
    private static final int NOTES = 4096;
    /** 2048 bars; beyond them the music passes through. */
    private static final int WINDOWS = 512;

    private static final int WINDOW = PianoRoll.STEPS;

    private final @Nullable SongWindow[] windows = new SongWindow[WINDOWS];
    private final NoteLog pass = new NoteLog(NOTES);
    private final Choice choice;
    private final Timebase timebase;
    private final Questions questions;
    private final Outlet outlet;
    private final LiveCounters counters;
    private final HopDecoder decoder;
    private final long leadTime;

    private boolean isBypassed;
    private long current;
    private double passFrom;
    private boolean playsMemory;
    private long lookedAt;
    private long asked;

    TimelineAnswering(
            Choice choice,
            Timebase timebase,
            Questions questions,
            Outlet outlet,
            LiveCounters counters,
            long leadTime) {
        this.choice = choice;
        this.timebase = timebase;
        this.questions = questions;
        this.outlet = outlet;
        this.counters = counters;
        this.leadTime = leadTime;
        this.decoder = new HopDecoder(new FromMemory());
        outlet.measure(0);
    }

    /** What is remembered plays where it belongs; what lies before the place where this pass began is over. */
    private final class FromMemory implements HopDecoder.Events {
        @Override
        public void player(double step, int message) {
            add(step, message, Owner.PLAYER, -1);
        }

        @Override
        public void added(double step, int message, int serial) {
            add(step, message, Owner.ADDED, serial);
        }

        private void add(double step, int message, Owner owner, int detail) {
            if (step >= passFrom) {
                outlet.add(step, message, owner, detail);
            }
        }
    }

    @Override
    public double delaySteps() {
        return 0;
    }

    @Override
    public void select(int index) {
        choice.select(index, decoder);
        for (SongWindow window : windows) {
            if (window != null) {
                window.forgetAnswer();
            }
        }
    }

    @Override
    public void bypass(boolean on) {
        isBypassed = on;
    }

    @Override
    public void restart(double step) {
        learn(timebaseStepOfPass());
        pass.clear();
        decoder.clear();
        enter(step);
    }

    /** Where the pass that ends now has come to: the latest thing that is known of it. */
    private double timebaseStepOfPass() {
        double end = Math.max(passFrom, (double) lookedAt);
        for (int i = 0; i < pass.size(); i++) {
            end = Math.max(end, Math.nextUp(pass.onStep(i)));
        }
        return end;
    }

    @Override
    public void strike(double step, int message) {
        boolean passes = !playsMemory || !NoteLog.shows(message);
        if (!pass.strike(step, message, passes ? Fate.PLAYED : Fate.GONE)) {
            counters.drop();
        } else if (passes) {
            outlet.add(step, message, Owner.PLAYER, -1);
        }
    }

    @Override
    public void release(double step, int message) {
        int note = pass.release(step, message);
        if (note >= 0 && pass.fate(note) == Fate.PLAYED) {
            pass.decide(note, Fate.ENDED);
            outlet.add(step, message, Owner.PLAYER, -1);
        }
    }

    @Override
    public int advance(long now) {
        int work = 0;
        double step = timebase.stepAt(now);
        WindowJob answer = questions.take();
        if (answer != null) {
            SongWindow window = window(asked);
            if (answer.isAnswered() && window != null) {
                counters.answered(answer.inferenceNs(), answer.contentChange());
                window.answered(answer);
            }
            questions.done(answer);
            work++;
        }
        if (Math.floor(step) > lookedAt) {
            lookedAt = (long) Math.floor(step);
            learn((double) lookedAt);
            work++;
        }
        // What plays from memory has to be handed over early, so the next window is entered early.
        if (timebase.stepAt(now + 2 * leadTime) >= (double) ((current + 1) * WINDOW)) {
            enter((double) ((current + 1) * WINDOW));
            work++;
        }
        if (!questions.isWaiting()) {
            ask();
        }
        return work + outlet.handOver(now, Double.POSITIVE_INFINITY);
    }

    /** Begins a pass over the window that a position lies in, from there on. */
    private void enter(double step) {
        learn(step);
        current = Math.floorDiv((long) Math.floor(step), WINDOW);
        passFrom = step;
        lookedAt = (long) Math.floor(step);
        SongWindow window = window(current);
        playsMemory = window != null && window.hasAnswer() && !isBypassed;
        if (playsMemory && window != null) {
            play(window);
        } else {
            decoder.close(step);
        }
        pass.forgetBefore((double) (current * WINDOW));
    }

    private void play(SongWindow window) {
        NoteLog notes = window.undecided();
        decoder.decode(notes, current * WINDOW, (current + 1) * WINDOW, window.before, window.after);
        for (int i = 0; i < notes.size(); i++) {
            // Held into the next window, which does not know of it.
            if (notes.fate(i) == Fate.PLAYED && notes.onStep(i) >= passFrom && notes.offStep(i) != NoteLog.HELD) {
                outlet.add(notes.offStep(i), notes.off(i), Owner.PLAYER, -1);
            }
        }
    }

    /** Takes what was played since the pass began, up to a position, over into the window. */
    private void learn(double end) {
        SongWindow window = window(current);
        if (window != null && end > passFrom) {
            window.learn(pass, passFrom, Math.min(end, (double) ((current + 1) * WINDOW)));
        }
    }

    private void ask() {
        for (long index = current; index >= Math.max(0, current - 1); index--) {
            SongWindow window = window(index);
            if (window != null && window.isStale()) {
                window.asked();
                asked = index;
                if (questions.ask(window.notes(), index * WINDOW, choice.index(), choice.decoding())) {
                    return;
                }
            }
        }
    }

    private @Nullable SongWindow window(long index) {
        if (index < 0 || index >= WINDOWS) {
            return null;
        }
        SongWindow window = windows[(int) index];
        if (window == null) {
            window = new SongWindow();
            windows[(int) index] = window;
        }
        return window;
    }
}

package idiom.engine.live;

import idiom.engine.live.DueQueue.Owner;
import idiom.engine.live.NoteLog.Fate;
import idiom.engine.pianoroll.PianoRoll;

/**
 * The modes {@code phrase} and {@code follow}. The song is cut into hops. Shortly before a hop ends, the 64 steps that end
 * with it are handed to the network; when the answer is there, the hop's notes are decided and queued, a hop later. If it
 * does not come in time, the hop passes through unchanged.
 */
final class HopAnswering implements Answering {
    private static final int NOTES = 4096;

    private final NoteLog log = new NoteLog(NOTES);
    private final WindowJob unchanged = new WindowJob();
    private final Choice choice;
    private final Timebase timebase;
    private final Questions questions;
    private final Outlet outlet;
    private final LiveCounters counters;
    private final HopDecoder decoder;
    private final int hopSteps;
    private final int changeSteps;
    private final long guardTime;
    private final long leadTime;

    private boolean isBypassed;
    /** Whether what sounds now was decided before the player changed something. */
    private boolean isOutdated;
    /** Whether the question that is out is about what sounds now, not about the hop that is being played. */
    private boolean isRevising;

    private long hopEnd;

    /**
     * Answers from step 0 on.
     *
     * @param hopSteps length of a hop and delay of the answer
     * @param guardTime how long before the end of a hop its window is taken, in units of the clock
     * @param leadTime how long before its time an event must be handed over
     * @param changeSteps at which steps a change takes effect: multiples of it
     */
    HopAnswering(
            Choice choice,
            Timebase timebase,
            Questions questions,
            Outlet outlet,
            LiveCounters counters,
            int hopSteps,
            long guardTime,
            long leadTime,
            int changeSteps) {
        this.choice = choice;
        this.timebase = timebase;
        this.questions = questions;
        this.outlet = outlet;
        this.counters = counters;
        this.hopSteps = hopSteps;
        this.guardTime = guardTime;
        this.leadTime = leadTime;
        this.changeSteps = changeSteps;
        this.decoder = new HopDecoder(new Queueing());
        this.hopEnd = hopSteps;
        outlet.measure(leadTime);
    }

    /** Takes decisions over as events, a delay later. */
    private final class Queueing implements HopDecoder.Events {
        @Override
        public void player(double step, int message) {
            outlet.add(step + hopSteps, message, Owner.PLAYER, -1);
        }

        @Override
        public void added(double step, int message, int serial) {
            outlet.add(step + hopSteps, message, Owner.ADDED, serial);
        }
    }

    @Override
    public boolean isSettled() {
        return !questions.isWaiting();
    }

    @Override
    public double delaySteps() {
        return hopSteps;
    }

    @Override
    public void select(int index) {
        choice.select(index, decoder);
        isOutdated = true;
    }

    @Override
    public void bypass(boolean on) {
        isOutdated |= isBypassed != on;
        isBypassed = on;
    }

    @Override
    public void revise() {
        isOutdated = true;
    }

    /** What was played before, and what is heard of it, keeps its own. */
    @Override
    public void mix(double step, double share) {
        choice.lane().follow(step);
        choice.lane().set(share);
    }

    @Override
    public void restart(double step, Start start) {
        outlet.route(step, Route.ANSWERED);
        log.clear();
        decoder.clear();
        questions.giveUp();
        isRevising = false;
        isOutdated = false;
        choice.lane().jump(step);
        hopEnd = ((long) Math.floor(step / hopSteps) + 1) * hopSteps;
    }

    @Override
    public void strike(double step, int message) {
        // What a roll can't show, and what belongs to a hop that is decided already, stays as it is.
        boolean isDecided = isDecided((double) NoteLog.cellOf(step), message);
        if (!log.strike(step, message, isDecided ? Fate.PLAYED : Fate.PENDING)) {
            counters.drop();
        } else if (isDecided) {
            outlet.add(step + hopSteps, message, Owner.PLAYER, -1);
        }
    }

    @Override
    public void release(double step, int message) {
        int note = log.release(step, message);
        if (note >= 0 && isDecided(step, log.on(note)) && log.fate(note) == Fate.PLAYED) {
            log.decide(note, Fate.ENDED);
            outlet.add(step + hopSteps, message, Owner.PLAYER, -1);
        }
    }

    private boolean isDecided(double step, int on) {
        return !NoteLog.shows(on) || step < hopEnd - hopSteps;
    }

    /** What comes from here on is of the next hop. */
    private double endOfHop() {
        return hopEnd - NoteLog.EARLY;
    }

    @Override
    public int advance(long now, long heardUntil) {
        double guarded = timebase.stepAt(now + leadTime + guardTime);
        int work = 0;
        if (isOutdated && !questions.isWaiting()) {
            isOutdated = false;
            askAboutWhatSounds(now);
            work++;
        }
        if (!questions.isWaiting() && guarded >= endOfHop() && !isBypassed) {
            choice.lane().follow(timebase.stepAt(now));
            questions.ask(log, hopEnd - PianoRoll.STEPS, choice);
        }
        WindowJob answer = questions.take();
        if (answer != null) {
            answered(now, answer);
            work++;
        }
        while (timebase.stepAt(now + leadTime) >= endOfHop()) {
            pass();
            work++;
        }
        return work + outlet.handOver(now, endOfHop());
    }

    /** Has the hop that is being heard decided anew. */
    private void askAboutWhatSounds(long now) {
        long end = hopEnd - hopSteps;
        if (firstFree(now) >= end) {
            return;
        }
        if (isBypassed) {
            log.render(end - PianoRoll.STEPS, unchanged.before, unchanged.heard);
            unchanged.leaveUnchanged();
            decideAnew(now, unchanged);
        } else {
            isRevising = questions.ask(log, end - PianoRoll.STEPS, choice);
        }
    }

    /**
     * The first step of what was played whose answer can still be another. Never before the last window that was decided: what
     * ended earlier is forgotten, though some of it is still to be heard when a window has just been taken before its hop ends.
     */
    private long firstFree(long now) {
        long first = outlet.firstFreeStep(now, changeSteps) - hopSteps;
        return Math.max(first, hopEnd - hopSteps - PianoRoll.STEPS);
    }

    private void decideAnew(long now, WindowJob job) {
        long first = firstFree(now);
        long end = hopEnd - hopSteps;
        if (first < end) {
            outlet.retract((double) (first + hopSteps), false);
            log.reopen((double) first, (double) end);
            decoder.close((double) first);
            decoder.decode(log, first, end, job.before, job.after);
        }
    }

    private void answered(long now, WindowJob job) {
        if (isRevising) {
            isRevising = false;
            if (job.isAnswered()) {
                counters.answered(job.inferenceNs(), job.contentChange());
                decideAnew(now, job);
            }
        } else if (job.isAnswered()) {
            counters.answered(job.inferenceNs(), job.contentChange());
            decide(job);
        } else {
            pass();
        }
        questions.done(job);
    }

    /** Lets a hop pass as it was played: it is silent, or bypassed, or its answer did not come in time. */
    private void pass() {
        questions.giveUp();
        isRevising = false;
        log.render(hopEnd - PianoRoll.STEPS, unchanged.before, unchanged.heard);
        unchanged.leaveUnchanged();
        if (!isBypassed && !unchanged.isSilent()) {
            counters.late();
        }
        decide(unchanged);
    }

    private void decide(WindowJob job) {
        decoder.decode(log, hopEnd - hopSteps, hopEnd, job.before, job.after);
        log.forgetBefore((double) (hopEnd - PianoRoll.STEPS));
        hopEnd += hopSteps;
    }
}

package idiom.engine.live;

import idiom.engine.live.DueQueue.Owner;
import idiom.engine.live.NoteLog.Fate;
import idiom.engine.pianoroll.PianoRoll;

/**
 * The mode {@code instant}: what is struck within a few milliseconds is one chord; it is answered at once, with the 64 steps
 * that end with the step it falls in. Of the answer only that last step counts: which of the chord's notes sound, which of
 * the notes held before end, and which are added. Added notes last until the next answer leaves them out, or all keys are up.
 * If the answer takes too long, the chord sounds as it was played.
 */
final class InstantAnswering implements Answering {
    private static final int NOTES = 4096;
    /** Fingers of one chord come down within this time. */
    private static final double CHORD_SECONDS = 0.002;
    /**
     * Longer than this after the chord, the player hears the wait as an echo. The network has a few milliseconds on most
     * machines; on a slow one an answer that is a little late is worth more than none.
     */
    private static final double PATIENCE_SECONDS = 0.020;

    private final NoteLog log = new NoteLog(NOTES);
    private final WindowJob unchanged = new WindowJob();
    private final Choice choice;
    private final Timebase timebase;
    private final Questions questions;
    private final Outlet outlet;
    private final LiveCounters counters;
    private final HopDecoder decoder;
    private final long chordTime;
    private final long patience;

    private boolean isBypassed;
    private boolean isGathering;
    private long gatheredAt;
    private long askedAt;
    private long windowEnd;
    /** Where the music is, as far as it is known: its latest note can lie ahead of the clock. */
    private double nowStep;

    private double latestStrike = Double.NEGATIVE_INFINITY;

    InstantAnswering(
            Choice choice,
            Timebase timebase,
            Questions questions,
            Outlet outlet,
            LiveCounters counters,
            long clockRate) {
        this.choice = choice;
        this.timebase = timebase;
        this.questions = questions;
        this.outlet = outlet;
        this.counters = counters;
        this.decoder = new HopDecoder(new Immediately());
        this.chordTime = Math.round(CHORD_SECONDS * clockRate);
        this.patience = Math.round(PATIENCE_SECONDS * clockRate);
    }

    /** Whatever is decided is decided for now. */
    private final class Immediately implements HopDecoder.Events {
        @Override
        public void player(double step, int message) {
            if (Message.isNoteOn(message)) {
                counters.latency().record(timebase.nanos(timebase.timeAt(nowStep) - timebase.timeAt(step)));
            }
            outlet.add(nowStep, message, Owner.PLAYER, -1);
        }

        @Override
        public void added(double step, int message, int serial) {
            outlet.add(nowStep, message, Owner.ADDED, serial);
        }
    }

    @Override
    public boolean isSettled() {
        return !questions.isWaiting();
    }

    @Override
    public double delaySteps() {
        return 0;
    }

    @Override
    public void select(int index) {
        choice.select(index, decoder);
    }

    @Override
    public void bypass(boolean on) {
        isBypassed = on;
    }

    /** Nothing to do: the next chord is answered by what holds then. */
    @Override
    public void revise() {}

    /** As a knob does: the next chord is answered by what holds then, however long it has. */
    @Override
    public void mix(double step, double share) {
        choice.lane().set(share);
        choice.lane().jump(step);
    }

    @Override
    public void restart(double step, Start start) {
        outlet.route(step, Route.ANSWERED);
        log.clear();
        decoder.clear();
        questions.giveUp();
        isGathering = false;
        latestStrike = Double.NEGATIVE_INFINITY;
    }

    @Override
    public void strike(double step, int message) {
        boolean isDecided = isBypassed || !NoteLog.shows(message);
        if (!log.strike(step, message, isDecided ? Fate.PLAYED : Fate.PENDING)) {
            counters.drop();
        } else if (isDecided) {
            outlet.add(step, message, Owner.PLAYER, -1);
        } else {
            latestStrike = step;
            if (!isGathering) {
                isGathering = true;
                gatheredAt = timebase.timeAt(step) + chordTime;
            }
        }
    }

    @Override
    public void release(double step, int message) {
        int note = log.release(step, message);
        if (note < 0) {
            return;
        }
        if (log.fate(note) == Fate.PLAYED) {
            log.decide(note, Fate.ENDED);
            outlet.add(step, message, Owner.PLAYER, -1);
        }
        if (!log.isHeld()) {
            nowStep = step;
            decoder.close(step);
        }
    }

    @Override
    public int advance(long now, long heardUntil) {
        int work = 0;
        nowStep = Math.max(timebase.stepAt(now), latestStrike);
        if (isGathering && heardUntil >= gatheredAt && !questions.isWaiting()) {
            isGathering = false;
            windowEnd = NoteLog.cellOf(nowStep) + 1;
            askedAt = now;
            if (!questions.ask(log, windowEnd - PianoRoll.STEPS, choice)) {
                pass();
            }
            work++;
        }
        WindowJob answer = questions.take();
        if (answer != null) {
            if (answer.isAnswered()) {
                counters.answered(answer.inferenceNs(), answer.contentChange());
                decide(answer);
            } else {
                pass();
            }
            questions.done(answer);
            work++;
        } else if (questions.isWaiting() && now - askedAt >= patience) {
            questions.giveUp();
            pass();
            work++;
        }
        return work + outlet.handOver(now, Double.POSITIVE_INFINITY);
    }

    private void pass() {
        log.render(windowEnd - PianoRoll.STEPS, unchanged.before, unchanged.heard);
        unchanged.leaveUnchanged();
        if (!unchanged.isSilent()) {
            counters.late();
        }
        decide(unchanged);
    }

    private void decide(WindowJob job) {
        decoder.decode(log, windowEnd - 1, windowEnd, job.before, job.after);
        if (!log.isHeld()) {
            decoder.close(nowStep);
        }
        log.forgetBefore((double) (windowEnd - PianoRoll.STEPS));
    }
}

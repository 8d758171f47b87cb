package idiom.engine.live;

import idiom.engine.live.DueQueue.Owner;
import idiom.engine.live.NoteLog.Fate;
import idiom.engine.pianoroll.PianoRoll;
import java.util.Arrays;

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
    private static final int WINDOW = PianoRoll.STEPS;
    private static final double NEVER = Double.POSITIVE_INFINITY;
    /** A song from memory and a hand that plays along may meet on one key; more often it sounds by mistake. */
    private static final int MOST_OF_A_KEY = 2;

    /** The last but one gets the key from the last, too. */
    private static final int[] ORDER = {0, 1, -1, -2};

    private final SongWindows windows = new SongWindows();
    private final NoteLog pass = new NoteLog(NOTES);
    /** What is played from memory: the notes of the current window, and those of earlier ones that go on in it. */
    private final NoteLog playing = new NoteLog(2 * SongWindow.NOTES);

    private final Choice choice;
    private final Timebase timebase;
    private final Questions questions;
    private final Outlet outlet;
    private final LiveCounters counters;
    private final HopDecoder decoder;
    /** Decides what is not played yet, and may never be. */
    private final Rehearsal rehearsal = new Rehearsal();

    private final long leadTime;
    private final int changeSteps;

    private final boolean passesByDevice;
    /** Whether somebody says where the music is, again and again. */
    private final boolean isLed;

    private Start start = Start.PLAYING;
    private boolean isBypassed;
    /** Whether {@link #bypass} has changed since it was looked at. */
    private boolean turnsBypass;
    /** Whether what plays from memory is the answer of before a change. */
    private boolean isOutdated;

    private long current;
    private double passFrom;
    /** Up to where the window before the current one has been learnt; not before {@link #passFrom} when that is all. */
    private double restFrom;
    /** Up to where the ends of notes struck in earlier windows have been learnt. */
    private double endsFrom;
    /** What is remembered is played in [from, end); elsewhere the player's notes pass. */
    private double memoryFrom = NEVER;

    private double memoryEnd = NEVER;
    /** Where what is being decided begins to play. */
    private double playFrom;

    /** Whether the pass over the current window has taught something. */
    private boolean hasLearnt;

    private long lookedAt;
    private long asked;

    TimelineAnswering(
            Choice choice,
            Timebase timebase,
            Questions questions,
            Outlet outlet,
            LiveCounters counters,
            long leadTime,
            int changeSteps,
            boolean passesByDevice,
            boolean isLed) {
        this.choice = choice;
        this.timebase = timebase;
        this.questions = questions;
        this.outlet = outlet;
        this.counters = counters;
        this.leadTime = leadTime;
        this.changeSteps = changeSteps;
        this.passesByDevice = passesByDevice;
        this.isLed = isLed;
        this.decoder = new HopDecoder(new FromMemory());
        outlet.measure(0);
        outlet.limitKeys(MOST_OF_A_KEY);
    }

    /**
     * Marks the windows that are played from memory when the song comes to them, a bit each, 64 in a number.
     *
     * @param known at least 8 numbers, all of which are written
     */
    void known(long[] known) {
        if (isBypassed) {
            Arrays.fill(known, 0);
        } else {
            windows.answered(known);
        }
    }

    /** Counts what changes in {@link #remember}, what was played up to now included. */
    long revision() {
        learn(sure(stepOfPass()));
        return windows.revision() + choice.lane().revision();
    }

    /** What has been learnt so far. Allocates. */
    SongMemory remember() {
        learn(sure(stepOfPass()));
        return new SongMemory(
                choice.sound(), windows.remember(choice.lane()), choice.lane().changes());
    }

    /**
     * Takes over what was learnt once, in place of all that is known; answers of another sound are asked for anew. The next
     * thing must be a restart. Allocates.
     */
    void recall(SongMemory memory) {
        questions.giveUp();
        forgetPass(passFrom);
        choice.lane().recall(memory.shares());
        windows.recall(memory.windows(), memory.sound().equals(choice.sound()), choice.lane());
    }

    /** What is remembered plays where it belongs; what lies before the place where it begins to play is over. */
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
            if (step + NoteLog.EARLY >= playFrom) {
                outlet.add(step, message, owner, detail);
            }
        }
    }

    /** How a passage begins, for who wants to know beforehand. */
    private static final class Rehearsal implements HopDecoder.Events {
        private final HopDecoder decoder = new HopDecoder(this);
        private PassageHandler handler = (step, message) -> {};
        private double from;
        private double end;

        void play(
                SongWindow window,
                HopDecoder.Ahead then,
                HopDecoder as,
                double begin,
                double until,
                long windowEnd,
                PassageHandler to) {
            handler = to;
            from = begin;
            end = until;
            decoder.playAs(as);
            long first = Math.max(windowEnd - WINDOW, (long) Math.ceil(begin - NoteLog.EARLY));
            decoder.decode(window.undecided(begin), first, windowEnd, window.before, window.after, then);
            decoder.clear();
        }

        @Override
        public void player(double step, int message) {
            if (step + NoteLog.EARLY >= from && step < end) {
                handler.onMessage(step, message);
            }
        }

        @Override
        public void added(double step, int message, int serial) {
            player(step, message);
        }
    }

    /** See {@link LiveSession#passage}. */
    boolean passage(double step, double end, PassageHandler handler) {
        SongWindow window = windows.known(windowOf(step));
        boolean isKnown = window != null && window.hasAnswer() && !isBypassed;
        if (window != null && isKnown) {
            long next = windowOf(step) + 1;
            rehearsal.play(window, windows.ahead(next), decoder, step, end, next * WINDOW, handler);
        }
        return isKnown;
    }

    @Override
    public boolean isSettled() {
        return !questions.isWaiting();
    }

    @Override
    public double delaySteps() {
        return 0;
    }

    /** What plays goes on until the new answer is there; the next windows are asked about before they begin. */
    @Override
    public void select(int index) {
        boolean isOther = index != choice.index();
        choice.select(index, decoder);
        if (isOther) {
            isOutdated |= playsMemory();
            questions.giveUp();
            windows.forgetAnswers();
        } else {
            revise();
        }
    }

    /** Answers of before play until there are new ones: a knob that never stands still leaves no time for more. */
    @Override
    public void revise() {
        isOutdated |= playsMemory();
        windows.outdateAnswers();
    }

    @Override
    public void bypass(boolean on) {
        turnsBypass |= isBypassed != on;
        isBypassed = on;
    }

    /** Learnt like notes: next time, the answer is there when the mix changes. */
    @Override
    public void mix(double step, double share) {
        if (start == Start.STANDING) {
            choice.lane().set(share);
        } else {
            choice.lane().follow(step);
            choice.lane().set(share);
            choice.lane().expect();
        }
    }

    /**
     * Hosts that loop by the block hand over how the loop begins before they say that they have gone back. What was struck since
     * they last said where they are is learnt unless it is known to be of the place to come; nothing is missing there.
     */
    @Override
    public void leave(double step, double to) {
        double sure = sure(step);
        learn(sure);
        for (int i = 0; i < pass.size() && start != Start.STANDING; i++) {
            if (pass.isStruckWithin(i, sure, NEVER)) {
                learnUnsure(i, step - to);
            }
        }
        forgetPass(step);
    }

    private void learnUnsure(int note, double distance) {
        SongWindow there = windows.known(windowOf(pass.onStep(note) - distance + NoteLog.EARLY));
        long index = Math.floorDiv(pass.onCell(note), WINDOW);
        SongWindow here = windows.window(index);
        if (here != null && (there == null || !there.has(pass, note, distance)) && here.learnNote(pass, note)) {
            windows.changed();
            windows.neighbourChanged(index - 1);
            windows.neighbourChanged(index + 1);
        }
    }

    /** Up to where what was played is certain to belong where it came, of what lies before a position: to where the song was said to be. */
    private double sure(double step) {
        return isLed ? Math.min(step, timebase.saidStep()) : step;
    }

    @Override
    public void restart(double step, Start newStart) {
        learn(newStart == Start.STANDING ? stepOfPass() : sure(stepOfPass()));
        choice.lane().jump(step);
        forgetPass(step);
        decoder.clear();
        playing.clear();
        memoryFrom = NEVER;
        memoryEnd = NEVER;
        start = newStart;
        outlet.route(step - NoteLog.EARLY, Route.PASSED);
        enter(step, step);
        // What is a little earlier may have been handed over before the jump, and is no part of what is played here.
        passFrom = step + NoteLog.EARLY - NoteLog.ROUNDED;
        restFrom = passFrom;
        start = newStart == Start.PASSED ? Start.PLAYING : newStart;
    }

    /** What was played so far is learnt, or never will be. */
    private void forgetPass(double step) {
        pass.clear();
        passFrom = step;
        restFrom = step;
        endsFrom = step;
        lookedAt = (long) Math.floor(step);
    }

    /** Where the pass that ends now has come to: the latest thing that is known of it. */
    private double stepOfPass() {
        double end = Math.max(restFrom, (double) lookedAt);
        for (int i = 0; i < pass.size(); i++) {
            end = Math.max(end, Math.nextUp(pass.onStep(i) + NoteLog.EARLY));
        }
        return end;
    }

    private boolean playsMemory() {
        return memoryFrom < NEVER && memoryEnd == NEVER;
    }

    @Override
    public void strike(double step, int message) {
        double place = step + NoteLog.EARLY;
        boolean passes = place < memoryFrom || place >= memoryEnd || !NoteLog.shows(message);
        if (!pass.strike(step, message, passes ? Fate.PLAYED : Fate.GONE)) {
            counters.drop();
        } else if (passes && !passesByDevice) {
            outlet.add(step, message, Owner.PLAYER, -1);
        }
    }

    @Override
    public void release(double step, int message) {
        int note = pass.release(step, message);
        if (note < 0) {
            return;
        }
        if (pass.fate(note) == Fate.PLAYED) {
            pass.decide(note, Fate.ENDED);
            if (!passesByDevice) {
                outlet.add(step, message, Owner.PLAYER, -1);
            }
        }
    }

    @Override
    public int advance(long now, long heardUntil) {
        int work = 0;
        double step = timebase.stepAt(now);
        WindowJob answer = questions.take();
        if (answer != null) {
            answered(now, answer);
            work++;
        }
        if (turnsBypass) {
            turnsBypass = false;
            turnBypass(now);
            work++;
        }
        if (Math.floor(sure(step)) > lookedAt) {
            lookedAt = (long) Math.floor(sure(step));
            learn((double) lookedAt);
            work++;
        }
        // What plays from memory has to be handed over early, so the next window is entered early.
        if (timebase.stepAt(now + 2 * leadTime) >= end(current)) {
            enter(end(current), Math.min(sure(step), end(current)));
            work++;
        }
        if (!questions.isWaiting()) {
            ask();
        }
        return work + outlet.handOver(now, Double.POSITIVE_INFINITY);
    }

    private void answered(long now, WindowJob answer) {
        SongWindow window = windows.window(asked);
        if (answer.isAnswered() && window != null) {
            counters.answered(answer.inferenceNs(), answer.contentChange());
            window.answered(answer);
            windows.changed();
            if (isOutdated && asked == current) {
                isOutdated = window.isOutdated();
                playFrom(firstFreeStep(now), window);
            }
        }
        questions.done(answer);
    }

    private double firstFreeStep(long now) {
        return (double) outlet.firstFreeStep(now, changeSteps);
    }

    private void turnBypass(long now) {
        double step = firstFreeStep(now);
        SongWindow window = windows.window(current);
        if (isBypassed && playsMemory()) {
            outlet.retract(step, true);
            playFrom = step;
            decoder.close(step);
            endAll(step);
            memoryEnd = step;
            outlet.route(step, Route.PASSED);
        } else if (!isBypassed && window != null && window.hasAnswer() && start == Start.PLAYING) {
            memoryFrom = step;
            memoryEnd = NEVER;
            outlet.route(step, Route.REMEMBERED);
            playFrom(step, window);
        }
    }

    /** Plays what is remembered from a position on that lies in the window, in place of what was to be played there. */
    private void playFrom(double step, SongWindow window) {
        if (step >= end(current)) {
            return;
        }
        outlet.retract(step, false);
        playFrom = step;
        decoder.close(step);
        play(window, false);
    }

    /**
     * Begins a pass over the window that a position lies in, from there on.
     *
     * @param heardTo up to where everything that is played has come in; before the position, if that is handed over early
     */
    private void enter(double step, double heardTo) {
        learn(heardTo);
        restFrom = Math.min(heardTo, Math.max(passFrom, heardTo - 2 * SongWindow.SAME));
        leaveWindow();
        current = windowOf(step);
        passFrom = step;
        lookedAt = (long) Math.floor(heardTo);
        isOutdated = false;
        playFrom = step;
        SongWindow window = windows.known(current);
        if (window != null && window.hasAnswer() && !isBypassed && start == Start.PLAYING) {
            if (!playsMemory()) {
                memoryFrom = step;
                outlet.route(step - NoteLog.EARLY, Route.REMEMBERED);
            }
            memoryEnd = NEVER;
            isOutdated = window.isOutdated();
            play(window, true);
        } else {
            if (playsMemory()) {
                memoryEnd = step;
                outlet.route(step - NoteLog.EARLY, Route.PASSED);
            }
            decoder.close(step);
            endHeld(step);
            endAll(NEVER);
        }
        pass.forgetBefore(Math.min(restFrom, (double) (current * WINDOW)));
    }

    /**
     * Plays what is remembered of the current window from {@link #playFrom} on.
     *
     * @param goesOn whether what was played before it goes on as the answer says; if not, as was decided
     */
    private void play(SongWindow window, boolean goesOn) {
        long begin = current * WINDOW;
        if (goesOn) {
            playing.forgetBefore((double) begin);
        } else {
            playing.removeStruck(playFrom, NEVER);
            playing.keepPlayed();
        }
        NoteLog notes = window.notes();
        for (int i = 0; i < notes.size(); i++) {
            boolean isToCome = notes.isStruckWithin(i, playFrom, NEVER);
            if (isToCome || !playing.holds(notes, i)) {
                playing.insert(notes, i, isToCome ? Fate.PENDING : Fate.ENDED);
            }
        }
        long from = Math.max(begin, (long) Math.ceil(playFrom - NoteLog.EARLY));
        decoder.decode(playing, from, begin + WINDOW, window.before, window.after, windows.ahead(current + 1));
        endHeld(end(current));
    }

    /** Ends what is played from memory and of which nobody knows how long. */
    private void endHeld(double step) {
        for (int i = 0; i < playing.size(); i++) {
            if (playing.fate(i) == Fate.PLAYED && playing.offStep(i) == NoteLog.HELD) {
                endPlayed(i, step);
            }
        }
    }

    /** What is played from memory ends where the player ended it, or at a position if that is earlier, and is forgotten. */
    private void endAll(double step) {
        for (int i = 0; i < playing.size(); i++) {
            if (playing.fate(i) == Fate.PLAYED) {
                endPlayed(i, step);
            }
        }
        playing.clear();
    }

    private void endPlayed(int note, double step) {
        boolean isCut = step < playing.offStep(note);
        int off = isCut ? Message.offFor(Message.key(playing.on(note))) : playing.off(note);
        playing.decide(note, Fate.ENDED);
        outlet.add(Math.min(step, playing.offStep(note)), off, Owner.PLAYER, -1);
    }

    private static long windowOf(double step) {
        return Math.floorDiv((long) Math.floor(step), WINDOW);
    }

    private static double end(long window) {
        return (double) ((window + 1) * WINDOW);
    }

    /** Takes what was played since the pass began, up to a position, over into the window. */
    private void learn(double end) {
        if (start == Start.STANDING) {
            return;
        }
        choice.lane().follow(end);
        learnEnds(end);
        learnRest(end);
        SongWindow window = windows.window(current);
        if (window != null && end > passFrom) {
            takeOver(window, current, passFrom, Math.min(end, end(current)));
        }
    }

    /** Where notes ended that were struck in an earlier window. */
    private void learnEnds(double end) {
        for (int i = 0; i < pass.size() && end > endsFrom; i++) {
            long struckIn = Math.floorDiv(pass.onCell(i), WINDOW);
            boolean hasEnded = pass.offStep(i) >= endsFrom && pass.offStep(i) < end;
            SongWindow window = struckIn == current || !hasEnded ? null : windows.window(struckIn);
            if (window != null && window.learnEnd(pass, i)) {
                windows.changed();
                windows.neighbourChanged(struckIn + 1);
            }
        }
        endsFrom = Math.max(endsFrom, end);
    }

    /** What was still to come of the window before when this one was entered. */
    private void learnRest(double end) {
        SongWindow before = windows.known(current - 1);
        if (before != null && restFrom < passFrom && end > restFrom) {
            takeOver(before, current - 1, restFrom, Math.min(end, passFrom));
            restFrom = end < passFrom ? Math.max(restFrom, end - 2 * SongWindow.SAME) : passFrom;
        }
    }

    /** A note that is a little earlier or later each time may have been before the pass began, or may still come: it is not missing. */
    private void takeOver(SongWindow window, long index, double from, double end) {
        double missedFrom = from <= index * WINDOW ? from : from + SongWindow.SAME;
        double missedEnd = end >= end(index) ? end : end - SongWindow.SAME;
        if (window.learn(pass, from, end, missedFrom, missedEnd)) {
            hasLearnt = true;
            windows.changed();
        }
    }

    /** What was learnt in the current window may sound on in the next, and says something about the key of both neighbours. */
    private void leaveWindow() {
        if (hasLearnt) {
            windows.neighbourChanged(current - 1);
            windows.neighbourChanged(current + 1);
        }
        hasLearnt = false;
    }

    private boolean hasOtherMix(SongWindow window, long index) {
        boolean isOther = window.hasAnswer() && choice.lane().differs(index * WINDOW, window.shares, index * WINDOW);
        if (isOther && index == current && choice.lane().differs(index * WINDOW, window.shares, lookedAt)) {
            isOutdated |= playsMemory();
        }
        return isOther;
    }

    /** Asks about this window, the next if it is known, or the one before. */
    private void ask() {
        for (int i = 0; i < ORDER.length; i++) {
            long index = current + ORDER[i];
            SongWindow window = windows.known(index);
            if (window != null && (window.isStale() || hasOtherMix(window, index))) {
                asked = index;
                boolean isAsked =
                        questions.ask(windows.soundingIn(index), index * WINDOW, choice, windows.around(index));
                if (!questions.isCrowded()) {
                    window.asked();
                }
                if (isAsked || questions.isCrowded()) {
                    return;
                }
            }
        }
    }
}

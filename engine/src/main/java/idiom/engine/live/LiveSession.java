package idiom.engine.live;

import idiom.engine.live.Answering.Start;
import idiom.engine.live.DueQueue.Owner;
import idiom.engine.live.LiveSettings.Thru;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Mode;
import idiom.presets.Preset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is played goes in, the answer comes out, at times that are computed (docs/live.md). A pure state machine: it has no
 * thread and no clock of its own, all times come in as arguments. Everything that is no note waits for as long as notes do and
 * leaves as it came, but for active sensing, for what is no MIDI, and for messages that are meant for the session:
 *
 * <ul>
 *   <li>Program Change in bank 0 with the number of a preset chooses that preset.
 *   <li>With {@link Sync#CLOCK}, MIDI clock and Song Position say where the music is; Stop ends what sounds.
 *   <li>All Sound Off and All Notes Off end everything at once; Reset All Controllers undoes what knobs have done, and goes on
 *       its way.
 *   <li>The {@linkplain idiom.presets.Controls controls} of the preset that plays move mix and threshold, switch bypass and tap
 *       the tempo.
 * </ul>
 *
 * <p>What it sent and what comes back in, through a patch or a DAW, is left out: see {@link EchoGuard}.
 *
 * <p>All methods are for one thread, [session], and allocate nothing, unless they say otherwise.
 */
public final class LiveSession implements MidiHandler {
    private static final int PROGRAMS = 128;
    private static final int NONE = -1;
    /** Further than this from where it was expected, the music has jumped. */
    private static final double JUMP_STEPS = 0.5;
    /** What comes at one time stays in its order by that many steps, which no clock can tell. */
    private static final double TIE_STEPS = 1e-9;

    private final LiveCounters counters = new LiveCounters();
    private final int[] presetOfProgram = new int[PROGRAMS];
    private final int[] banks = new int[16];
    private final Timebase timebase;
    private final Outlet outlet;
    private final Answering answering;
    private final EchoGuard echoes;
    private final MidiClock clock;
    private final TapTempo taps;
    private final Sync sync;
    private final Thru thru;
    private final Choice choice;
    private final Knobs knobs;
    private boolean isPlayersChoice;
    private boolean isBypassed;
    private boolean isStanding;
    private long lastTime;
    private int ties;

    /**
     * A session at step 0 at time 0 of its device's clock.
     *
     * @param presets what can be played, at least one; the first plays
     * @param inference answers windows, by index of the preset
     * @param sink where answers go
     * @param clockRate units of the device's clock in a second
     * @param leadTime how long before its time an event must be handed to the sink, in those units
     * @param settings how it answers
     * @param stepsPerSecond tempo, in 16ths a second
     */
    public LiveSession(
            List<Preset> presets,
            WindowInference inference,
            MidiSink sink,
            long clockRate,
            long leadTime,
            LiveSettings settings,
            double stepsPerSecond) {
        if (presets.isEmpty()) {
            throw new IllegalArgumentException("a session needs a preset: presets=[]");
        }
        this.timebase = new Timebase(clockRate, stepsPerSecond);
        this.echoes = new EchoGuard(clockRate);
        this.outlet = new Outlet(sink, echoes, timebase, counters, leadTime, settings.thru());
        MixLane lane = settings.mode() == Mode.TIMELINE
                ? MixLane.ofSong(SongWindows.MOST * PianoRoll.STEPS)
                : MixLane.passing();
        this.choice = new Choice(List.copyOf(presets), lane);
        Questions questions = new Questions(inference);
        this.answering = switch (settings.mode()) {
            case PHRASE, FOLLOW ->
                new HopAnswering(
                        choice,
                        timebase,
                        questions,
                        outlet,
                        counters,
                        settings.hopSteps(),
                        Math.round(settings.guardNs() * (clockRate / 1e9)),
                        leadTime,
                        settings.changeSteps());
            case INSTANT -> new InstantAnswering(choice, timebase, questions, outlet, counters, clockRate);
            case TIMELINE ->
                new TimelineAnswering(
                        choice,
                        timebase,
                        questions,
                        outlet,
                        counters,
                        leadTime,
                        settings.changeSteps(),
                        settings.thru() == Thru.ROUTED,
                        settings.sync() != Sync.INTERNAL);
        };
        this.clock = new MidiClock(clockRate);
        this.taps = new TapTempo(clockRate);
        this.sync = settings.sync();
        this.thru = settings.thru();
        this.knobs = new Knobs(choice);
        Arrays.fill(presetOfProgram, NONE);
        for (int i = presets.size() - 1; i >= 0; i--) {
            presetOfProgram[presets.get(i).program()] = i;
        }
        select(0);
    }

    /** What it has done. [any] */
    public LiveCounters counters() {
        return counters;
    }

    /** Index of the preset that plays. */
    public int preset() {
        return choice.index();
    }

    /** Whether the player has chosen the preset, by Program Change. */
    public boolean isPlayersChoice() {
        return isPlayersChoice;
    }

    /** Whether what leaves comes back in, and is left out. */
    public boolean isLoop() {
        return echoes.isLoop();
    }

    /** Another preset, from the next step (or bar) on. */
    public void select(int index) {
        answering.select(index);
        outlet.program(choice.outputProgram());
    }

    /** Whether everything passes through unchanged, at the same delay, from the next step (or bar) on. */
    public void bypass(boolean on) {
        isBypassed = on;
        answering.bypass(on);
    }

    /** Whether everything passes through unchanged. */
    public boolean isBypassed() {
        return isBypassed;
    }

    /** A beat that somebody taps; from the second on they say the tempo, unless somebody else does. */
    public void tap(long time) {
        taps.tap(time);
        if (taps.isKnown() && sync == Sync.INTERNAL) {
            tempo(time, taps.stepsPerSecond());
        }
    }

    /** Another tempo from a time on, in 16ths a second. */
    public void tempo(long time, double stepsPerSecond) {
        timebase.bend(time, stepsPerSecond);
    }

    /** Song position at a time. */
    public double stepAt(long time) {
        return timebase.stepAt(time);
    }

    /** Tempo in 16ths a second. */
    public double stepsPerSecond() {
        return timebase.stepsPerSecond();
    }

    /**
     * Goes on at another song position: ends what sounds, forgets what waits and what was played.
     *
     * @param time when that position is reached
     * @param step song position
     * @param stepsPerSecond tempo, in 16ths a second
     */
    public void locate(long time, double step, double stepsPerSecond) {
        goOn(time, step, stepsPerSecond, Start.PLAYING);
    }

    /**
     * The same where the device passes what is played by itself up to the end of the window there: it did not know better, and
     * is not contradicted.
     */
    public void locatePassed(long time, double step, double stepsPerSecond) {
        goOn(time, step, stepsPerSecond, Start.PASSED);
    }

    private void goOn(long time, double step, double stepsPerSecond, Start start) {
        if (!isStanding) {
            answering.leave(timebase.stepAt(time), step);
        }
        isStanding = false;
        outlet.panic();
        timebase.set(time, step, stepsPerSecond);
        answering.restart(step, start);
    }

    /** The song stands: ends what sounds, and takes what is played from now on for no part of it, until it goes on. */
    public void stand(long time) {
        isStanding = true;
        panic(time);
    }

    /** Whether the song stands. */
    public boolean isStanding() {
        return isStanding;
    }

    /** Ends everything that sounds and forgets everything that waits: note-offs, then CC 64 = 0, 123 and 120. */
    public void panic(long time) {
        outlet.panic();
        restart(time);
    }

    /** The same when the device is lost: what is sent now may not arrive, and is sent again when it is back. */
    public void panicAtLoss(long time) {
        outlet.panicAtLoss();
        restart(time);
    }

    /** The same when the device is back after a loss. */
    public void panicAfterLoss(long time) {
        outlet.panicAfterLoss();
        restart(time);
    }

    private void restart(long time) {
        answering.restart(timebase.stepAt(time), isStanding ? Start.STANDING : Start.PLAYING);
    }

    /** How much later than it was played everything leaves, in 16ths; 0 where that depends on the moment. */
    public double delaySteps() {
        return answering.delaySteps();
    }

    /**
     * Whether all has been handed over that is due within twice the lead time from {@code now} on, the time of the last
     * {@link #advance}: no answer is waited for, and the sink had room.
     */
    public boolean isSettled(long now) {
        return answering.isSettled() && outlet.hasHandedOver(now);
    }

    /** Plays presets with a difference, from the next step (or bar) on; where knobs were turned is forgotten. Allocates. */
    public void adjust(Adjustment adjustment) {
        choice.adjust(adjustment);
        select(choice.index());
    }

    /**
     * From a time on, only a share of the preset's mix is wanted: what is played from then on is answered so, and what is heard of
     * earlier music stays as it is. In {@code timeline}, which answers before it is played, this is learnt like notes: the first
     * time it takes effect at the next step, later where it came.
     *
     * @param time not before any earlier one, but for a jump
     * @param share 0 to 1
     */
    public void mix(long time, double share) {
        answering.mix(timebase.stepAt(time), share);
    }

    /**
     * Marks what is played from memory where the mode learns: a bit for each window of 64 steps, 64 in a number.
     *
     * @param known 8 numbers, all of which are written
     */
    public void known(long[] known) {
        if (answering instanceof TimelineAnswering timeline) {
            timeline.known(known);
        } else {
            Arrays.fill(known, 0);
        }
    }

    /**
     * What will be played from memory if the song jumps to a position, up to another one or to the end of the window there.
     *
     * @return whether it is played from memory there, where the mode learns
     */
    public boolean passage(double step, double end, PassageHandler handler) {
        return answering instanceof TimelineAnswering timeline && timeline.passage(step, end, handler);
    }

    /** Counts what changes in {@link #remember}, where the mode learns; else it stays as it is. */
    public long songRevision() {
        return answering instanceof TimelineAnswering timeline ? timeline.revision() : 0;
    }

    /** What has been learnt of the song, where the mode learns. Allocates. */
    public Optional<SongMemory> remember() {
        return answering instanceof TimelineAnswering timeline ? Optional.of(timeline.remember()) : Optional.empty();
    }

    /** Takes over what was learnt once, where the mode learns, for the preset that plays now. Allocates. */
    public void recall(long time, SongMemory memory) {
        if (answering instanceof TimelineAnswering timeline) {
            timeline.recall(memory);
            panic(time);
        }
    }

    /** Does what is due; returns how much was done, 0 if there was nothing to do. */
    public int advance(long now) {
        return advance(now, now);
    }

    /**
     * The same where messages come in blocks, with times that lie ahead.
     *
     * @param heardUntil all that was played before then has come in; not before {@code now}
     */
    public int advance(long now, long heardUntil) {
        return answering.advance(now, heardUntil);
    }

    /** Takes a message that was played at a time. */
    @Override
    public void onMidi(long time, byte[] source, int offset, int length) {
        int status = source[offset] & 0xFF;
        double step = timebase.stepAt(time) + ties(time) * TIE_STEPS;
        if (status == Message.ACTIVE_SENSING) {
            return;
        }
        if (!Message.isWhole(source, offset, length)) {
            counters.drop();
            return;
        }
        if (status == Message.SYSTEM) {
            pass(step, source, offset, length);
            return;
        }
        int message = Message.of(source, offset, length);
        if (echoes.isEcho(time, message)) {
            counters.echo();
        } else if ((sync != Sync.CLOCK || !follows(time, message)) && !isForSession(time, message)) {
            play(step, message);
            pass(step, source, offset, length);
        }
    }

    /** How many messages came before at the same time. */
    private int ties(long time) {
        ties = time == lastTime ? ties + 1 : 0;
        lastTime = time;
        return ties;
    }

    /** Hands a message that is no note, or that does not wait for an answer, on its way. */
    private void pass(double step, byte[] source, int offset, int length) {
        if (thru == Thru.ROUTED && answering instanceof TimelineAnswering) {
            return; // The device has passed it.
        }
        if (thru.isAtOnce()) {
            outlet.passAtOnce(step, source, offset, length);
        } else if (Message.isLong(source, offset, length)) {
            outlet.addLong(step + answering.delaySteps(), source, offset, length);
        } else {
            int message = Message.of(source, offset, length);
            if (!Message.isNoteOn(message) && !Message.isNoteOff(message)) {
                outlet.add(step + answering.delaySteps(), message, Owner.NONE, -1);
            }
        }
    }

    private void play(double step, int message) {
        if (Message.isNoteOn(message)) {
            counters.noteIn();
            answering.strike(step, message);
        } else if (Message.isNoteOff(message)) {
            answering.release(step, message);
        }
    }

    /** Does what a message asks of the session; whether it goes no further. */
    private boolean isForSession(long time, int message) {
        if (isPanic(message)) {
            panic(time);
            return true;
        }
        if (Message.kind(message) != Message.CONTROL) {
            return choosesPreset(message);
        }
        keepBank(message);
        if (Message.data1(message) == Message.RESET) {
            knobs.reset();
            answering.revise();
            return false;
        }
        return turns(time, message);
    }

    /** Whether the message is of a knob or switch; does what that says. */
    private boolean turns(long time, int message) {
        int value = Message.data2(message);
        switch (knobs.turn(Message.data1(message), value)) {
            case NONE -> {
                return false;
            }
            case SOUND -> answering.revise();
            case BYPASS -> bypass(value >= Knobs.ON);
            case TAP -> {
                if (value >= Knobs.ON) {
                    tap(time);
                }
            }
        }
        return true;
    }

    /** Follows MIDI clock; whether the message is part of one. It is for the session, and goes no further. */
    private boolean follows(long time, int message) {
        switch (Message.status(message)) {
            case MidiClock.TICK -> tick(time);
            case MidiClock.START -> clock.start();
            case MidiClock.CONTINUE -> clock.goOn();
            case MidiClock.STOP -> {
                clock.stop();
                stand(time);
            }
            case MidiClock.POSITION -> clock.position(Message.data1(message) | (Message.data2(message) << 7));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void tick(long time) {
        clock.tick(time);
        // One tick says where the music is, two say how fast it goes.
        double speed = clock.isSteady() ? clock.stepsPerSecond() : timebase.stepsPerSecond();
        if (clock.isRunning()) {
            follow(clock.time(), clock.step(), speed);
        } else {
            timebase.bend(time, speed);
        }
    }

    /**
     * Follows somebody who says where the music is: a small difference moves the grid along, a larger one is a jump.
     *
     * @param time on the device's clock
     * @param step song position at that time
     * @param stepsPerSecond tempo, in 16ths a second
     */
    public void follow(long time, double step, double stepsPerSecond) {
        if (isStanding || Math.abs(timebase.stepAt(time) - step) > JUMP_STEPS) {
            locate(time, step, stepsPerSecond);
        } else {
            timebase.set(time, step, stepsPerSecond);
        }
    }

    /** Whether nothing sounds and nothing is left to be ended. */
    public boolean isSilent() {
        return outlet.isSilent();
    }

    private static boolean isPanic(int message) {
        int controller = Message.data1(message);
        return Message.kind(message) == Message.CONTROL
                && (controller == Message.ALL_SOUND_OFF || controller == Message.ALL_NOTES_OFF);
    }

    private void keepBank(int message) {
        int channel = Message.channel(message);
        if (Message.data1(message) == Message.BANK) {
            banks[channel] = (banks[channel] & 0x7F) | (Message.data2(message) << 7);
        } else if (Message.data1(message) == Message.BANK_LOW) {
            banks[channel] = (banks[channel] & ~0x7F) | Message.data2(message);
        }
    }

    /** Whether the message chooses a preset; if so, that plays. */
    private boolean choosesPreset(int message) {
        if (Message.kind(message) != Message.PROGRAM || banks[Message.channel(message)] != 0) {
            return false;
        }
        int chosen = presetOfProgram[Message.data1(message)];
        if (chosen == NONE) {
            return false;
        }
        isPlayersChoice = true;
        select(chosen);
        return true;
    }
}

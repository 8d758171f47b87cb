package idiom.engine.live;

import idiom.engine.live.DueQueue.Owner;
import idiom.engine.live.NoteLog.Fate;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Decoding;
import idiom.presets.Preset;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is played goes in, the answer comes out, a constant number of steps later: the modes {@code phrase} and {@code
 * follow} (docs/live.md). A pure state machine: it has no thread and no clock of its own, all times come in as arguments.
 *
 * <p>The song is cut into hops. Shortly before a hop ends, the 64 steps that end with it are handed to the network; when the
 * answer is there, the hop's notes are decided and queued by song position, a delay later. Everything that is no note waits
 * for the same time and leaves as it came. If the answer does not come in time, the hop passes through unchanged.
 *
 * <p>All methods are for one thread, [session], and allocate nothing, unless they say otherwise.
 */
public final class LiveSession implements MidiHandler {
    private static final int NOTES = 4096;
    private static final int EVENTS = 16384;
    private static final int JOBS = 4;
    private static final int KEYS = 16 * 128;

    private final List<Preset> presets;
    private final WindowInference inference;
    private final MidiSink sink;
    private final LiveSettings settings;
    private final LiveCounters counters = new LiveCounters();
    private final Timebase timebase;
    private final long guardUnits;
    private final long leadTime;
    private final NoteLog log = new NoteLog(NOTES);
    private final DueQueue queue = new DueQueue(EVENTS);
    private final LongMessages longMessages = new LongMessages();
    private final SoundingNotes sounding = new SoundingNotes();
    private final HopDecoder decoder;
    private final ArrayDeque<WindowJob> jobs = new ArrayDeque<>(JOBS);
    private final WindowJob unchanged = new WindowJob();
    private final byte[] bytes = new byte[3];

    private int preset;
    private Decoding decoding;
    private boolean isBypassed;
    private long hopEnd;
    private long serial;
    private @Nullable WindowJob asked;
    private long lastDue = Long.MIN_VALUE;
    private int releasing = KEYS;
    private int channelsUsed;

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
        this.presets = List.copyOf(presets);
        this.inference = inference;
        this.sink = sink;
        this.settings = settings;
        this.timebase = new Timebase(clockRate, stepsPerSecond);
        this.leadTime = leadTime;
        this.guardUnits = leadTime + Math.round(settings.guardNs() * (clockRate / 1e9));
        this.decoder = new HopDecoder(new Queueing());
        for (int i = 0; i < JOBS; i++) {
            jobs.add(new WindowJob());
        }
        this.hopEnd = settings.hopSteps();
        this.decoding = this.presets.get(0).decoding();
        select(0);
    }

    /** Takes decisions over as events, a delay later. */
    private final class Queueing implements HopDecoder.Events {
        @Override
        public void player(double step, int message) {
            queue(step, message, Owner.PLAYER, -1);
        }

        @Override
        public void added(double step, int message, int note) {
            queue(step, message, Owner.ADDED, note);
        }
    }

    /** What it has done. [any] */
    public LiveCounters counters() {
        return counters;
    }

    /** Index of the preset that plays. */
    public int preset() {
        return preset;
    }

    /** Another preset, from the next window on. */
    public void select(int index) {
        Preset chosen = presets.get(index);
        preset = index;
        decoding = chosen.decoding();
        decoder.play(decoding.feel(), chosen.output().channel().orElse(-1));
    }

    /** Whether everything passes through unchanged, at the same delay, from the next window on. */
    public void bypass(boolean on) {
        isBypassed = on;
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
        panic();
        timebase.set(time, step, stepsPerSecond);
        hopEnd = ((long) Math.floor(step / settings.hopSteps()) + 1) * settings.hopSteps();
    }

    /** Ends everything that sounds and forgets everything that waits: note-offs, then CC 64 = 0, 123 and 120. */
    public void panic() {
        while (!queue.isEmpty()) {
            discardFirst();
        }
        log.clear();
        decoder.clear();
        asked = null;
        serial++;
        releasing = 0;
    }

    /** Takes a message that was played at a time. */
    @Override
    public void onMidi(long time, byte[] source, int offset, int length) {
        double step = timebase.stepAt(time);
        int status = source[offset] & 0xFF;
        if (status == Message.ACTIVE_SENSING) {
            return;
        }
        if (length > 3 || status == 0xF0) {
            int slot = longMessages.keep(source, offset, length);
            if (slot < 0 || !queue(step, status, Owner.NONE, slot)) {
                counters.drop();
            }
            return;
        }
        int message = Message.of(source, offset, length);
        if (Message.isNoteOn(message)) {
            strike(step, message);
        } else if (Message.isNoteOff(message)) {
            release(step, message);
        } else if (isPanic(message)) {
            panic();
        } else {
            queue(step, message, Owner.NONE, -1);
        }
    }

    private static boolean isPanic(int message) {
        int controller = Message.data1(message);
        return Message.kind(message) == Message.CONTROL
                && (controller == Message.ALL_SOUND_OFF || controller == Message.ALL_NOTES_OFF);
    }

    private void strike(double step, int message) {
        counters.noteIn();
        // What a roll can't show, and what belongs to a hop that is decided already, stays as it is.
        boolean isDecided = !NoteLog.shows(message) || step < hopEnd - settings.hopSteps();
        if (log.strike(step, message, isDecided ? Fate.PLAYED : Fate.PENDING) && isDecided) {
            queue(step, message, Owner.PLAYER, -1);
        }
    }

    private void release(double step, int message) {
        int note = log.release(step, message);
        if (note < 0) {
            return;
        }
        boolean isDecided = !NoteLog.shows(log.on(note)) || step < hopEnd - settings.hopSteps();
        if (isDecided && log.fate(note) == Fate.PLAYED) {
            log.decide(note, Fate.ENDED);
            queue(step, message, Owner.PLAYER, -1);
        }
    }

    private boolean queue(double step, int message, Owner owner, int detail) {
        boolean hasRoom = queue.add(step + settings.delaySteps(), message, owner, detail);
        if (!hasRoom) {
            counters.drop();
        }
        return hasRoom;
    }

    /**
     * Does what is due: takes windows, decides hops, hands events over.
     *
     * @param now the device's clock
     * @return how much was done; 0 if there was nothing to do
     */
    public int advance(long now) {
        int work = 0;
        if (releasing < KEYS && !releaseAll(now)) {
            return 1;
        }
        double guarded = timebase.stepAt(now + guardUnits);
        double latest = timebase.stepAt(now + leadTime);
        boolean isDone = false;
        while (!isDone) {
            if (asked == null && guarded >= hopEnd) {
                ask();
                work++;
            }
            WindowJob answer = takeAnswer();
            if (answer != null) {
                finishHop(answer);
                work++;
            } else if (latest >= hopEnd) {
                // Too late, or nobody could be asked: the hop stays as it was played.
                passHop();
                work++;
            } else {
                isDone = true;
            }
        }
        return work + handOver(now);
    }

    private void ask() {
        WindowJob job = jobs.poll();
        if (job == null) {
            return;
        }
        log.render(hopEnd - PianoRoll.STEPS, job.before, job.heard);
        job.ask(++serial, preset, decoding);
        if (isBypassed || isSilent(job.before) || !inference.submit(job)) {
            jobs.add(job);
            if (isBypassed || isSilent(job.before)) {
                passHop();
            }
        } else {
            asked = job;
        }
    }

    private static boolean isSilent(long[] cells) {
        for (long mask : cells) {
            if (mask != 0) {
                return false;
            }
        }
        return true;
    }

    /** The answer that is waited for, if it has come; others have come too late and are put back. */
    private @Nullable WindowJob takeAnswer() {
        for (WindowJob job = inference.poll(); job != null; job = inference.poll()) {
            if (asked != null && job.serial() == serial) {
                return job;
            }
            jobs.add(job);
        }
        return null;
    }

    private void finishHop(WindowJob job) {
        asked = null;
        if (job.isAnswered()) {
            counters.answered(job.inferenceNs(), change(job.before, job.after));
            decideHop(job);
        } else {
            passHop();
        }
        jobs.add(job);
    }

    private void passHop() {
        if (asked != null) {
            // It is still with the network, and comes back some time.
            counters.late();
            asked = null;
            serial++;
        }
        log.render(hopEnd - PianoRoll.STEPS, unchanged.before, unchanged.heard);
        System.arraycopy(unchanged.before, 0, unchanged.after, 0, PianoRoll.PITCHES);
        decideHop(unchanged);
    }

    private void decideHop(WindowJob job) {
        decoder.decode(log, hopEnd - settings.hopSteps(), hopEnd, job.before, job.after);
        log.forgetBefore((double) (hopEnd - PianoRoll.STEPS));
        hopEnd += settings.hopSteps();
    }

    private static double change(long[] before, long[] after) {
        int cells = 0;
        int changed = 0;
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            cells += Long.bitCount(before[pitch]);
            changed += Long.bitCount(before[pitch] ^ after[pitch]);
        }
        return cells == 0 ? 0 : changed / (double) cells;
    }

    /** Hands over what is due soon; nothing that the hop which is being decided may still come before. */
    private int handOver(long now) {
        double horizon = timebase.stepAt(now + 2 * leadTime);
        int work = 0;
        while (!queue.isEmpty() && queue.position() <= horizon && queue.position() < hopEnd) {
            long due = Math.max(lastDue, timebase.timeAt(queue.position()));
            if (!sendFirst(due)) {
                return work + 1;
            }
            lastDue = due;
            discardFirst();
            work++;
        }
        return work;
    }

    private void discardFirst() {
        if (queue.owner() == Owner.NONE && queue.detail() >= 0) {
            longMessages.release(queue.detail());
        }
        queue.remove();
    }

    /** Sends the first event, if it may be sent; false if the sink has no room. */
    private boolean sendFirst(long due) {
        int message = queue.message();
        return switch (queue.owner()) {
            case NONE -> sendOther(due, message, queue.detail());
            case PLAYER -> sendPlayers(due, message);
            case ADDED -> sendAdded(due, message, queue.detail());
        };
    }

    private boolean sendOther(long due, int message, int slot) {
        if (slot >= 0) {
            return sink.send(due, longMessages.bytes(slot), 0, longMessages.length(slot));
        }
        if (Message.status(message) < Message.SYSTEM) {
            channelsUsed |= 1 << Message.channel(message);
        }
        return send(due, message);
    }

    private boolean sendPlayers(long due, int message) {
        int key = Message.key(message);
        if (Message.isNoteOff(message)) {
            if (!sounding.isPlayers(key)) {
                return true;
            }
            if (!send(due, message)) {
                return false;
            }
            sounding.release(key);
            return true;
        }
        if (sounding.isAdded(key)) {
            if (!send(due, offFor(key))) {
                return false;
            }
            sounding.endAdded(key);
        }
        if (!send(due, message)) {
            return false;
        }
        begun(message);
        sounding.strike(key);
        return true;
    }

    private boolean sendAdded(long due, int message, int note) {
        int key = Message.key(message);
        if (Message.isNoteOff(message)) {
            if (!sounding.isAdded(key, note)) {
                return true;
            }
            if (!send(due, message)) {
                return false;
            }
            sounding.endAdded(key);
            return true;
        }
        if (!sounding.isSilent(key)) {
            return true;
        }
        if (!send(due, message)) {
            return false;
        }
        begun(message);
        sounding.add(key, note);
        return true;
    }

    private void begun(int message) {
        counters.noteOut();
        channelsUsed |= 1 << Message.channel(message);
    }

    private boolean send(long due, int message) {
        int length = Message.write(message, bytes);
        return sink.send(due, bytes, 0, length);
    }

    private static int offFor(int key) {
        return Message.of(Message.NOTE_OFF | key >> 7, key & 0x7F, 64);
    }

    /** Ends all that sounds, as far as the sink has room; whether that is done. */
    private boolean releaseAll(long now) {
        long due = Math.max(lastDue, now);
        for (; releasing < KEYS; releasing++) {
            while (sounding.open(releasing) > 0) {
                if (!send(due, offFor(releasing))) {
                    return false;
                }
                sounding.endOne(releasing);
            }
        }
        lastDue = due;
        for (int channel = 0; channel < 16; channel++) {
            if ((channelsUsed & 1 << channel) != 0) {
                int control = Message.CONTROL | channel;
                if (!send(due, Message.of(control, Message.SUSTAIN, 0))
                        || !send(due, Message.of(control, Message.ALL_NOTES_OFF, 0))
                        || !send(due, Message.of(control, Message.ALL_SOUND_OFF, 0))) {
                    releasing = KEYS - 1;
                    return false;
                }
                channelsUsed &= ~(1 << channel);
            }
        }
        return true;
    }
}

package idiom.bridge.plugin;

import idiom.bridge.Device;
import idiom.bridge.plugin.RecordReader.Look;
import idiom.bridge.queue.Counter;
import idiom.engine.live.MidiHandler;
import idiom.engine.live.Route;
import idiom.engine.live.TransportState;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin in a DAW as a device. Its clock counts the frames that the host has had processed: it stands when the host stands,
 * and runs as fast as the host renders. What comes in is taken in the order in which it was told, one block of the host's at a
 * time and no further than to where the song jumps, so that one run of a song is answered like the next.
 */
public final class PluginDevice implements Device {
    private static final Logger LOG = LoggerFactory.getLogger(PluginDevice.class);
    /** How late this process may be woken up. */
    private static final double SLACK_SECONDS = 0.005;
    /** No host's frames leap so far, and a session would have all of the music in between to play. */
    private static final long LEAP_SECONDS = 60 * 60;

    /** Steps a second: 6000 quarters a minute, beyond which no host goes and a session would only count. */
    private static final double FASTEST = 400;

    /** Gets the plugin's parameters as they change. [session] */
    @FunctionalInterface
    public interface ParameterHandler {
        /**
         * A parameter has a value from a time on.
         *
         * @param frame on the device's clock
         * @param parameter its number in docs/plugin-protocol.md
         * @param value any finite number
         * @return whether what was played after that may be handed over at once, or else with the next call of
         *     {@link PluginDevice#receive}
         */
        boolean onParameter(long frame, int parameter, double value);
    }

    /** What the plugin is told of the engine. */
    public enum Readiness {
        /** Networks are not warm yet. */
        LOADING(0),
        /** It plays. */
        READY(1),
        /** There is no preset of the program that is wanted. */
        PRESET_MISSING(2);

        private final int code;

        Readiness(int code) {
            this.code = code;
        }

        /** As in the shared file. */
        int code() {
            return code;
        }
    }

    private final SharedFile file;
    private final SharedMemory memory;
    private final RecordReader in;
    private final RecordWriter out;
    private final Counter late = new Counter();
    private final Counter dropped = new Counter();
    private final long rate;
    private long leadTime;
    private final TransportState where = new TransportState();
    private ParameterHandler parameters = (frame, parameter, value) -> true;
    private long now;
    private boolean hasBegun;
    private int jumps;
    private boolean owesRestart;
    /** Whether a jump has just been answered: the plugin has ended what sounded, and voided what was sent. */
    private boolean isVoid;

    private final Overtures overtures;
    private volatile State state = State.OPEN;

    /** Of a plugin that has accepted this engine. */
    PluginDevice(SharedFile file) {
        this.file = file;
        this.memory = file.memory();
        this.in = file.reader(memory.load(Layout.AT_ACCEPTED_TAIL));
        this.out = file.writer();
        this.rate = Math.round(file.sampleRate());
        this.leadTime = wantedLead();
        this.overtures = new Overtures(out, rate);
    }

    /** Whether the plugin has told anything, so that there is a time; before that nobody can play here. */
    boolean hasBegun() {
        return hasBegun || look();
    }

    /** Says who hears of parameters; before the device is played. */
    public void onParameter(ParameterHandler handler) {
        parameters = handler;
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "plugin in %s (process %d), %d Hz, %d frames",
                file.host(),
                file.pid(),
                rate,
                blockFrames());
    }

    /** The longest block so far. */
    public long blockFrames() {
        return Integer.toUnsignedLong(memory.loadInt(Layout.AT_BLOCK_FRAMES));
    }

    @Override
    public long clockRate() {
        return rate;
    }

    /** The frame up to which the host has had processed and all has been taken. */
    @Override
    public long now() {
        return now;
    }

    /** A block, since answers are fetched at the beginning of each, and what waking up may take. */
    @Override
    public long leadTime() {
        return leadTime;
    }

    private long wantedLead() {
        return Math.min(blockFrames(), 10 * rate) + Math.round(SLACK_SECONDS * rate);
    }

    /** Whether the host's blocks have grown so that events are to be handed over earlier. [session] */
    public boolean needsLead() {
        return wantedLead() > leadTime;
    }

    /** Has the lead time grow with the host's blocks; sessions made before hold the old one. [session] */
    public void followBlocks() {
        leadTime = Math.max(leadTime, wantedLead());
    }

    /** Takes up where the song is, if that was told next; it stays so until it is told otherwise. */
    @Override
    public void transport(TransportState target) {
        beat();
        int flags = 0;
        if (look() && in.kind() == Layout.TRANSPORT) {
            flags = readTransport();
            in.take();
        }
        if (where.isKnown()) {
            target.set(
                    where.isRolling(),
                    where.time(),
                    where.step(),
                    where.stepsPerSecond(),
                    (flags & Layout.TRANSPORT_JUMPED) != 0,
                    (flags & Layout.TRANSPORT_PASSED) != 0);
        } else {
            target.clear();
        }
    }

    /** Returns the flags. */
    private int readTransport() {
        if (in.length() != Layout.TRANSPORT_BYTES) {
            return 0;
        }
        int flags = in.payloadInt(0);
        double step = in.payloadDouble(8);
        double speed = in.payloadDouble(16);
        boolean isSound = Double.isFinite(step) && Math.abs(step) < 1e9 && speed > 0 && speed <= FASTEST;
        now = Math.max(now, in.frame());
        jumps = in.payloadInt(4);
        if ((flags & Layout.TRANSPORT_KNOWN) != 0 && isSound) {
            where.set((flags & Layout.TRANSPORT_ROLLING) != 0, in.frame(), step, speed);
        } else {
            where.clear();
        }
        if ((flags & Layout.TRANSPORT_JUMPED) != 0) {
            // The plugin has ended what sounded, and lets nothing through that was sent before this answer. What was
            // promised was promised for where the song was.
            memory.store(Layout.AT_SETTLED_UNTIL, Long.MIN_VALUE);
            owesRestart = true;
            settleDebts();
            isVoid = overtures.begin(flags >>> Layout.TRANSPORT_OVERTURE, where);
        }
        overtures.keepPlace(where, (flags & Layout.TRANSPORT_JUMPED) != 0);
        return flags;
    }

    /** What the plugin knows beforehand. [session] */
    public Overtures overtures() {
        return overtures;
    }

    private boolean look() {
        if (state != State.OPEN) {
            return false;
        }
        Look look = in.next();
        if (look == Look.RECORD && !hasBegun) {
            hasBegun = true;
            now = in.frame();
        }
        boolean isRecord = look == Look.RECORD && isNear(in.frame() - now);
        if (look != Look.EMPTY && !isRecord) {
            LOG.warn("{} has written what is no record, and is left alone", description());
            state = State.LOST;
            // It passes notes through from now on, and can be offered an engine again.
            memory.store(Layout.AT_EPOCH, 0);
        }
        return isRecord;
    }

    private boolean isNear(long frames) {
        return frames >= -LEAP_SECONDS * rate && frames <= LEAP_SECONDS * rate;
    }

    /** Takes what was told, up to the end of a block or to where the song is told anew; 1 at least if that was reached. */
    @Override
    public int receive(MidiHandler handler) {
        beat();
        settleDebts();
        isVoid = false;
        overtures.end(now, leadTime);
        int count = 0;
        while (look()) {
            int kind = in.kind();
            if (kind == Layout.TRANSPORT) {
                // Of the time before it all is known now.
                now = Math.max(now, in.frame());
                return count + 1;
            }
            long frame = in.frame();
            if (kind == Layout.MIDI) {
                hand(handler, frame);
            } else if (kind == Layout.PARAMETER && in.length() == Layout.PARAMETER_BYTES) {
                int parameter = in.payloadInt(0);
                double value = in.payloadDouble(8);
                if (Double.isFinite(value) && !parameters.onParameter(frame, parameter, value)) {
                    in.take();
                    return count + 1;
                }
            }
            in.take();
            count++;
            if (kind == Layout.END) {
                now = Math.max(now, frame);
                return count;
            }
        }
        return count;
    }

    private void hand(MidiHandler handler, long frame) {
        if (in.length() < 1 || in.length() > Layout.LONGEST_MESSAGE) {
            dropped.add(1);
            return;
        }
        handler.onMidi(frame, in.payload(), 0, in.length());
    }

    private void beat() {
        if (state != State.OPEN) {
            return;
        }
        memory.store(Layout.AT_HEARTBEAT_NS, System.nanoTime());
    }

    /** Says what could not be said for want of room; whether nothing is owed any more. */
    private boolean settleDebts() {
        if (owesRestart && out.restart(jumps)) {
            owesRestart = false;
        }
        return !owesRestart;
    }

    @Override
    public boolean takeBack() {
        if (isVoid) {
            isVoid = false;
            return true;
        }
        overtures.stop();
        owesRestart = true;
        settleDebts();
        return true;
    }

    /** Too long ones are dropped and counted, and there was room for them. */
    @Override
    public boolean send(long due, byte[] bytes, int offset, int length) {
        if (state != State.OPEN) {
            return true;
        }
        if (length > Layout.LONGEST_MESSAGE) {
            dropped.add(1);
            return true;
        }
        if (overtures.plays(due, bytes, offset, length)) {
            return true;
        }
        if (!settleDebts() || !out.midi(due, bytes, offset, length)) {
            return false;
        }
        if (due < now) {
            late.add(1);
        }
        return true;
    }

    @Override
    public boolean route(long due, Route route) {
        int code = switch (route) {
            case ANSWERED -> 0;
            case PASSED -> 1;
            case REMEMBERED -> 2;
        };
        return state != State.OPEN || (settleDebts() && out.route(due, code));
    }

    @Override
    public void settle(long until) {
        memory.store(Layout.AT_SETTLED_UNTIL, until);
    }

    /** Says how the engine is. [any] */
    public void readiness(Readiness readiness) {
        memory.storeInt(Layout.AT_STATE, readiness.code());
    }

    /** Says what plays, for the plugin to show. [session] */
    public void show(int program, double delaySeconds, long lateWindows, long droppedMessages) {
        memory.storeInt(Layout.AT_PROGRAM, program);
        memory.store(Layout.AT_DELAY_FRAMES, Math.round(delaySeconds * rate));
        memory.store(Layout.AT_LATE_WINDOWS, lateWindows);
        memory.store(Layout.AT_DROPPED, droppedMessages);
    }

    /**
     * Says what the plugin has to know to pass things by itself: windows of the song that are remembered, and what is meant for
     * the engine and not for whoever listens behind. [session]
     *
     * @param windows a bit for each of 512 windows of 64 steps, 64 in a number
     * @param programs a bit for each program that chooses a preset
     * @param controls a bit for each control change that is a knob of the preset's
     */
    public void showOwn(long[] windows, long[] programs, long[] controls) {
        for (int i = 0; i < Layout.KNOWN_WORDS; i++) {
            memory.store(Layout.AT_KNOWN_WINDOWS + 8 * i, windows[i]);
        }
        for (int i = 0; i < 2; i++) {
            memory.store(Layout.AT_OWN_PROGRAMS + 8 * i, programs[i]);
            memory.store(Layout.AT_OWN_CONTROLS + 8 * i, controls[i]);
        }
    }

    /** How often the plugin has asked for the song to be written down. [any] */
    public long songsWanted() {
        return memory.load(Layout.AT_MEMORY_WANTED);
    }

    /** Says which request for the song was obeyed. [any] */
    public void songWritten(long request) {
        memory.store(Layout.AT_MEMORY_WRITTEN, request);
    }

    /** How often a song was brought back by the plugin. [any] */
    public long songsRestored() {
        return memory.load(Layout.AT_MEMORY_RESTORED);
    }

    /** Where the song is to be written. */
    public Path song() {
        return file.beside(RuntimeFolder.SONG);
    }

    /** Where a song lies that was brought back. */
    public Path restoredSong() {
        return file.beside(RuntimeFolder.RESTORE);
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public Counts counts() {
        return new Counts(memory.load(Layout.AT_LOST_TO_ENGINE) + dropped.get(), late.get(), 0);
    }

    /** Lets the plugin know that nobody answers any more. */
    @Override
    public void close() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            memory.store(Layout.AT_EPOCH, 0);
        }
    }
}

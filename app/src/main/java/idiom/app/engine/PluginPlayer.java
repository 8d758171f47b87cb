package idiom.app.engine;

import idiom.bridge.LiveAgent;
import idiom.bridge.plugin.Overture;
import idiom.bridge.plugin.Overtures;
import idiom.bridge.plugin.PluginDevice;
import idiom.bridge.plugin.PluginDevice.Readiness;
import idiom.engine.live.LiveSession;
import idiom.engine.live.LiveSettings;
import idiom.engine.live.LiveSettings.Thru;
import idiom.engine.live.SongMemory;
import idiom.engine.live.Sync;
import idiom.engine.live.WindowInference;
import idiom.presets.Controls;
import idiom.presets.Mode;
import idiom.presets.Preset;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One plugin instance and what answers it. Another mode, another hop or a longer block of the host's take another session;
 * what was learnt of the song goes over to it. [session], unless a method says otherwise.
 */
final class PluginPlayer {
    private static final double STEPS_PER_SECOND_AT_120 = 8;
    /** The engine looks a hundred times a second. */
    private static final int LOOKS_BETWEEN_PREPARATIONS = 10;
    /** So long after a jump the first messages are due that the engine itself is sure to send in time. */
    private static final double ANSWER_SECONDS = 0.05;

    private final PluginDevice device;
    private final Repertoire repertoire;
    private final LiveAgent agent;
    private final PluginSettings settings = new PluginSettings();
    private WindowInference lane;
    private LiveAgent.Part part;
    private Mode mode;
    private int hopSteps;
    /** Kept while a mode plays that learns nothing. */
    private @Nullable SongMemory song;

    /** What the session has changed since is not in it; a session that has changed nothing is at 0. */
    private long keptRevision;

    private final long[] known = new long[8];
    private final long[] controls = new long[2];
    /** Index of the preset that was chosen last, by whomever. */
    private int chosen;

    private boolean isStale;
    private boolean isMixedBySong;

    private final Overture overture = new Overture();
    private int looks;
    /** Counts what changes how the song sounds beside the song. */
    private int soundRevision;

    private long preparedSong = -1;
    private int preparedSound;
    private int preparedPlaces;

    /** Takes part in an agent's play. The repertoire has at least one preset. [control] */
    PluginPlayer(PluginDevice device, Repertoire repertoire, LiveAgent agent) {
        this.device = device;
        this.repertoire = repertoire;
        this.agent = agent;
        Preset first = repertoire.presets().get(0);
        settings.program(first.program());
        this.mode = settings.mode(first);
        this.hopSteps = settings.hopSteps(first);
        this.lane = repertoire.join(mode);
        this.part = newPart(lane);
        device.onParameter(this::onParameter);
        agent.add(part);
    }

    private LiveAgent.Part newPart(WindowInference inference) {
        LiveSession session = new LiveSession(
                repertoire.presets(),
                inference,
                device,
                device.clockRate(),
                device.leadTime(),
                LiveSettings.of(mode, hopSteps, Sync.TRANSPORT).withThru(Thru.ROUTED),
                STEPS_PER_SECOND_AT_120);
        return new LiveAgent.Part(device, session, Sync.TRANSPORT);
    }

    private LiveSession session() {
        return part.session();
    }

    /** Whether the device may go on at once. */
    private boolean onParameter(long frame, int parameter, double value) {
        soundRevision++;
        switch (settings.set(parameter, value)) {
            case PRESET -> selectPreset();
            case ADJUSTMENT -> session().adjust(settings.adjustment(mode));
            case MIX -> mix(frame);
            case SESSION -> isStale |= isOtherSession();
            case NONE -> {
                // The plugin sees to it itself.
            }
        }
        if (isStale) {
            agent.command(this::renew);
        }
        return !isStale;
    }

    /** By the song, or as knobs do, at once. */
    private void mix(long frame) {
        boolean isBySong = settings.mixesBySong(mode);
        if (!isBySong || isMixedBySong != isBySong) {
            session().adjust(settings.adjustment(mode));
        }
        session().mix(frame, isBySong ? settings.mix() : 1);
        isMixedBySong = isBySong;
    }

    private void selectPreset() {
        int index = repertoire.indexOf(settings.program());
        if (index >= 0) {
            chosen = index;
            session().select(index);
            isStale |= isOtherSession();
        }
        tellReadiness();
    }

    private Preset preset() {
        return repertoire.presets().get(session().preset());
    }

    private boolean isOtherSession() {
        Preset preset = preset();
        Mode wanted = settings.mode(preset);
        boolean hasOtherHop = wanted == Mode.FOLLOW && settings.hopSteps(preset) != hopSteps;
        return wanted != mode || hasOtherHop;
    }

    /** Goes on with a session of the kind that is wanted now. */
    private void renew() {
        if (!isStale) {
            return;
        }
        isStale = false;
        int index = session().preset();
        keepSong();
        LiveAgent.Part old = part;
        WindowInference oldLane = lane;
        Preset preset = preset();
        mode = settings.mode(preset);
        hopSteps = settings.hopSteps(preset);
        device.followBlocks();
        lane = repertoire.join(mode);
        part = newPart(lane);
        session().adjust(settings.adjustment(mode));
        session().select(index);
        recallSong();
        mix(device.now());
        agent.remove(old, () -> repertoire.leave(oldLane));
        agent.add(part);
    }

    private void keepSong() {
        long revision = session().songRevision();
        if (revision != keptRevision) {
            keptRevision = revision;
            session().remember().ifPresent(learnt -> song = learnt);
        }
    }

    private void recallSong() {
        if (song != null) {
            session().recall(device.now(), song);
        }
        keptRevision = session().songRevision();
    }

    /** What has been learnt of the song, in whatever mode that was. */
    Optional<SongMemory> song() {
        keepSong();
        return Optional.ofNullable(song);
    }

    /** A song comes back that was learnt once. */
    void song(SongMemory restored) {
        song = restored;
        recallSong();
        mix(device.now());
    }

    /** Looks after what changes by itself and tells the plugin how it is; several times a second. */
    void tend() {
        int program = preset().program();
        if (session().preset() != chosen) {
            // A Program Change has.
            soundRevision++;
            chosen = session().preset();
            settings.program(program);
        }
        if (device.needsLead() || isOtherSession()) {
            isStale = true;
            renew();
        }
        double delay = session().delaySteps() / session().stepsPerSecond();
        device.show(
                program,
                delay,
                session().counters().lateWindows(),
                session().counters().dropped());
        showOwn();
        tellReadiness();
        if (++looks % LOOKS_BETWEEN_PREPARATIONS == 0) {
            prepare();
        }
    }

    /** Lets the plugin know how the song begins where it may go on next, as often as that changes. */
    private void prepare() {
        long songRevision = session().songRevision();
        if (songRevision == preparedSong
                && soundRevision == preparedSound
                && device.overtures().revision() == preparedPlaces) {
            return;
        }
        double steps = (3.0 * device.leadTime() / device.clockRate() + ANSWER_SECONDS)
                * session().stepsPerSecond();
        Overtures overtures = device.overtures();
        boolean isDone = true;
        for (int i = 0; i < overtures.size(); i++) {
            double step = overtures.place(i);
            if (!Double.isNaN(step)) {
                overture.begin(step);
                session().passage(step, step + steps, overture);
                isDone &= overtures.prepare(i, overture);
            }
        }
        if (isDone) {
            preparedSong = songRevision;
            preparedSound = soundRevision;
            preparedPlaces = overtures.revision();
        }
    }

    private void showOwn() {
        session().known(known);
        Arrays.fill(controls, 0);
        Controls own = preset().controls();
        mark(own.mix());
        mark(own.threshold());
        mark(own.bypass());
        mark(own.tap());
        device.showOwn(known, repertoire.programs(), controls);
    }

    private void mark(OptionalInt control) {
        control.ifPresent(number -> controls[number >> 6] |= 1L << number);
    }

    private void tellReadiness() {
        device.readiness(
                !repertoire.isWarm()
                        ? Readiness.LOADING
                        : repertoire.indexOf(settings.program()) < 0 ? Readiness.PRESET_MISSING : Readiness.READY);
    }

    /** Takes no more part in the agent's play; {@code then} runs after that. [control] */
    void leave(Runnable then) {
        agent.command(() -> agent.remove(part, () -> {
            repertoire.leave(lane);
            then.run();
        }));
    }
}

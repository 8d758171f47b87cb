package idiom.app.live;

import idiom.app.transfer.Networks;
import idiom.bridge.Device;
import idiom.bridge.LiveAgent;
import idiom.bridge.priority.Scheduler;
import idiom.engine.generator.Generator;
import idiom.engine.live.InferenceAgent;
import idiom.engine.live.LiveCounters;
import idiom.engine.live.LiveSession;
import idiom.engine.live.LiveSettings;
import idiom.engine.onnx.GenreClassifier;
import idiom.engine.onnx.InferenceOptions;
import idiom.presets.Preset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One virtual device with everything behind it: presets, networks, session. [control], unless a method says otherwise. */
public final class Performer implements AutoCloseable {
    private static final double STEPS_PER_QUARTER = 4;
    private static final int NO_WISH = -1;

    private final List<Preset> presets;
    private final Device device;
    private final InferenceAgent inference;
    private final LiveSession session;
    private final LiveSettings settings;
    private final AtomicInteger wish = new AtomicInteger(NO_WISH);
    private final @Nullable GenreWatch watch;
    private volatile int shownPreset;
    private volatile double shownStep;
    private volatile double shownStepsPerSecond;
    private volatile boolean shownLoop;
    private volatile boolean shownBypass;

    /**
     * Loads networks and gets everything ready; {@link #part} then plays in a {@link LiveAgent}.
     *
     * @param presets with their models on disk; the first plays
     * @param device closed along with this
     * @param classifier chooses among the first presets by what it hears, and is closed along with this; null if nobody shall
     * @param leading how many of the presets, from the first on, the classifier may choose from
     * @param bpm tempo in quarters a minute
     * @param isRealtime whether the networks' thread runs before all that is not realtime; where the system refuses,
     *     {@link LiveAgent} says so
     */
    public Performer(
            List<Preset> presets,
            Networks networks,
            InferenceOptions options,
            Device device,
            LiveSettings settings,
            @Nullable GenreClassifier classifier,
            int leading,
            double bpm,
            boolean isRealtime) {
        this.presets = List.copyOf(presets);
        this.device = device;
        this.settings = settings;
        List<Generator> generators = new ArrayList<>();
        for (Preset preset : presets) {
            generators.add(networks.generator(preset.modelFor(settings.mode()), options)
                    .generator());
        }
        this.watch = classifier == null ? null : new GenreWatch(classifier, presets.subList(0, leading), wish::set);
        this.inference = new InferenceAgent(generators, watch, isRealtime ? Scheduler.ofSystem()::runSecond : () -> {});
        this.session = new LiveSession(
                presets,
                inference,
                device,
                device.clockRate(),
                device.leadTime(),
                settings,
                bpm / 60 * STEPS_PER_QUARTER);
        inference.start();
    }

    /** What a {@link LiveAgent} plays. */
    public LiveAgent.Part part() {
        return new LiveAgent.Part(device, session, settings.sync());
    }

    /** Whether all networks have been warmed up. [any] */
    public boolean isWarm() {
        return inference.isWarm();
    }

    /** Does what has been wished for from elsewhere, and notes for others how it is. [session] */
    public void fulfil() {
        int index = wish.getAndSet(NO_WISH);
        // Who has chosen a preset by hand does not want it changed.
        if (index != NO_WISH && !session.isPlayersChoice()) {
            session.select(index);
        }
        shownLoop = session.isLoop();
        shownBypass = session.isBypassed();
        shownPreset = session.preset();
        shownStep = session.stepAt(device.now());
        shownStepsPerSecond = session.stepsPerSecond();
    }

    /** Ends everything that sounds. [session] */
    public void panic() {
        session.panic(device.now());
    }

    /** A beat that somebody taps. [session] */
    public void tap() {
        session.tap(device.now());
    }

    /** Lets notes pass unchanged, or no longer. [session] */
    public void toggleBypass() {
        session.bypass(!session.isBypassed());
    }

    /** Whether notes pass unchanged, as of the last {@link #fulfil}. [any] */
    public boolean isBypassed() {
        return shownBypass;
    }

    /** Whether what it sends comes back in, as of the last {@link #fulfil}. [any] */
    public boolean isLoop() {
        return shownLoop;
    }

    /** The preset that plays, as of the last {@link #fulfil}. [any] */
    public Preset preset() {
        return presets.get(shownPreset);
    }

    /** Where the music was at the last {@link #fulfil}, in 16ths. [any] */
    public double step() {
        return shownStep;
    }

    /** Tempo at the last {@link #fulfil}, in quarters a minute. [any] */
    public double bpm() {
        return shownStepsPerSecond * 60 / STEPS_PER_QUARTER;
    }

    /** What has been done. [any] */
    public LiveCounters counters() {
        return session.counters();
    }

    /** The ports. [any] */
    public Device device() {
        return device;
    }

    /** Closes networks and ports; the agent that played this must have been closed before. */
    @Override
    public void close() {
        inference.close();
        if (watch != null) {
            watch.close();
        }
        device.close();
    }
}

package idiom.app.live;

import idiom.engine.onnx.GenreClassifier;
import idiom.engine.onnx.GenreEstimate;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Preset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Listens to what comes in and says which preset fits: the one that leads from the genre it hears. It changes its mind only
 * after hearing another genre several times in a row, so that one strange bar does not turn the music round; and it listens
 * only twice a second, since the next window waits meanwhile. [inference]
 */
public final class GenreWatch implements Consumer<PianoRoll>, AutoCloseable {
    private static final int SURE = 3;
    private static final long INTERVAL_NS = 500_000_000;

    private final Function<PianoRoll, GenreEstimate> ear;
    private final Runnable onClose;
    private final List<Preset> presets;
    private final IntConsumer choose;
    private final LongSupplier clock;
    private int current;
    private int candidate;
    private int times;
    private long nextNs;

    /**
     * A watch that takes the first preset for right to begin with.
     *
     * @param classifier is closed with the watch
     * @param choose told the index of another preset; called on the thread that listens
     */
    public GenreWatch(GenreClassifier classifier, List<Preset> presets, IntConsumer choose) {
        this(classifier::estimate, classifier::close, presets, choose, System::nanoTime);
    }

    /** @param clock in nanoseconds */
    GenreWatch(
            Function<PianoRoll, GenreEstimate> ear,
            Runnable onClose,
            List<Preset> presets,
            IntConsumer choose,
            LongSupplier clock) {
        this.ear = ear;
        this.onClose = onClose;
        this.presets = List.copyOf(presets);
        this.choose = choose;
        this.clock = clock;
        this.nextNs = clock.getAsLong();
    }

    @Override
    public void accept(PianoRoll window) {
        long now = clock.getAsLong();
        if (now - nextNs >= 0) {
            hear(ear.apply(window));
            nextNs = now + INTERVAL_NS;
        }
    }

    private void hear(GenreEstimate estimate) {
        int heard = current;
        double most = 0;
        for (Map.Entry<String, Double> genre : estimate.probabilities().entrySet()) {
            int index = presetFrom(genre.getKey());
            if (index >= 0 && genre.getValue() > most) {
                most = genre.getValue();
                heard = index;
            }
        }
        times = heard == candidate ? times + 1 : 1;
        candidate = heard;
        if (heard != current && times >= SURE) {
            current = heard;
            choose.accept(heard);
        }
    }

    private int presetFrom(String genre) {
        for (int i = 0; i < presets.size(); i++) {
            if (presets.get(i).source().equals(genre)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() {
        onClose.run();
    }
}

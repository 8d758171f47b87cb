package idiom.app.live;

import idiom.engine.onnx.GenreClassifier;
import idiom.engine.onnx.GenreEstimate;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Preset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Listens to what comes in and says which preset fits: the one that leads from the genre it hears. It changes its mind only
 * after hearing another genre several times in a row, so that one strange bar does not turn the music round. [inference]
 */
public final class GenreWatch implements Consumer<PianoRoll>, AutoCloseable {
    private static final int SURE = 3;

    private final @Nullable GenreClassifier classifier;
    private final List<Preset> presets;
    private final IntConsumer choose;
    private int current;
    private int candidate;
    private int times;

    /**
     * A watch that takes the first preset for right to begin with.
     *
     * @param choose told the index of another preset; called on the thread that listens
     */
    public GenreWatch(GenreClassifier classifier, List<Preset> presets, IntConsumer choose) {
        this.classifier = classifier;
        this.presets = List.copyOf(presets);
        this.choose = choose;
    }

    private GenreWatch(List<Preset> presets, IntConsumer choose) {
        this.classifier = null;
        this.presets = List.copyOf(presets);
        this.choose = choose;
    }

    /** A watch without a classifier of its own, which is told what there is to hear. */
    static GenreWatch of(List<Preset> presets, IntConsumer choose) {
        return new GenreWatch(presets, choose);
    }

    @Override
    public void accept(PianoRoll window) {
        if (classifier != null) {
            hear(classifier.estimate(window));
        }
    }

    void hear(GenreEstimate estimate) {
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
        if (classifier != null) {
            classifier.close();
        }
    }
}

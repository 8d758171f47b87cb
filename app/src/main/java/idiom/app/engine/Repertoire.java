package idiom.app.engine;

import idiom.app.transfer.Failures;
import idiom.app.transfer.Networks;
import idiom.engine.generator.Generator;
import idiom.engine.live.InferenceAgent;
import idiom.engine.live.WindowInference;
import idiom.engine.onnx.InferenceOptions;
import idiom.presets.Mode;
import idiom.presets.ModelFile;
import idiom.presets.Preset;
import idiom.presets.PresetLibrary;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All presets that can be played, and one set of networks for all who play them. [control] */
final class Repertoire implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Repertoire.class);

    private final List<Preset> presets = new ArrayList<>();
    private final long[] programs = new long[2];
    private final InferenceAgent inference;

    /** Loads the presets of a library; one that is broken is named and left out. */
    Repertoire(PresetLibrary library, Networks networks) {
        List<Generator> instants = new ArrayList<>();
        List<Generator> generators = new ArrayList<>();
        for (PresetLibrary.Entry entry : library.entries()) {
            try {
                Preset preset = library.load(entry);
                Generator instant = load(networks, preset.modelFor(Mode.INSTANT));
                try {
                    generators.add(preset.instant().isEmpty() ? instant : load(networks, preset.model()));
                } catch (RuntimeException e) {
                    instant.close();
                    throw e;
                }
                // By index: all three or none.
                instants.add(instant);
                presets.add(preset);
            } catch (RuntimeException e) {
                LOG.warn("The preset {} is left out: {}", entry.name(), Failures.line(e));
            }
        }
        for (Preset preset : presets) {
            programs[preset.program() >> 6] |= 1L << preset.program();
        }
        generators.addAll(instants);
        inference = new InferenceAgent(generators, null);
        inference.start();
    }

    private static Generator load(Networks networks, ModelFile model) {
        return networks.generator(model, InferenceOptions.defaults()).generator();
    }

    /** A bit for each program that a preset has, 64 in a number. [any] */
    long[] programs() {
        return programs;
    }

    /** What can be played, in the order of {@link PresetLibrary#entries}. */
    List<Preset> presets() {
        return presets;
    }

    /** Index of the preset of a program; -1 if there is none. [any] */
    int indexOf(int program) {
        for (int i = 0; i < presets.size(); i++) {
            if (presets.get(i).program() == program) {
                return i;
            }
        }
        return -1;
    }

    /** A way to the networks for one session that plays in a mode. */
    WindowInference join(Mode mode) {
        return inference.join(mode == Mode.INSTANT ? presets.size() : 0);
    }

    void leave(WindowInference lane) {
        inference.leave(lane);
    }

    /** Whether all networks have been warmed up. [any] */
    boolean isWarm() {
        return inference.isWarm();
    }

    @Override
    public void close() {
        inference.close();
    }
}

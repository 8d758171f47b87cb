package idiom.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.app.transfer.Networks;
import idiom.bridge.DeviceSpec;
import idiom.bridge.loopback.LoopbackBackend;
import idiom.engine.generator.IdentityGenerator;
import idiom.engine.live.LiveSettings;
import idiom.engine.live.Sync;
import idiom.engine.onnx.GenreClassifier;
import idiom.engine.onnx.InferenceOptions;
import idiom.presets.Decoding;
import idiom.presets.Hop;
import idiom.presets.Mode;
import idiom.presets.ModelFile;
import idiom.presets.Output;
import idiom.presets.Preset;
import idiom.presets.Provenance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PerformerTest {
    private static final ModelFile WHOLE = new ModelFile(Path.of("whole.onnx"), "0".repeat(64));
    private static final ModelFile SMALL = new ModelFile(Path.of("small.onnx"), "1".repeat(64));

    /** Remembers what it was asked for. */
    private static final class Asked implements Networks {
        private final List<ModelFile> models = new ArrayList<>();

        @Override
        public Loaded generator(ModelFile model, InferenceOptions options) {
            models.add(model);
            return new Loaded(new IdentityGenerator(), "nothing");
        }

        @Override
        public GenreClassifier classifier(ModelFile model, InferenceOptions options) {
            throw new IllegalStateException("nobody listens: model=" + model.path());
        }
    }

    private static Preset preset() {
        return new Preset(
                "pop-to-jazz",
                5,
                "pop",
                "jazz",
                WHOLE,
                Mode.PHRASE,
                Hop.WINDOW,
                Decoding.PLAIN,
                Output.AS_INPUT,
                Provenance.UNKNOWN);
    }

    private static List<ModelFile> models(Mode mode, Preset preset) throws Exception {
        Asked networks = new Asked();
        try (LoopbackBackend backend = new LoopbackBackend();
                Performer performer = new Performer(
                        List.of(preset),
                        networks,
                        InferenceOptions.defaults(),
                        backend.open(new DeviceSpec("to Jazz", null, null)),
                        LiveSettings.of(mode, 64, Sync.INTERNAL),
                        null,
                        0,
                        120,
                        false)) {
            assertThat(performer.part()).isNotNull();
        }
        return networks.models;
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void shouldPlayInstantWithTheSmallerModelAndAllElseWithTheWholeOne(Mode mode) throws Exception {
        Preset preset = preset().withModels(WHOLE, Optional.of(SMALL));

        assertThat(models(mode, preset)).containsExactly(mode == Mode.INSTANT ? SMALL : WHOLE);
    }

    @Test
    void shouldPlayInstantWithTheWholeModelWhereThereIsNoOther() throws Exception {
        assertThat(models(Mode.INSTANT, preset())).containsExactly(WHOLE);
    }
}

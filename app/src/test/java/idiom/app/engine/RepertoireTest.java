package idiom.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.app.transfer.Networks;
import idiom.engine.generator.Generator;
import idiom.engine.generator.GeneratorException;
import idiom.engine.generator.IdentityGenerator;
import idiom.engine.onnx.GenreClassifier;
import idiom.engine.onnx.InferenceOptions;
import idiom.presets.ModelFile;
import idiom.presets.PresetLibrary;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepertoireTest {
    @TempDir
    private Path folder;

    /** Can't load one model, and keeps account of the others. */
    private static final class Failing implements Networks {
        private final Path broken;
        private final Set<Path> open = new HashSet<>();

        Failing(Path broken) {
            this.broken = broken;
        }

        @Override
        public Loaded generator(ModelFile model, InferenceOptions options) {
            if (model.path().equals(broken)) {
                throw new GeneratorException("broken on purpose");
            }
            open.add(model.path());
            IdentityGenerator identity = new IdentityGenerator();
            return new Loaded(
                    new Generator() {
                        @Override
                        public int maxBatch() {
                            return identity.maxBatch();
                        }

                        @Override
                        public void generate(float[] windows, float[] probabilities, int count) {
                            identity.generate(windows, probabilities, count);
                        }

                        @Override
                        public void close() {
                            open.remove(model.path());
                        }
                    },
                    "a test");
        }

        @Override
        public GenreClassifier classifier(ModelFile model, InferenceOptions options) {
            throw new AssertionError("nobody listens");
        }
    }

    /** Networks are found by their place: one that is left out must not leave half of itself behind. */
    @Test
    void shouldLeaveOutAllOfAPresetThatIsBroken() {
        PresetLibrary library = EngineThread.presets(folder);
        List<String> names =
                library.entries().stream().map(PresetLibrary.Entry::name).toList();
        for (boolean isInstant : new boolean[] {true, false}) {
            var broken = library.load(library.named("classic-to-pop"));
            Failing networks = new Failing(
                    isInstant
                            ? broken.instant().orElseThrow().path()
                            : broken.model().path());
            try (Repertoire repertoire = new Repertoire(library, networks)) {
                assertThat(repertoire.presets())
                        .extracting(preset -> preset.name())
                        .containsExactlyElementsOf(names.stream()
                                .filter(name -> !name.equals(broken.name()))
                                .toList());
                assertThat(repertoire.indexOf(broken.program())).isEqualTo(-1);
                assertThat(repertoire.programs()).containsExactly(0b111011L, 0L);
                assertThat(networks.open).hasSize(2 * repertoire.presets().size());
            }
            assertThat(networks.open).isEmpty();
        }
    }
}

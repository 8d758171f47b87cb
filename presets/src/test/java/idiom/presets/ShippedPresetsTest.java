package idiom.presets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is bundled keeps its promises; sleeps while nothing is bundled, wakes with the first line of the index. */
class ShippedPresetsTest {
    /** Fixed for good: stage rigs and songs of a DAW refer to these numbers. */
    private static final List<String> BY_PROGRAM = List.of(
            "jazz-to-classic", "classic-to-jazz", "classic-to-pop", "pop-to-classic", "jazz-to-pop", "pop-to-jazz");

    private static final long MAX_MODEL_BYTES = 4_000_000;

    @TempDir
    private Path root;

    private PresetLibrary library;

    @BeforeEach
    void open() {
        library = new PresetLibrary(BundledPresets.shipped(root.resolve("cache")), root.resolve("none"));
        assumeThat(library.bundled().names())
                .as("no preset is bundled yet: index.txt names none")
                .isNotEmpty();
    }

    @Test
    void shouldShipAllSixDirectionsUnderTheirProgramNumbers() {
        assertThat(library.problems()).isEmpty();
        assertThat(library.bundled().names()).isEqualTo(BY_PROGRAM);
        for (int program = 0; program < BY_PROGRAM.size(); program++) {
            Preset preset = library.named(BY_PROGRAM.get(program)).preset();
            assertThat(preset.program()).isEqualTo(program);
            assertThat(preset.source() + "-to-" + preset.target()).isEqualTo(preset.name());
            assertThat(preset.provenance().facts()).isNotEmpty();
        }
    }

    @Test
    void shouldShipWholeModelsOfAFewMegabytes() throws IOException {
        for (PresetLibrary.Entry entry : library.entries()) {
            Path model = library.load(entry).model().path();
            assertThat(Files.size(model)).as(entry.name()).isBetween(1L, MAX_MODEL_BYTES);
            Path instant = library.load(entry).modelFor(Mode.INSTANT).path();
            assertThat(Files.size(instant)).as(entry.name()).isBetween(1L, Files.size(model));
        }
        assertThat(library.bundled().classifier()).isPresent();
    }
}

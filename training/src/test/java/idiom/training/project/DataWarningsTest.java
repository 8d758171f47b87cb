package idiom.training.project;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.training.data.Dataset;
import idiom.training.data.MidiPreparation;
import idiom.training.data.PrepareRequest;
import idiom.training.data.RollRules;
import idiom.training.run.TrainingData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataWarningsTest {
    @TempDir
    private Path temporary;

    private List<String> warnings() throws IOException {
        Map<String, Path> genres = new TreeMap<>(Map.of("a", temporary.resolve("a"), "b", temporary.resolve("b")));
        Path output = temporary.resolve("data");
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        new MidiPreparation(
                        new PrepareRequest(genres, output, 0.2, 1, 1, false, RollRules.PRODUCT, true, null, false),
                        nowhere)
                .run();
        return DataWarnings.of(TrainingData.of(Dataset.open(output), "a", "b"));
    }

    @Test
    void shouldSayWhatLittleAndLopsidedMusicMeans() throws IOException {
        // 8 songs of 2 phrases against 80; a fifth for testing.
        Songs.write(temporary.resolve("a"), 8, 8, 72);
        Songs.write(temporary.resolve("b"), 80, 8, 36);

        List<String> warnings = warnings();

        assertThat(warnings).hasSize(3);
        assertThat(warnings.get(0))
                .startsWith("note: only 14 phrases of each genre to learn from, where the papers had");
        assertThat(warnings.get(1))
                .isEqualTo("note: only 2 phrases of each genre to test with: a share measured on them can be off by 71"
                        + " points");
        assertThat(warnings.get(2))
                .startsWith(
                        "note: b has 9 times as many phrases as a: both genres are cut to 14, the rest of it is not");
    }

    @Test
    void shouldNoticeSongsThatAreInBothFolders() throws IOException {
        Songs.write(temporary.resolve("a"), 8, 8, 72);
        Songs.write(temporary.resolve("b"), 8, 8, 36);
        for (int song = 0; song < 4; song++) {
            String name = "song " + song + ".mid";
            Files.copy(
                    temporary.resolve("a").resolve(name), temporary.resolve("b").resolve("copy of " + name));
        }

        assertThat(warnings()).anyMatch(line -> line.endsWith("in the other one too: are songs in both folders?"));
    }
}

package idiom.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.training.Synthetic;
import idiom.training.classifier.KnownClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesCommandTest {
    @TempDir
    private Path folder;

    private Path data;
    private Path judge;
    private Path there;
    private Path back;
    private Path output;

    @BeforeEach
    void trainAndExport() throws IOException {
        data = Synthetic.dataset(folder.resolve("data"), 80, 16, 1);
        judge = KnownClassifier.writeBoth(folder.resolve("judge.ck"), "jazz", "classic");
        Path run = folder.resolve("run");
        Path presets = folder.resolve("presets");
        there = presets.resolve("jazz-to-classic.toml");
        back = presets.resolve("classic-to-jazz.toml");
        output = folder.resolve("pages");
        Tiny.train(data, judge, run);
        Terminal exported = Terminal.run("export", "--data", data, "--run", run, "--threads", 1, "-o", presets);
        assertThat(exported.status()).as(exported.err()).isZero();
    }

    @Test
    void shouldTellWhatPresetsDo() throws IOException {
        Object[] command = {
            "pages",
            "--data",
            data,
            "--judge",
            judge,
            "--second-judge",
            judge,
            "--sample",
            3,
            "--shown",
            1,
            "--threads",
            1,
            "-o",
            output,
            there,
            back
        };
        Terminal pages = Terminal.run(Tiny.joined(command, "--wav"));

        assertThat(pages.status()).as(pages.err()).isZero();
        String page = Files.readString(output.resolve("jazz-to-classic.md"));
        assertThat(page)
                .startsWith("# Jazz to classic\n\nThe preset `jazz-to-classic`, program 0, plays jazz as classic.\n")
                .contains("3 phrases of jazz of the test split, drawn with seed 1, with the preset's own decoding")
                .contains(
                        "| the papers' classifier | ",
                        "| another one",
                        "| longest silence, sixteenths",
                        "judge " + judge)
                .doesNotContain(output.toString(), ".tmp", "NaN");
        // All that the pages name is there, and nothing else.
        Set<String> named = new TreeSet<>(Set.of("README.md"));
        for (String file : List.of("README.md", "jazz-to-classic.md", "classic-to-jazz.md")) {
            Matcher links = Pattern.compile("\\]\\(([^)]+)\\)").matcher(Files.readString(output.resolve(file)));
            while (links.find()) {
                assertThat(output.resolve(links.group(1))).isNotEmptyFile();
                named.add(links.group(1));
            }
        }
        // A page, a picture, and a phrase before and after as MIDI and WAV.
        assertThat(named).hasSize(1 + 2 * 6);
        try (Stream<Path> files = Files.list(output)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(named);
        }

        assertThat(Terminal.run(command).errors())
                .containsExactly("idiom-train: " + output.toAbsolutePath()
                        + ": there is a folder of preset pages already; --force replaces it");
        assertThat(Terminal.run(Tiny.joined(command, "--wav", "--force")).status())
                .isZero();
        assertThat(output.resolve("jazz-to-classic.md")).hasContent(page);
    }

    @Test
    void shouldRefusePresetsThatDoNotLeadBack() {
        Terminal failed =
                Terminal.run("pages", "--data", data, "--judge", judge, "--sample", 3, "-o", output, there, there);

        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.errors())
                .last()
                .isEqualTo(
                        "idiom-train: no preset leads back from classic to jazz: strength is measured there and back,"
                                + " so name one as well: preset=jazz-to-classic");
        assertThat(output).doesNotExist();
    }
}

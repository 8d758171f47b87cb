package idiom.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.training.Synthetic;
import idiom.training.classifier.KnownClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    private Path folder;

    private Path data;
    private Path judge;
    private Path run;
    private Path attribution;
    private Path output;

    @BeforeEach
    void trainAndAttribute() throws IOException {
        data = Synthetic.dataset(folder.resolve("data"), 80, 16, 1);
        judge = KnownClassifier.writeBoth(folder.resolve("judge.ck"), "jazz", "classic");
        run = folder.resolve("run");
        attribution = folder.resolve("attribution");
        output = folder.resolve("report");
        Tiny.train(data, judge, run);
        Terminal attributed = Terminal.run(
                "attribute",
                "--data",
                data,
                "--judge",
                judge,
                "--sample",
                4,
                "--permutations",
                5,
                "--threads",
                1,
                "-o",
                attribution);
        assertThat(attributed.status()).as(attributed.err()).isZero();
    }

    @Test
    void shouldShowARunAndWhatTheJudgeGoesBy() throws IOException {
        Object[] command = {
            "report",
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
            "--attribution",
            attribution,
            "-o",
            output,
            run
        };
        Terminal report = Terminal.run(command);

        assertThat(report.status()).as(report.err()).isZero();
        String page = Files.readString(output.resolve("report.html"));
        assertThat(page)
                .contains("Shares called the source genre", "Brunner et al. 2019, figure 1", "generator.width")
                .contains("A second opinion", "<td>run.json</td>", "What the judge goes by: attribution")
                .doesNotContain(output.toString(), ".tmp");
        // Everything that the page shows is there, and is what it says.
        Matcher links = Pattern.compile("(?:src|href)=\"([^#\"]+)\"").matcher(page);
        int sounds = 0;
        while (links.find()) {
            assertThat(output.resolve(links.group(1))).isNotEmptyFile();
            sounds += links.group(1).endsWith(".wav") ? 1 : 0;
        }
        assertThat(sounds).isEqualTo(6);
        assertThat(Terminal.run("table", "again=" + output.resolve("run.json")).status())
                .isZero();

        assertThat(Terminal.run(command).errors())
                .containsExactly("idiom-train: " + output.toAbsolutePath()
                        + ": there is a report of runs already; --force replaces it");
        assertThat(Terminal.run(Tiny.joined(command, "--force")).status()).isZero();
        assertThat(output.resolve("report.html")).hasContent(page);
    }

    /** At once, before anything is measured: the second line would be a progress. */
    @Test
    void shouldRefuseWhatItCannotShow() throws IOException {
        Object[] command = {"report", "--data", data, "--judge", judge, "--sample", 3, "--threads", 1, "-o", output, run
        };

        assertThat(failure(Tiny.joined(command, run)))
                .isEqualTo("idiom-train: " + run + ": another run has that name; rename the folder of one: name=run");
        assertThat(failure(Tiny.joined(command, "--attribution", folder)))
                .isEqualTo("idiom-train: " + folder
                        + ": no folder that idiom-train attribute has made: missing=saliency.png");
        Path others = KnownClassifier.write(folder.resolve("others.ck"), "pop", "classic");
        Object[] stranger = {"report", "--data", data, "--judge", others, "-o", output, run};
        assertThat(failure(stranger))
                .isEqualTo(
                        "idiom-train: no judge knows both jazz and classic: name one with --judge; there are judges of"
                                + " pop, classic");
        assertThat(failure("report", "--data", data, "--judge", judge, "-o", output, folder.resolve("none")))
                .isEqualTo(
                        "idiom-train: " + folder.resolve("none") + ": no training run here (recipe.toml is missing)");
        assertThat(failure(Tiny.joined(command, "--shown", -1)))
                .isEqualTo("idiom-train: numbers of phrases must be 0 or more: phrases=3 shown=-1");
        assertThat(output).doesNotExist();
    }

    private static String failure(Object... command) {
        Terminal failed = Terminal.run(command);
        assertThat(failed.status()).isEqualTo(1);
        return failed.errors().stream()
                .filter(line -> !line.startsWith("computing on "))
                .collect(Collectors.joining("; "));
    }
}

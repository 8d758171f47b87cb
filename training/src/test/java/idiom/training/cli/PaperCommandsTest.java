package idiom.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.training.Synthetic;
import idiom.training.classifier.KnownClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code correlate}, {@code table} and {@code accuracy}. */
class PaperCommandsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldRepeatThePublishedStudy() throws IOException {
        Path csv = folder.resolve("r.csv");
        Path json = folder.resolve("r.json");
        Path scores = folder.resolve("s.csv");
        Object[] command = {
            "correlate", "--published", "--resamples", 200, "--csv", csv, "--json", json, "--scores", scores
        };
        Terminal correlate = Terminal.run(command);

        assertThat(correlate.status()).as(correlate.err()).isZero();
        assertThat(correlate.out())
                .contains("| Baseline | 8     | 0.701 | 1.327          |")
                .contains("| content_change | 32 | -0.80541761 | ");
        assertThat(Files.readAllLines(csv)).hasSize(2).last().asString().startsWith("content_change,32,-0.80541761,");
        assertThat(json).content().contains("\"pearson\" : -0.80541761");
        assertThat(Files.readAllLines(scores)).hasSize(33);
        assertThat(Terminal.run(command).errors())
                .containsExactly("idiom-train: " + csv + " is there already; --force writes over it");
        // What was written can be read again.
        Terminal again = Terminal.run("correlate", scores, "--resamples", 200);
        assertThat(again.out()).isEqualTo(correlate.out());
    }

    @Test
    void shouldGoFromRankingsToCorrelations() throws IOException {
        Path rankings = write("rankings.csv", "participant,item,model,rank", "p,1,A,1", "p,1,B,2", "p,1,C,3");
        Terminal alone = Terminal.run("correlate", "--rankings", rankings);
        assertThat(alone.status()).isZero();
        assertThat(alone.out().lines()).hasSize(2 + 3).contains("| B     | 1     | 0.500 |");

        Path metrics = write("metrics.csv", "item,model,change,same", "1,A,1,4", "1,B,2,4", "1,C,9,4");
        Terminal both = Terminal.run("correlate", "--rankings", rankings, metrics, "--resamples", 50);
        assertThat(both.status()).isZero();
        // Scores 1, 1/2, 0 and changes 1, 2, 9: -4 over the root of 1/2 times 38.
        assertThat(both.out())
                .contains("| change    | 3 | -0.91766294 | -    |")
                .doesNotContain("\n| same ");
        assertThat(both.errors())
                .containsExactly("what is the same at all points has no correlation: column=same value=4.0 points=3");
    }

    @Test
    void shouldSayInOneLineWhatCannotBeCorrelated() throws IOException {
        Path one = write("one.csv", "item,model,s_hr,x", "1,A,0.5,1");
        assertThat(failed("correlate", one))
                .containsExactly("idiom-train: a correlation needs three points or more: column=x points=1");
        Path twice = write("twice.csv", "participant,item,model,rank", "p,1,A,1", "p,1,A,2");
        assertThat(failed("correlate", "--rankings", twice))
                .containsExactly(
                        "idiom-train: " + twice
                                + ":3: a participant ranks a model once for an item: participant=p item=1 model=A, as in line 2");
        Path missing = folder.resolve("missing.csv");
        assertThat(failed("correlate", missing))
                .singleElement()
                .asString()
                .startsWith("idiom-train: " + missing + ": cannot be read: ");
        assertThat(Terminal.run("correlate").status()).isEqualTo(2);
        assertThat(Terminal.run("correlate", "--published", one).status()).isEqualTo(2);
        assertThat(Terminal.run("correlate", "--published", "--resamples", 0).errors())
                .first()
                .isEqualTo("--resamples must be from 1 to 10000000: --resamples=0");
    }

    @Test
    void shouldShowThePublishedTables() throws IOException {
        Path json = folder.resolve("t.json");
        Terminal table = Terminal.run("table", "--json", json);

        assertThat(table.status()).isZero();
        assertThat(table.out()).contains("| SN+SA, Brunner et al. 2019, figure 1         | 66.76 %        |");
        assertThat(json).content().startsWith("[").contains("\"measure\" : \"audible_quality\"");
        assertThat(Terminal.run("table", "=x.json").status()).isEqualTo(2);
        Path missing = folder.resolve("missing.json");
        assertThat(failed("table", "mine=" + missing))
                .singleElement()
                .asString()
                .startsWith("idiom-train: " + missing + ": must be what idiom-train evaluate --json writes: ");
    }

    @Test
    void shouldMeasureAJudgeThatIsThere() throws IOException {
        Path data = Synthetic.dataset(folder.resolve("data"), 8, 6, 1);
        Path judge = KnownClassifier.write(folder.resolve("judge.ck"), "jazz", "classic");
        Path csv = folder.resolve("a.csv");
        Object[] command = {"accuracy", "--data", data, judge, "--threads", 1, "--csv", csv, "--device", "cpu"};
        Terminal accuracy = Terminal.run(command);

        assertThat(accuracy.status()).as(accuracy.err()).isZero();
        assertThat(accuracy.out().lines()).hasSize(2 + 3);
        assertThat(accuracy.out())
                .contains("| jazz / classic | ")
                .contains(" 12 test ")
                .contains(" 88.89 % ");
        assertThat(accuracy.err()).contains(judge + ", noise: 6/6, ");
        List<String> rows = Files.readAllLines(csv);
        assertThat(rows).hasSize(7);
        assertThat(rows.get(1)).isEqualTo(judge + ",jazz / classic,12,0.0,1.0,1.0,0.8889");
        assertThat(Terminal.run(command).errors())
                .containsExactly("idiom-train: " + csv + " is there already; --force writes over it");

        Path other = KnownClassifier.write(folder.resolve("other.ck"), "jazz", "pop");
        assertThat(failed("accuracy", "--data", data, other, "--device", "cpu"))
                .last()
                .isEqualTo("idiom-train: " + data + ": no such genre: genre=pop; there are classic, jazz");
        assertThat(Terminal.run("accuracy", "--data", data).status()).isEqualTo(2);
    }

    private static List<String> failed(Object... command) {
        Terminal terminal = Terminal.run(command);
        assertThat(terminal.status()).isEqualTo(1);
        assertThat(terminal.out()).isEmpty();
        return terminal.errors();
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines));
    }
}

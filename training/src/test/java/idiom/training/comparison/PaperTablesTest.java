package idiom.training.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import idiom.engine.metrics.Texture;
import idiom.engine.metrics.TransferStrength;
import idiom.training.data.DataException;
import idiom.training.evaluate.ChangedNotes;
import idiom.training.evaluate.ContentSpread;
import idiom.training.evaluate.DirectionResult;
import idiom.training.evaluate.EvaluationReport;
import idiom.training.evaluate.PairResult;
import idiom.training.evaluate.Spread;
import idiom.training.published.Figure;
import idiom.training.published.PublishedFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaperTablesTest {
    @TempDir
    private Path folder;

    @Test
    void shouldShowAllThatWasPublished() {
        PaperTables tables = PaperTables.of(List.of());
        List<String> lines =
                tables.toText().lines().map(PaperTablesTest::squeezed).toList();

        assertThat(lines)
                .contains(
                        "SN, classic to pop: what is removed is as printed; what is added and the total leave 0.09.",
                        "| classic / pop | full (sigma_D=1) | Brunner et al. 2018, transfer table | 86.91 / 26.61 / 87.18 % |"
                                + " 80.04 / 24.30 / 80.15 % | 58.10 % |",
                        "| pop to classic | SN (sigma_D=1) | Brunner et al. 2019, table 1 | as published | 0.08 (0.09) |"
                                + " 0.30 (0.11) | 0.38 (0.16) |",
                        "| model | jazz / classic | classic / pop | jazz / pop |",
                        "| full, Brunner et al. 2018, transfer table | 69.00 % | 58.10 % | 30.50 % |",
                        "| SA, Brunner et al. 2019, figure 1 | 63.56 % | 59.35 % | 44.85 % |");
        assertThat(tables.toCsv().lines()).hasSize(1 + PublishedFigures.all().size());
    }

    @Test
    void shouldLayOutWhatEvaluateWrote() throws IOException {
        // The second preset was named first: the papers' order is classic, pop.
        PaperTables tables = PaperTables.of(read(evaluation("cp.json", "pop", "classic"), "mine"));
        List<String> lines =
                tables.toText().lines().map(PaperTablesTest::squeezed).toList();

        assertThat(lines)
                .contains(
                        "| classic / pop | mine (test, phrase) | " + folder.resolve("cp.json")
                                + " | 80.00 / 40.00 / 70.00 % | 90.00 / 30.00 / 80.00 % | 45.00 % |",
                        "| classic to pop | mine (test, phrase) | " + folder.resolve("cp.json")
                                + " | cell by cell | 0.40 (0.10) | 0.10 (0.05) | 0.50 (0.25) |",
                        "| pop to classic | mine (test, phrase) | " + folder.resolve("cp.json")
                                + " | least of 84 shifts | 0.37 (0.12) | 0.07 (0.02) | 0.45 (0.15) |",
                        "| classic to pop | mine (test, phrase) | " + folder.resolve("cp.json")
                                + " | as many cells at random, least of 84 shifts | 0.39 (0.11) | 0.09 (0.06) | 0.49 (0.24) |",
                        "| model | classic / pop |",
                        "| SN, Brunner et al. 2019, figure 1 | 61.88 % |",
                        "| mine, test, phrase | 45.00 % |");
        assertThat(tables.toText()).doesNotContain("jazz");
    }

    @Test
    void shouldPutAModelsPairsIntoOneRow() throws IOException {
        List<Figure> both = new java.util.ArrayList<>(read(evaluation("cp.json", "classic", "pop"), "mine"));
        both.addAll(read(evaluation("jt.json", "jazz", "tango"), "mine"));

        assertThat(PaperTables.of(both).toText().lines().map(PaperTablesTest::squeezed))
                .contains("| model | classic / pop | jazz / tango |", "| mine, test, phrase | 45.00 % | 45.00 % |")
                .contains("| SN, Brunner et al. 2019, figure 1 | 61.88 % | - |");
    }

    @Test
    void shouldRefuseTwoResultsOfOneModel() throws IOException {
        List<Figure> twice = new java.util.ArrayList<>(read(evaluation("a.json", "classic", "pop"), "mine"));
        Path second = evaluation("b.json", "classic", "pop");
        twice.addAll(read(second, "mine"));

        assertThatThrownBy(() -> PaperTables.of(twice))
                .isInstanceOf(DataException.class)
                .hasMessage(second + ": mine has another result from classic to pop; give each model a name of its own:"
                        + " NAME=" + second);
    }

    @Test
    void shouldWriteARowForEachNumber() throws IOException {
        PaperTables tables = PaperTables.of(read(evaluation("jt.json", "jazz", "tango"), "m"));
        List<String> csv = tables.toCsv().lines().toList();
        List<Object> json = JSON.std.listOfFrom(Object.class, tables.toJson());

        assertThat(csv.get(0)).isEqualTo("measure,source,target,model,setting,value,deviation,origin");
        assertThat(csv)
                .contains("content_change_least_shift,jazz,tango,m,\"test, phrase\",0.45,0.15,"
                        + folder.resolve("jt.json"));
        assertThat(csv).hasSize(1 + 2 * 13).hasSize(1 + json.size());
        assertThat(((Map<?, ?>) json.get(0)).get("measure")).isEqualTo("p_before");
        assertThat(((Map<?, ?>) json.get(0)).get("deviation")).isNull();
    }

    /** A file from before there were deviations and controls of the least shift. */
    @Test
    void shouldReadOlderFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("old.json"), """
                [{"source": "jazz", "target": "pop", "on": "test", "mode": "phrase", "strength_total": 0.5,
                  "content_change": 0.25, "content_change_sd": 0.125, "content_change_least_shift": 0.2, "added": null}]
                """);
        assertThat(PaperTables.of(read(file, "old")).toText().lines().map(PaperTablesTest::squeezed))
                .contains(
                        "| jazz to pop | old (test, phrase) | " + file + " | cell by cell | - | - | 0.25 (0.13) |",
                        "| jazz to pop | old (test, phrase) | " + file + " | least of 84 shifts | - | - | 0.20 |")
                .noneMatch(line -> line.contains("at random"));
    }

    @Test
    void shouldSayWhatIsWrongWithAFile() throws IOException {
        Path file = folder.resolve("e.json");
        String needs = file + ": must be what idiom-train evaluate --json writes: ";
        assertThatThrownBy(() -> read(file, "m")).hasMessageStartingWith(needs + "java.nio.file.NoSuchFileException");
        Files.writeString(file, "{\"a\": 1}");
        assertThatThrownBy(() -> read(file, "m")).hasMessageStartingWith(needs);
        Files.writeString(file, "[]");
        assertThatThrownBy(() -> read(file, "m")).hasMessage(needs + "elements=0");
        Files.writeString(file, "[3]");
        assertThatThrownBy(() -> read(file, "m")).hasMessage(needs + "element=3");
        Files.writeString(file, "[{\"on\": \"test\"}]");
        assertThatThrownBy(() -> read(file, "m")).hasMessage(needs + "mode=null");
        assertThatThrownBy(() -> EvaluationFile.read(evaluation("cp.json", "classic", "pop"), "m", "clean", "phrase"))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        folder.resolve("cp.json") + ": has nothing measured with --on clean --mode \"phrase\"; it has"
                                + " --on test --mode \"phrase\"");
    }

    private static List<Figure> read(Path file, String model) {
        return EvaluationFile.read(file, model, "test", "phrase");
    }

    /** There 90 / 30 / 80 %, back 80 / 40 / 70 %: strengths of 0.55 and 0.35. */
    private Path evaluation(String name, String a, String b) throws IOException {
        PairResult pair = new PairResult(
                0.9,
                direction(a, b, new TransferStrength(0.9, 0.3, 0.8)),
                direction(b, a, new TransferStrength(0.8, 0.4, 0.7)));
        EvaluationReport report = new EvaluationReport(List.of(new EvaluationReport.Row("test", "phrase", pair)));
        return Files.writeString(folder.resolve(name), report.toJson());
    }

    private static DirectionResult direction(String source, String target, TransferStrength strength) {
        return new DirectionResult(
                source,
                target,
                10,
                strength,
                0.01,
                0.7,
                new ContentSpread(new Spread(0.5, 0.25), new Spread(0.4, 0.1), new Spread(0.1, 0.05)),
                new ContentSpread(new Spread(0.45, 0.15), new Spread(0.37, 0.12), new Spread(0.07, 0.02)),
                new ContentSpread(new Spread(0.49, 0.24), new Spread(0.39, 0.11), new Spread(0.09, 0.06)),
                0.75,
                0.95,
                0.1,
                0.2,
                0,
                new Texture(3, 20, 2.5, 0.01, 0, 0, 0),
                new Texture(4, 30, 3.5, 0.02, 0, 0, 0),
                new Texture(5, 40, 4.5, 0.03, 0, 0, 0),
                new ChangedNotes(0, 0, 0, 0, 0, 0),
                new ChangedNotes(0, 0, 0, 0, 0, 0));
    }

    private static String squeezed(String line) {
        return line.replaceAll(" +", " ");
    }
}

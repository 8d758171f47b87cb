package idiom.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.presets.Mode;
import idiom.presets.Preset;
import idiom.presets.PresetReader;
import idiom.training.Synthetic;
import idiom.training.export.ModelImport;
import idiom.training.gan.RecipeText;
import idiom.training.net.GeneratorShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One way through all commands: what one writes, the next reads. */
class WorkflowTest {
    @TempDir
    private Path folder;

    @Test
    void shouldLeadFromDataToMeasuredPresets() throws IOException {
        Path data = Synthetic.dataset(folder.resolve("data"), 80, 16, 1);
        Path judge = classify(data);
        Path run = train(data, judge);
        Path presets = export(data, run, judge);
        trainFrom(data, judge, presets);
        evaluate(data, judge, presets);
        calibrate(data, judge, presets);
        distil(data, judge, presets);
    }

    private Path classify(Path data) {
        Path output = folder.resolve("classifier");
        Object[] command = {
            "classify",
            "--data",
            data,
            "--genres",
            "jazz,classic",
            "-o",
            output,
            "--steps",
            6,
            "--width",
            2,
            "--batch",
            8,
            "--threads",
            1
        };
        Terminal classify = Terminal.run(command);

        assertThat(classify.status()).as(classify.err()).isZero();
        assertThat(classify.out().lines()).hasSize(7).first().isEqualTo("sigma,accuracy,accuracy_without_flagged");
        assertThat(output.resolve("accuracy.csv")).hasContent(classify.out());
        assertThat(output.resolve("genre-classifier.onnx")).isNotEmptyFile();
        assertThat(Terminal.run(command).errors())
                .containsExactly("idiom-train: " + output.resolve("classifier.ck")
                        + " is there already; --force writes over it");
        return output.resolve("classifier.ck");
    }

    private Path train(Path data, Path judge) throws IOException {
        Path run = folder.resolve("run");
        List<Object> command = new ArrayList<>(List.of(
                "train",
                "--data",
                data,
                "--pair",
                "jazz,classic",
                "--run",
                run,
                "--judge",
                judge,
                "--threads",
                1,
                "--validation-phrases",
                4,
                "--validate-every",
                2,
                "--checkpoint-every",
                2,
                "--report-every",
                1));
        command.addAll(Tiny.CHANGES);
        Terminal train = Terminal.run(command.toArray());

        assertThat(train.status()).as(train.err()).isZero();
        assertThat(train.errors()).last().isEqualTo("done: " + run);
        assertThat(Files.readAllLines(run.resolve("losses.csv"))).hasSize(5);
        assertThat(Files.readAllLines(run.resolve("validation.csv"))).hasSize(3);
        assertThat(run.resolve("losses.png")).isNotEmptyFile();

        assertThat(Terminal.run(command.toArray()).errors())
                .endsWith("idiom-train: " + run
                        + ": there is a run here already; go on with --resume, or name another folder");
        Object[] resume = {"train", "--data", data, "--run", run, "--judge", judge, "--threads", 1, "--resume"};
        assertThat(Terminal.run(resume).status()).isZero();
        refuseToResumeSomethingElse(run, resume);
        return run;
    }

    private void refuseToResumeSomethingElse(Path run, Object[] resume) throws IOException {
        Object[] otherData = resume.clone();
        otherData[2] = Synthetic.dataset(folder.resolve("other"), 80, 16, 9);
        Terminal data = Terminal.run(otherData);
        assertThat(data.status()).isEqualTo(1);
        assertThat(data.errors())
                .singleElement()
                .asString()
                .startsWith("idiom-train: " + run + ": the run was started on other data (SHA-256 ");

        List<Object> otherRecipe = new ArrayList<>(List.of(resume));
        otherRecipe.addAll(List.of("--set", "schedule.rate=0.5"));
        Terminal recipe = Terminal.run(otherRecipe.toArray());
        assertThat(recipe.status()).isEqualTo(1);
        assertThat(recipe.errors())
                .containsExactly("idiom-train: " + run + ": the run was started with another recipe (recipe.toml);"
                        + " resume without --recipe and --set, or start another run");

        List<Object> otherPair = new ArrayList<>(List.of(resume));
        otherPair.addAll(List.of("--pair", "classic,jazz"));
        assertThat(Terminal.run(otherPair.toArray()).errors())
                .containsExactly("idiom-train: " + run + ": the run is one of jazz,classic: --pair=classic,jazz");
    }

    private Path export(Path data, Path run, Path judge) throws IOException {
        Path presets = folder.resolve("presets");
        List<Object> command = new ArrayList<>(List.of(
                "export",
                "--data",
                data,
                "--run",
                run,
                "-o",
                presets,
                "--judge",
                judge,
                "--weights",
                "fp32",
                "--programs",
                "5,9",
                "--threads",
                1));
        Terminal export = Terminal.run(command.toArray());

        assertThat(export.status()).as(export.err()).isZero();
        assertThat(export.err()).contains("parity: 16 phrases, largest difference");
        String there = Files.readString(presets.resolve("jazz-to-classic.toml"));
        assertThat(there).contains("transfer-strength").contains("generator.width = 2");
        assertThat(Files.readString(presets.resolve("classic-to-jazz.toml"))).contains("program = 9");
        byte[] model = Files.readAllBytes(presets.resolve("jazz-to-classic.onnx"));

        Files.delete(presets.resolve("jazz-to-classic.toml"));
        Files.delete(presets.resolve("jazz-to-classic.onnx"));
        assertThat(Terminal.run(command.toArray()).errors())
                .containsExactly("idiom-train: " + presets.resolve("classic-to-jazz.onnx")
                        + " is there already; --force writes over it");
        assertThat(presets.resolve("jazz-to-classic.onnx")).doesNotExist();
        command.add("--force");
        assertThat(Terminal.run(command.toArray()).status()).isZero();
        assertThat(presets.resolve("jazz-to-classic.onnx")).hasBinaryContent(model);
        return presets;
    }

    private void trainFrom(Path data, Path judge, Path presets) throws IOException {
        Path run = folder.resolve("run-from");
        Path there = presets.resolve("jazz-to-classic.toml");
        Path back = presets.resolve("classic-to-jazz.toml");
        Object[] command = Tiny.joined(
                new Object[] {
                    "train", "--data", data, "--pair", "jazz,classic", "--run", run, "--judge", judge, "--threads", 1
                },
                Tiny.CHANGES.toArray());
        Object[] from = {"--from", there + "," + back};

        assertThat(Terminal.run(Tiny.joined(command, "--from", there)).errors())
                .contains("--from must name two presets, such as --from there.toml,back.toml: --from=[" + there + "]");
        assertThat(Terminal.run(Tiny.joined(Tiny.joined(command, from), "--set", "generator.width=3"))
                        .errors())
                .singleElement()
                .asString()
                .startsWith("idiom-train: " + presets.resolve("jazz-to-classic.onnx")
                        + ": not a generator of the recipe's shape (generator.width=3, ");
        assertThat(run).doesNotExist();

        // Rates of 0: what comes out is what it began as, and an average that knows nothing else.
        Terminal train = Terminal.run(Tiny.joined(Tiny.joined(command, from), "--set", "schedule.rate=0"));
        assertThat(train.status()).as(train.err()).isZero();
        Preset began = PresetReader.read(there);
        assertThat(Files.readString(run.resolve("run.toml")))
                .contains("from-there = \"" + began.model().sha256() + "\"")
                .contains("from-back = ");
        assertThat(Terminal.run(Tiny.joined(
                                new Object[] {"train", "--data", data, "--run", run, "--judge", judge, "--resume"},
                                from))
                        .errors())
                .contains("--from is for the start of a run; with --resume it goes on from its own checkpoint");
        Path again = folder.resolve("again");
        Terminal export = Terminal.run(
                "export", "--data", data, "--run", run, "-o", again, "--weights", "fp32", "--programs", "5,9");
        assertThat(export.status()).as(export.err()).isZero();
        GeneratorShape shape = RecipeText.read(Files.readString(run.resolve("recipe.toml")), List.of())
                .generator();
        assertThat(ModelImport.generator(again.resolve("jazz-to-classic.onnx"), shape))
                .isEqualTo(ModelImport.generator(began.model().path(), shape));
        assertThat(PresetReader.read(again.resolve("jazz-to-classic.toml"))
                        .provenance()
                        .facts())
                .containsEntry("from-there", began.model().sha256());
    }

    private void distil(Path data, Path judge, Path presets) throws IOException {
        Path run = folder.resolve("distil");
        Path output = folder.resolve("distilled");
        Path preset = presets.resolve("jazz-to-classic.toml");
        Object[] command = {
            "distil",
            "--preset",
            preset,
            "--data",
            data,
            "--run",
            run,
            "-o",
            output,
            "--steps",
            5,
            "--batch",
            4,
            "--width",
            2,
            "--blocks",
            1,
            "--threads",
            1,
            "--weights",
            "fp32"
        };
        Terminal distil = Terminal.run(command);

        assertThat(distil.status()).as(distil.err()).isZero();
        assertThat(distil.err()).contains("jazz-to-classic-instant: ").contains("parity: 64 phrases, ");
        assertThat(Files.readAllLines(run.resolve("losses.csv"))).hasSize(6);
        Preset written = PresetReader.read(output.resolve("jazz-to-classic.toml"));
        assertThat(written.modelFor(Mode.INSTANT).path()).isEqualTo(output.resolve("jazz-to-classic-instant.onnx"));
        assertThat(written.model().sha256())
                .isEqualTo(PresetReader.read(preset).model().sha256());
        assertThat(written.provenance().facts())
                .containsEntry("instant-teacher", written.model().sha256())
                .containsKeys("instant-recipe", "instant-data-sha256", "instant-agreement", "instant-pytorch")
                .containsAllEntriesOf(PresetReader.read(preset).provenance().facts());

        assertThat(Terminal.run(command).errors())
                .containsExactly("idiom-train: " + output.resolve("jazz-to-classic.toml")
                        + " is there already; --force writes over it");
        assertThat(Terminal.run(Tiny.joined(command, "--force")).errors())
                .containsExactly("idiom-train: " + run
                        + ": there is a run here already; go on with --resume, or name another folder");
        assertThat(Terminal.run(Tiny.joined(command, "--force", "--resume", "--seed", 2))
                        .errors())
                .containsExactly("idiom-train: " + run
                        + ": the run was started with another --seed; give the same, or start another run");
        byte[] model = Files.readAllBytes(output.resolve("jazz-to-classic-instant.onnx"));
        assertThat(Terminal.run(Tiny.joined(command, "--force", "--resume")).status())
                .isZero();
        assertThat(output.resolve("jazz-to-classic-instant.onnx")).hasBinaryContent(model);
        evaluateInstant(data, judge, output.resolve("jazz-to-classic.toml"), presets.resolve("classic-to-jazz.toml"));
    }

    private static void evaluateInstant(Path data, Path judge, Path there, Path back) {
        Object[] command = {
            "evaluate", "--data", data, "--judge", judge, there, back, "--mode", "instant", "--sample", 8
        };
        Terminal small = Terminal.run(command);
        Terminal whole = Terminal.run(Tiny.joined(command, "--whole"));

        assertThat(small.status()).as(small.err()).isZero();
        assertThat(whole.status()).as(whole.err()).isZero();
        assertThat(small.out()).isNotEqualTo(whole.out());
    }

    private void evaluate(Path data, Path judge, Path presets) throws IOException {
        Path csv = folder.resolve("table.csv");
        Path json = folder.resolve("table.json");
        Path there = presets.resolve("jazz-to-classic.toml");
        Path back = presets.resolve("classic-to-jazz.toml");
        Object[] command = {
            "evaluate", "--data", data, "--judge", judge, there, back, "--csv", csv, "--json", json, "--threads", 1
        };
        Terminal evaluate = Terminal.run(command);

        assertThat(evaluate.status()).as(evaluate.err()).isZero();
        assertThat(evaluate.out()).contains("| jazz to classic | 16 test ").contains("| classic to jazz | 16 clean ");
        assertThat(Files.readAllLines(csv)).hasSize(5);
        assertThat(json).content().startsWith("[").contains("\"source\" : \"jazz\"");
        Terminal table = Terminal.run("table", "tiny=" + json);
        assertThat(table.status()).as(table.err()).isZero();
        assertThat(table.out())
                .contains("| tiny (test, phrase) ")
                .contains("| as many cells at random, least of 84 shifts ")
                .contains("| tiny, test, phrase ");
        assertThat(Terminal.run(command).errors())
                .containsExactly("idiom-train: " + csv + " is there already; --force writes over it");
        assertThat(Terminal.run("evaluate", "--data", data, "--judge", judge, there, there)
                        .errors())
                .containsExactly("idiom-train: " + there
                        + " must lead back from classic to jazz: it leads from jazz to classic");
        Preset before = PresetReader.read(there);
        Terminal record = Terminal.run("evaluate", "--data", data, "--judge", judge, there, back, "--record");
        assertThat(record.status()).as(record.err()).isZero();
        Preset after = PresetReader.read(there);
        assertThat(after.provenance().facts())
                .containsAllEntriesOf(before.provenance().facts())
                .containsKeys("transfer-strength", "tune-f1", "key-changes")
                .containsEntry("measured-on", "16 phrases of the test split");
        assertThat(after.withProvenance(before.provenance())).isEqualTo(before);
        evaluateAsPlayed(data, judge, there, back);
        evaluateWithoutACleanRow(data, judge, there, back);
    }

    private static void calibrate(Path data, Path judge, Path presets) throws IOException {
        Path there = presets.resolve("jazz-to-classic.toml");
        Path back = presets.resolve("classic-to-jazz.toml");
        Object[] plain = {"calibrate", "--data", data, "--judge", judge, there, back, "--threads", 1};
        Object[] command = Tiny.joined(plain, "--sample", 4);
        String before = Files.readString(there);
        Terminal look = Terminal.run(command);

        assertThat(look.status()).as(look.err()).isZero();
        assertThat(look.err()).contains("ways to decode jazz-to-classic and classic-to-jazz: ");
        assertThat(look.out())
                .contains("| jazz to classic | 4 held out | as it was ")
                .contains("| classic to jazz | 4 held out | calibrated ")
                .containsPattern(
                        "jazz-to-classic: threshold 0\\.\\d+, was 0\\.5; density-limit \\d+\\.\\d+, was 16\\.0")
                .containsPattern("score: -?\\d+\\.\\d{3}, was -?\\d+\\.\\d{3}");
        assertThat(there).hasContent(before);
        assertThat(Terminal.run(Tiny.joined(plain, "--sample", 0)).errors().get(0))
                .isEqualTo("--sample must be at least 1: --sample=0");

        Terminal record = Terminal.run(Tiny.joined(command, "--record"));
        assertThat(record.status()).as(record.err()).isZero();
        assertThat(record.out()).isEqualTo(look.out());
        Preset after = PresetReader.read(there);
        assertThat(after.provenance().facts())
                .containsKeys("recipe", "data-sha256")
                .doesNotContainKeys("transfer-strength", "measured-on")
                .extractingByKey("calibrated-on")
                .asString()
                .startsWith("4 and 4 held-out phrases, seed 1: score ");
        assertThat(record.out())
                .contains("jazz-to-classic: threshold " + after.decoding().threshold() + ", was");
        Terminal.run("evaluate", "--data", data, "--judge", judge, there, back, "--record");
        assertThat(PresetReader.read(there).provenance().facts()).containsKeys("transfer-strength", "calibrated-on");
    }

    private void evaluateAsPlayed(Path data, Path judge, Path there, Path back) throws IOException {
        Path csv = folder.resolve("played.csv");
        Object[] command = {"evaluate", "--data", data, "--judge", judge, there, back, "--threads", 1, "--sample", 3};
        Object[] modes = {"--mode", "phrase,follow,instant", "--hop", "bar,beat", "--csv", csv};
        Terminal evaluate = Terminal.run(Tiny.joined(command, modes));

        assertThat(evaluate.status()).as(evaluate.err()).isZero();
        assertThat(evaluate.out())
                .contains("| 3 sampled | phrase ")
                .contains("| 3 sampled | follow bar ")
                .contains("| 3 sampled | follow beat ")
                .contains("| 3 sampled | instant ");
        assertThat(evaluate.err()).contains("jazz / classic, follow beat, 3 and 3 phrases: 12/12, ");
        assertThat(Files.readAllLines(csv)).hasSize(1 + 4 * 2);
        assertThat(Terminal.run(Tiny.joined(command, "--hop", "beat", "--before", "silence"))
                        .out())
                .contains("| follow beat (after silence) ")
                .doesNotContain("| phrase ");
        assertThat(Terminal.run(Tiny.joined(command, "--mode", "instant", "--hop", "beat"))
                        .errors()
                        .get(0))
                .isEqualTo("--hop is for the mode follow: --mode=instant");
        assertThat(Terminal.run(Tiny.joined(command, "--sample", 0)).status()).isEqualTo(2);
        assertThat(Terminal.run(Tiny.joined(command, "--record")).errors().get(0))
                .startsWith("--record is for phrase and");
        // 64 of the train part's 80 rows are held out, less those that occur in the test split.
        assertThat(Terminal.run("evaluate", "--data", data, "--judge", judge, there, back, "--held-out")
                        .out())
                .containsPattern("\\| jazz to classic \\| (6[0-4]|[1-5]\\d) held out \\| phrase ");
    }

    private static void evaluateWithoutACleanRow(Path data, Path judge, Path there, Path back) throws IOException {
        StringBuilder table = new StringBuilder("row\tdup_of_row\tin_other_split\talso_in_genre\n");
        for (int row = 0; row < 16; row++) {
            table.append(row).append("\t\t1\t\n");
        }
        Files.writeString(data.resolve("classic/test.tsv"), table);
        Terminal evaluate = Terminal.run("evaluate", "--data", data, "--judge", judge, there, back, "--threads", 1);

        assertThat(evaluate.status()).as(evaluate.err()).isZero();
        assertThat(evaluate.out()).contains("| jazz to classic | 16 test ").doesNotContain("clean");
        assertThat(evaluate.err())
                .contains("every row of classic is flagged, so there is no table without flagged rows");
    }
}

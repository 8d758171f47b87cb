package idiom.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.presets.Mode;
import idiom.presets.Preset;
import idiom.presets.PresetReader;
import idiom.training.Synthetic;
import idiom.training.classifier.KnownClassifier;
import idiom.training.gan.Recipe;
import idiom.training.gan.RecipeText;
import idiom.training.gan.StepBenchmark;
import idiom.training.net.Device;
import idiom.training.net.Layout;
import idiom.training.net.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class IdiomTrainTest {
    private static final List<String> TINY = List.of(
            "generator.width=2",
            "generator.blocks=1",
            "batch=2",
            "discriminators.width=2",
            "discriminators.kind=octave",
            "schedule.steps=4");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "new",
                "classify",
                "train",
                "export",
                "distil",
                "accuracy",
                "evaluate",
                "table",
                "correlate",
                "attribute",
                "report",
                "bench"
            })
    void shouldHelp(String command) {
        Terminal help = command.isEmpty() ? Terminal.run("--help") : Terminal.run(command, "--help");

        assertThat(help.status()).isZero();
        assertThat(help.out()).startsWith("Usage: idiom-train" + (command.isEmpty() ? "" : " " + command));
        assertThat(help.err()).isEmpty();
    }

    @Test
    void shouldListARecipesKeys() {
        Terminal keys = Terminal.run("--recipe-keys");

        assertThat(keys.status()).isZero();
        assertThat(keys.out().lines()).hasSize(RecipeText.defaults().size()).contains("generator.width = 64");
    }

    @Test
    void shouldCallWrongUsageTwo() {
        assertThat(Terminal.run("train", "--sped").status()).isEqualTo(2);
        assertThat(Terminal.run("dance").status()).isEqualTo(2);
        assertThat(Terminal.run("classify", "--data", folder).status()).isEqualTo(2);
        Terminal one = Terminal.run("classify", "--data", folder, "--genres", "jazz", "-o", folder.resolve("c"));
        assertThat(one.status()).isEqualTo(2);
        assertThat(one.errors().get(0)).isEqualTo("--genres must name two different genres or more: --genres=jazz");
        assertThat(Terminal.run("classify", "--data", folder, "--genres", "jazz,jazz", "-o", folder.resolve("c"))
                        .status())
                .isEqualTo(2);
        Terminal pair = Terminal.run("train", "--data", folder, "--run", folder.resolve("r"), "--pair", "jazz");
        assertThat(pair.status()).isEqualTo(2);
        assertThat(pair.errors().get(0)).contains("--pair must name two genres");
        Terminal programs =
                Terminal.run("export", "--data", folder, "--run", folder, "-o", folder.resolve("p"), "--programs", "1");
        assertThat(programs.status()).isEqualTo(2);
        assertThat(programs.errors().get(0)).contains("--programs must be two numbers from 0 to 127");
    }

    @Test
    void shouldRefuseAProjectThatCannotBe() {
        Terminal nameless = Terminal.run("new");
        assertThat(nameless.status()).isEqualTo(2);
        assertThat(nameless.errors().get(0)).startsWith("give --name NAME, or --b FOLDER");
        Terminal programs = Terminal.run("new", "--name", "x", "--programs", "7,7");
        assertThat(programs.status()).isEqualTo(2);
        assertThat(programs.errors().get(0))
                .isEqualTo("--programs must be two different numbers from 0 to 127, such as 6,7: --programs=[7, 7]");
        Path project = folder.resolve("p");
        Terminal nothing = Terminal.run("new", "--name", "x", "-o", project, "--resume");
        assertThat(nothing.status()).isEqualTo(1);
        assertThat(nothing.errors())
                .containsExactly("idiom-train: " + project + ": there is no project here to go on with");
        Path presets = folder.resolve("presets");
        Terminal missing = Terminal.run(
                "new",
                "--a",
                folder.resolve("a"),
                "--b",
                folder,
                "-o",
                project,
                "--name",
                "x",
                "--preset-folder",
                presets);
        assertThat(missing.errors())
                .containsExactly(
                        "idiom-train: " + folder.resolve("a") + ": no such folder; --a must be a folder of MIDI files");
        assertThat(project).doesNotExist();
    }

    @Test
    void shouldSayInOneLineWhatFailed() {
        Path nowhere = folder.resolve("nowhere");
        Terminal missing = Terminal.run("train", "--data", nowhere, "--pair", "jazz,pop", "--run", folder.resolve("r"));

        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.errors())
                .containsExactly("idiom-train: " + nowhere
                        + ": no such folder; a data set is a folder with GENRE/train.npy in it");
        assertThat(folder.resolve("r")).doesNotExist();
        assertThat(Terminal.run(
                                "train",
                                "--data",
                                nowhere,
                                "--run",
                                folder.resolve("r"),
                                "--set",
                                "widht=3",
                                "--pair",
                                "a,b")
                        .errors())
                .singleElement()
                .asString()
                .startsWith("idiom-train: unknown key in recipe: widht (known: ");
        assertThat(Terminal.run("train", "--data", nowhere, "--run", nowhere, "--resume")
                        .errors())
                .containsExactly("idiom-train: " + nowhere + ": no training run here (recipe.toml is missing)");
    }

    @Test
    void shouldLeaveNoRunWhereTheDataIsTooSmall() throws IOException {
        // 40 rows are a single block, so nothing can be held out.
        Path data = Synthetic.dataset(folder.resolve("data"), 40, 4, 1);
        Terminal small = Terminal.run("train", "--data", data, "--pair", "jazz,classic", "--run", folder.resolve("r"));

        assertThat(small.status()).isEqualTo(1);
        assertThat(small.errors())
                .singleElement()
                .asString()
                .startsWith("idiom-train: too few songs or phrases to hold a validation part out");
        assertThat(folder.resolve("r")).doesNotExist();
    }

    @Test
    void shouldLeadFromDataToMeasuredPresets() throws IOException {
        Path data = Synthetic.dataset(folder.resolve("data"), 80, 16, 1);
        Path judge = classify(data);
        Path run = train(data, judge);
        Path presets = export(data, run, judge);
        evaluate(data, judge, presets);
        distil(data, judge, presets);
        report(data, judge, run);
    }

    private void report(Path data, Path judge, Path run) throws IOException {
        Path output = folder.resolve("report");
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
            "-o",
            output,
            run
        };
        Terminal report = Terminal.run(command);

        assertThat(report.status()).as(report.err()).isZero();
        String page = Files.readString(output.resolve("report.html"));
        assertThat(page)
                .contains("Shares called the source genre", "Brunner et al. 2019, figure 1", "generator.width")
                .contains("A second opinion", "<td>run.json</td>")
                .doesNotContain(folder.resolve("report").toString(), ".tmp");
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
        assertThat(Terminal.run(joined(command, "--force")).status()).isZero();
        assertThat(output.resolve("report.html")).hasContent(page);
        assertThat(Terminal.run(joined(command, "--force", run)).errors())
                .last()
                .isEqualTo("idiom-train: " + run + ": another run has that name; rename the folder of one: name=run");
        assertThat(Terminal.run(joined(command, "--force", "--attribution", folder))
                        .errors())
                .last()
                .isEqualTo("idiom-train: " + folder
                        + ": no folder that idiom-train attribute has made: missing=saliency.png");
        assertThat(output.resolve("report.html")).hasContent(page);
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
        TINY.forEach(change -> command.addAll(List.of("--set", change)));
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
        assertThat(Terminal.run(joined(command, "--force")).errors())
                .containsExactly("idiom-train: " + run
                        + ": there is a run here already; go on with --resume, or name another folder");
        assertThat(Terminal.run(joined(command, "--force", "--resume", "--seed", 2))
                        .errors())
                .containsExactly("idiom-train: " + run
                        + ": the run was started with another --seed; give the same, or start another run");
        byte[] model = Files.readAllBytes(output.resolve("jazz-to-classic-instant.onnx"));
        assertThat(Terminal.run(joined(command, "--force", "--resume")).status())
                .isZero();
        assertThat(output.resolve("jazz-to-classic-instant.onnx")).hasBinaryContent(model);
        evaluateInstant(data, judge, output.resolve("jazz-to-classic.toml"), presets.resolve("classic-to-jazz.toml"));
    }

    private static void evaluateInstant(Path data, Path judge, Path there, Path back) {
        Object[] command = {
            "evaluate", "--data", data, "--judge", judge, there, back, "--mode", "instant", "--sample", 8
        };
        Terminal small = Terminal.run(command);
        Terminal whole = Terminal.run(joined(command, "--whole"));

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

    private void evaluateAsPlayed(Path data, Path judge, Path there, Path back) throws IOException {
        Path csv = folder.resolve("played.csv");
        Object[] command = {"evaluate", "--data", data, "--judge", judge, there, back, "--threads", 1, "--sample", 3};
        Object[] modes = {"--mode", "phrase,follow,instant", "--hop", "bar,beat", "--csv", csv};
        Terminal evaluate = Terminal.run(joined(command, modes));

        assertThat(evaluate.status()).as(evaluate.err()).isZero();
        assertThat(evaluate.out())
                .contains("| 3 sampled | phrase ")
                .contains("| 3 sampled | follow bar ")
                .contains("| 3 sampled | follow beat ")
                .contains("| 3 sampled | instant ");
        assertThat(evaluate.err()).contains("jazz / classic, follow beat, 3 and 3 phrases: 12/12, ");
        assertThat(Files.readAllLines(csv)).hasSize(1 + 4 * 2);
        assertThat(Terminal.run(joined(command, "--hop", "beat", "--before", "silence"))
                        .out())
                .contains("| follow beat (after silence) ")
                .doesNotContain("| phrase ");
        assertThat(Terminal.run(joined(command, "--mode", "instant", "--hop", "beat"))
                        .errors()
                        .get(0))
                .isEqualTo("--hop is for the mode follow: --mode=instant");
        assertThat(Terminal.run(joined(command, "--sample", 0)).status()).isEqualTo(2);
        assertThat(Terminal.run(joined(command, "--record")).errors().get(0)).startsWith("--record is for phrase and");
        // 64 of the train part's 80 rows are held out, less those that occur in the test split.
        assertThat(Terminal.run("evaluate", "--data", data, "--judge", judge, there, back, "--held-out")
                        .out())
                .containsPattern("\\| jazz to classic \\| (6[0-4]|[1-5]\\d) held out \\| phrase ");
    }

    private static Object[] joined(Object[] command, Object... more) {
        return Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray();
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

    @Test
    void shouldSayWhereItComputes() throws IOException {
        Assumptions.assumeThat(Device.whyNoCuda()).as("there is a GPU here").isNotNull();
        Path data = Synthetic.dataset(folder.resolve("data"), 80, 16, 1);
        Object[] command = {
            "classify", "--data", data, "--genres", "jazz,classic", "--steps", 1, "--batch", 4, "--threads", 1
        };
        Object[] attention = {"-o", folder.resolve("a"), "--architecture", "attention", "--width", 8};
        Terminal auto = Terminal.run(joined(command, attention));
        assertThat(auto.status()).as(auto.err()).isZero();
        assertThat(auto.errors().get(0)).isEqualTo("computing on cpu (no cuda: " + Device.whyNoCuda() + ")");
        assertThat(folder.resolve("a/classifier.ck")).exists();
        assertThat(folder.resolve("a/genre-classifier.onnx")).doesNotExist();

        Terminal cpu = Terminal.run(joined(command, "-o", folder.resolve("b"), "--device", "cpu", "--width", 2));
        assertThat(cpu.errors().get(0)).isEqualTo("computing on cpu");
        Terminal cuda = Terminal.run(joined(command, "-o", folder.resolve("c"), "--device", "cuda"));
        assertThat(cuda.status()).isEqualTo(1);
        assertThat(cuda.errors()).containsExactly("idiom-train: --device cuda: " + Device.whyNoCuda());
        Terminal odd =
                Terminal.run(joined(command, "-o", folder.resolve("d"), "--architecture", "attention", "--width", 6));
        assertThat(odd.errors())
                .last()
                .isEqualTo("idiom-train: a network with attention needs a width that is a multiple of 4: width=6");
    }

    @Test
    void shouldRefuseAJudgeOfOtherGenres() throws IOException {
        Path data = Synthetic.dataset(folder.resolve("data"), 80, 16, 1);
        Path judge = KnownClassifier.write(folder.resolve("judge.ck"), "jazz", "pop");
        Terminal train = Terminal.run(
                "train",
                "--data",
                data,
                "--pair",
                "jazz,classic",
                "--run",
                folder.resolve("r"),
                "--judge",
                judge,
                "--threads",
                1,
                "--set",
                "generator.width=2",
                "--set",
                "generator.blocks=0",
                "--set",
                "batch=1",
                "--set",
                "discriminators.width=1",
                "--set",
                "schedule.steps=1");

        assertThat(train.status()).isEqualTo(1);
        assertThat(train.errors())
                .last()
                .isEqualTo("idiom-train: the classifier knows [jazz, pop] only: genre=classic");
    }

    @Test
    void shouldTimeSteps() throws IOException {
        Path csv = folder.resolve("bench.csv");
        List<Object> command = new ArrayList<>(
                List.of("bench", "--rounds", 1, "--warmup-rounds", 0, "--vary", "precision", "--csv", csv));
        TINY.forEach(change -> command.addAll(List.of("--set", change)));
        Terminal bench = Terminal.run(command.toArray());

        assertThat(bench.status()).as(bench.err()).isZero();
        assertThat(bench.out().lines()).hasSize(2 + 2);
        List<String> rows = Files.readAllLines(csv);
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0)).isEqualTo("variant,discriminators,threads,rounds,seconds_per_step,ratio");
        assertThat(rows.get(1)).matches("fp32 contiguous,octave 2,1,1,\\d+\\.\\d{6},1\\.0000");
        assertThat(rows.get(2)).startsWith("bf16 contiguous,octave 2,1,1,");
        assertThat(Terminal.run(command.toArray()).errors())
                .containsExactly("idiom-train: " + csv + " is there already; --force writes over it");
        assertThat(Terminal.run("bench", "--rounds", 0).status()).isEqualTo(2);
    }

    @Test
    void shouldVaryOneThingAtATime() throws IOException {
        BenchCommand command = new BenchCommand();
        new CommandLine(command).parseArgs("--set", "precision=bf16", "--set", "batch=3");
        List<StepBenchmark.Variant> variants = command.variants();

        assertThat(variants)
                .extracting(StepBenchmark.Variant::name)
                .containsExactly(
                        "fp32 contiguous",
                        "bf16 contiguous",
                        "fp32 channels-last",
                        "bf16 channels-last",
                        "patch 16",
                        "patch 32",
                        "patch 64",
                        "octave 16",
                        "octave 64",
                        "attention 16",
                        "attention 32",
                        "attention 64",
                        "two threads");
        Recipe plain = variants.get(0).recipe();
        assertThat(plain)
                .isEqualTo(RecipeText.read(
                        "",
                        List.of(
                                "batch=3",
                                "generator.width=16",
                                "generator.blocks=6",
                                "discriminators.kind=octave",
                                "discriminators.width=32")));
        assertThat(variants.get(1).recipe().precision()).isEqualTo(Precision.BF16);
        assertThat(variants.get(2).recipe().layout()).isEqualTo(Layout.CHANNELS_LAST);
        assertThat(variants.get(2).recipe().precision()).isEqualTo(Precision.FP32);
        assertThat(variants.get(4).recipe().discriminators().kind()).isEqualTo(Recipe.Kind.PATCH);
        assertThat(variants.get(8).recipe().discriminators().width()).isEqualTo(64);
        assertThat(variants.get(12).recipe()).isEqualTo(plain);
        assertThat(variants)
                .extracting(StepBenchmark.Variant::threads)
                .containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2);
    }
}

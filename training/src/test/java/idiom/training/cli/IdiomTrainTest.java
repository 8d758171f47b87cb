package idiom.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class IdiomTrainTest {
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
    void shouldSayWhereItComputes() throws IOException {
        Assumptions.assumeThat(Device.whyNoCuda()).as("there is a GPU here").isNotNull();
        Path data = Synthetic.dataset(folder.resolve("data"), 80, 16, 1);
        Object[] command = {
            "classify", "--data", data, "--genres", "jazz,classic", "--steps", 1, "--batch", 4, "--threads", 1
        };
        Object[] attention = {"-o", folder.resolve("a"), "--architecture", "attention", "--width", 8};
        Terminal auto = Terminal.run(Tiny.joined(command, attention));
        assertThat(auto.status()).as(auto.err()).isZero();
        assertThat(auto.errors().get(0)).isEqualTo("computing on cpu (no cuda: " + Device.whyNoCuda() + ")");
        assertThat(folder.resolve("a/classifier.ck")).exists();
        assertThat(folder.resolve("a/genre-classifier.onnx")).doesNotExist();

        Terminal cpu = Terminal.run(Tiny.joined(command, "-o", folder.resolve("b"), "--device", "cpu", "--width", 2));
        assertThat(cpu.errors().get(0)).isEqualTo("computing on cpu");
        Terminal cuda = Terminal.run(Tiny.joined(command, "-o", folder.resolve("c"), "--device", "cuda"));
        assertThat(cuda.status()).isEqualTo(1);
        assertThat(cuda.errors()).containsExactly("idiom-train: --device cuda: " + Device.whyNoCuda());
        Terminal odd = Terminal.run(
                Tiny.joined(command, "-o", folder.resolve("d"), "--architecture", "attention", "--width", 6));
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
        command.addAll(Tiny.CHANGES);
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
                        "histogram 16",
                        "histogram 32",
                        "histogram 64",
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
        assertThat(variants.get(15).recipe()).isEqualTo(plain);
        assertThat(variants)
                .extracting(StepBenchmark.Variant::threads)
                .containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2);
    }
}

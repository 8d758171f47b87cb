package idiom.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import idiom.training.Synthetic;
import idiom.training.net.GeneratorShape;
import idiom.training.net.Layout;
import idiom.training.net.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeTextTest {
    private static final Recipe PAPERS = new Recipe(
            new GeneratorShape(64, 10, 0, false),
            new Recipe.Discriminators(
                    Recipe.Variant.FULL, Recipe.Kind.PATCH, 64, false, false, 1, 50, false, 0, 1, 0, 0, 0.05, 0),
            new Recipe.Losses(10, Recipe.CycleLoss.L1, 1, 1, 0, 0, 0, 0, 0, 0, 0, false),
            new Recipe.Schedule(70_000, 0, 2e-4, 2e-4, 2e-4, 1e-3, 0.5, 0.5, 0, 0),
            new Recipe.Locks(false, false, false, 16, 16),
            16,
            Precision.FP32,
            Layout.CONTIGUOUS,
            1);

    @Test
    void shouldBeThePapersByDefault() {
        assertThat(RecipeText.read("", List.of())).isEqualTo(PAPERS);
    }

    @Test
    void shouldComeBackAsItWasWritten() {
        Recipe other = new Recipe(
                new GeneratorShape(3, 2, 2.25, true, true, true),
                new Recipe.Discriminators(
                        Recipe.Variant.PARTIAL,
                        Recipe.Kind.OCTAVE,
                        8,
                        true,
                        false,
                        0.1,
                        0,
                        true,
                        0.3,
                        3,
                        2,
                        4,
                        0.02,
                        450),
                new Recipe.Losses(0.5, Recipe.CycleLoss.BCE, 0.2, 2, 0.7, 3e-5, 4, 0.25, 1.5, 6, 0.3, true),
                new Recipe.Schedule(123, 45, 1e-3, 1e-9, 3e-3, 5e-3, 0, 1, 0.999, 12.5),
                new Recipe.Locks(true, false, true, 1.65, 1),
                7,
                Precision.BF16,
                Layout.CHANNELS_LAST,
                Long.MIN_VALUE);

        assertThat(RecipeText.read(RecipeText.write(other), List.of())).isEqualTo(other);
        assertThat(RecipeText.read(RecipeText.write(PAPERS), List.of())).isEqualTo(PAPERS);
        assertThat(RecipeText.write(other).lines())
                .hasSize(RecipeText.defaults().size());
    }

    @Test
    void shouldReadTablesAndDottedKeysAlike() {
        Recipe tables = RecipeText.read("batch = 4\n[generator]\nwidth = 8\nzero-mean = true\n", List.of());
        Recipe dotted = RecipeText.read("generator.width = 8\ngenerator.zero-mean = true\nbatch = 4\n", List.of());

        assertThat(tables).isEqualTo(dotted);
        assertThat(tables.generator()).isEqualTo(new GeneratorShape(8, 10, 0, true));
    }

    @Test
    void shouldApplyChangesInOrderOnTopOfTheText() {
        Recipe recipe = RecipeText.read(
                "generator.width = 8\nbatch = 4\n",
                List.of("generator.width=9", "losses.cycle-loss = bce", "generator.width=10"));

        assertThat(recipe.generator().width()).isEqualTo(10);
        assertThat(recipe.losses().cycleLoss()).isEqualTo(Recipe.CycleLoss.BCE);
        assertThat(recipe.batch()).isEqualTo(4);
    }

    @Test
    void shouldNameAnUnknownKeyAndThoseThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipeText.read("generator.depth = 3\n", List.of()))
                .withMessageStartingWith("unknown key in recipe: generator.depth (known: ")
                .withMessageContaining("generator.blocks")
                .withMessageNotContaining("\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipeText.read("", List.of("steps=3")))
                .withMessageStartingWith("unknown key in recipe: steps ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generator.width = 1.5 | recipe: generator.width must be a whole number: generator.width=1.5",
                "losses.cycle = 'ten' | recipe: losses.cycle must be a number: losses.cycle=ten",
                "generator.zero-mean = 1 | recipe: generator.zero-mean must be true or false: generator.zero-mean=1",
                "precision = 'fp64' | recipe: precision must be one of fp32, bf16: precision=fp64",
                "layout = true | recipe: layout must be one of contiguous, channels-last: layout=true",
                "discriminators.pool = -1 | discriminators.pool must be from 0.0 to 1000.0: discriminators.pool=-1.0",
                "locks.density-limit-there = 0.9 | locks.density-limit-there must be from 1.0 to 16.0: locks.density-limit-there=0.9",
                "schedule.rate = nan | schedule.rate must be from 0.0 to 1.0: schedule.rate=NaN",
                "discriminators = { kind = \"attention\", self-attention = true } | discriminators.self-attention adds attention"
                        + " to convolutions, and kind attention has none: discriminators.kind must be patch or octave",
                "discriminators = { kind = \"histogram\", spectral-norm = true } | discriminators.spectral-norm normalises"
                        + " convolutions, and kind histogram has none: discriminators.kind must be patch or octave",
                "discriminators = { attention-judges = 1, width = 6 } | discriminators.width must be a multiple of 4"
                        + " for judges with attention: discriminators.width=6",
                "batch = 0 | batch must be from 1.0 to 1024.0: batch=0.0",
            },
            quoteCharacter = '`')
    void shouldSayWhatWouldBeRight(String toml, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipeText.read(toml, List.of()))
                .withMessage(message);
    }

    /** Else there are times at which no judge, or hardly any, has a say. */
    @ParameterizedTest
    @CsvSource({"1, 1000", "3, 599"})
    void shouldRefuseGenreJudgesThatDieYoung(int judges, int life) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipeText.read(
                        "schedule.warmup = 200",
                        List.of("discriminators.genre-judges=" + judges, "discriminators.genre-life=" + life)))
                .withMessageStartingWith("discriminators.genre-life must be 0, or ")
                .withMessageEndingWith("genre-life=" + life + " judges=" + judges + " schedule.warmup=200");
    }

    @Test
    void shouldNameTheBrokenLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipeText.read("batch = 4\nseed == 1\n", List.of()))
                .withMessageStartingWith("recipe line 2: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipeText.read("", List.of("batch")))
                .withMessage("a change of the recipe must read key=value: batch");
    }

    static Stream<Path> shippedRecipes() throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(Path.of("recipes"))) {
            files = entries.filter(path -> path.toString().endsWith(".toml")).toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream();
    }

    @ParameterizedTest
    @MethodSource("shippedRecipes")
    void shouldReadEachShippedRecipe(Path file) {
        try {
            Recipe recipe = RecipeText.read(Files.readString(file), List.of());
            assertThat(recipe).isNotEqualTo(PAPERS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldLetRatesFallAfterTheWarmUpAndTheConstantPart() {
        Recipe.Schedule schedule = Synthetic.recipe(
                        "schedule.steps=100", "schedule.warmup=10", "schedule.decay-from=0.5")
                .schedule();

        assertThat(schedule.allSteps()).isEqualTo(110);
        assertThat(schedule.rateFactor(0)).isEqualTo(1);
        assertThat(schedule.rateFactor(60)).isEqualTo(1);
        assertThat(schedule.rateFactor(85)).isCloseTo(0.5, within(1e-12));
        assertThat(schedule.rateFactor(109)).isCloseTo(0.02, within(1e-12));
        assertThat(Synthetic.recipe("schedule.steps=100", "schedule.decay-from=1")
                        .schedule()
                        .rateFactor(99))
                .isEqualTo(1);
    }
}

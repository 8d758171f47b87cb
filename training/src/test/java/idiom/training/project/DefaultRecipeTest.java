package idiom.training.project;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.training.gan.Recipe;
import idiom.training.gan.RecipeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultRecipeTest {
    @Test
    void shouldBeTheBundledPresetsRecipeForFewerSteps() throws IOException {
        Recipe compact = RecipeText.read(Files.readString(Path.of("recipes/compact.toml")), List.of());

        Recipe recipe = DefaultRecipe.forSteps(1500);

        assertThat(recipe.generator()).isEqualTo(compact.generator());
        assertThat(recipe.losses()).isEqualTo(compact.losses());
        assertThat(recipe.discriminators()).isEqualTo(compact.discriminators());
        assertThat(recipe.schedule().steps()).isEqualTo(1500);
        assertThat(recipe.schedule().warmup()).isEqualTo(200);
    }

    @Test
    void shouldShortenTheWarmUpWithTheSteps() {
        assertThat(DefaultRecipe.forSteps(100).schedule().warmup()).isEqualTo(20);
        assertThat(DefaultRecipe.forSteps(3).schedule().warmup()).isEqualTo(1);
    }

    @Test
    void shouldComputeBf16OnlyWhereTheProcessorSaysSo() {
        assertThat(DefaultRecipe.computesBf16("model name: X\nflags\t\t: fpu avx512f avx512_bf16 sse\n"))
                .isTrue();
        assertThat(DefaultRecipe.computesBf16("flags : fpu amx_bf16\n")).isTrue();
        assertThat(DefaultRecipe.computesBf16("flags : fpu avx512f avx512_bf16x\nbugs : amx_bf16\n"))
                .isFalse();
        assertThat(DefaultRecipe.computesBf16("")).isFalse();
    }
}

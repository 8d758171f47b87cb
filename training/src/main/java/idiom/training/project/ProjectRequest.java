package idiom.training.project;

import idiom.training.classifier.ClassifierRecipe;
import idiom.training.gan.Recipe;
import idiom.training.gan.RecipeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command line asks of a project. What it leaves out is as it was asked before, or the default where there is no project
 * yet.
 *
 * @param name of the project
 * @param a folder of the first genre
 * @param b folder of the second
 * @param genreA what the first is called; its folder's name by default
 * @param genreB what the second is called
 * @param quick a first try: few steps of everything
 * @param steps of the generators
 * @param judgeSteps of each classifier
 * @param seed of everything
 * @param acceptUnstatedMeter whether files that state no meter count as 4/4
 * @param recipe a recipe's file
 * @param changes {@code key=value} of the recipe
 */
public record ProjectRequest(
        String name,
        @Nullable Path a,
        @Nullable Path b,
        @Nullable String genreA,
        @Nullable String genreB,
        boolean quick,
        @Nullable Integer steps,
        @Nullable Integer judgeSteps,
        @Nullable Long seed,
        boolean acceptUnstatedMeter,
        @Nullable Path recipe,
        List<String> changes) {
    private static final int VALIDATION_PHRASES = 250;
    private static final int QUICK_VALIDATION_PHRASES = 60;
    private static final int QUICK_JUDGE_STEPS = 150;

    public ProjectRequest {
        changes = List.copyOf(changes);
    }

    /**
     * The settings that this comes to.
     *
     * @param before what was asked before; null for a new project
     * @throws IOException in one line, if a recipe can't be read, or a new project lacks a folder
     */
    ProjectSettings settings(@Nullable ProjectSettings before) throws IOException {
        long newSeed = seed != null ? seed : before != null ? before.seed() : 1;
        return new ProjectSettings(
                name,
                music(before),
                newSeed,
                acceptUnstatedMeter || (before != null && before.acceptUnstatedMeter()),
                judgeSteps(before),
                quick ? QUICK_VALIDATION_PHRASES : before != null ? before.validationPhrases() : VALIDATION_PHRASES,
                recipe(before),
                before != null && before.replaceInstalled());
    }

    private Music music(@Nullable ProjectSettings before) throws IOException {
        Music old = before == null ? null : before.music();
        Path folderA = folder("--a", a, old == null ? null : old.a());
        Path folderB = folder("--b", b, old == null ? null : old.b());
        return new Music(
                folderA,
                genreA != null
                        ? genreA
                        : old != null && old.a().equals(folderA) ? old.genreA() : Music.genreOf(folderA),
                folderB,
                genreB != null
                        ? genreB
                        : old != null && old.b().equals(folderB) ? old.genreB() : Music.genreOf(folderB));
    }

    private static Path folder(String option, @Nullable Path now, @Nullable Path before) throws IOException {
        if (now != null) {
            return now.toAbsolutePath().normalize();
        }
        if (before == null) {
            throw new IOException("a new project needs two folders of MIDI files, --a FOLDER and --b FOLDER: " + option
                    + " is missing");
        }
        return before;
    }

    private int judgeSteps(@Nullable ProjectSettings before) {
        if (judgeSteps != null) {
            return judgeSteps;
        }
        if (quick) {
            return QUICK_JUDGE_STEPS;
        }
        return before != null ? before.judgeSteps() : ClassifierRecipe.DEFAULT.steps();
    }

    private Recipe recipe(@Nullable ProjectSettings before) throws IOException {
        List<String> all = new ArrayList<>();
        if (seed != null) {
            all.add("seed=" + seed);
        }
        Integer asked = steps != null ? steps : quick ? Integer.valueOf(DefaultRecipe.QUICK_STEPS) : null;
        if (asked != null) {
            all.addAll(DefaultRecipe.stepChanges(asked));
        }
        all.addAll(changes);
        if (recipe != null) {
            if (!Files.isRegularFile(recipe)) {
                throw new IOException(recipe + ": no such file; --recipe must be a recipe, such as"
                        + " training/recipes/compact.toml");
            }
            return RecipeText.read(Files.readString(recipe), all);
        }
        Recipe base = before != null ? before.recipe() : DefaultRecipe.forSteps(DefaultRecipe.STEPS);
        return RecipeText.read(RecipeText.write(base), all);
    }
}

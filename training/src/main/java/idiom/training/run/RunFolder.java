package idiom.training.run;

import idiom.presets.ModestToml;
import idiom.training.data.AtomicFile;
import idiom.training.gan.Checkpoint;
import idiom.training.gan.Recipe;
import idiom.training.gan.RecipeText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/**
 * The files of one training run.
 *
 * <p>{@code recipe.toml} what is computed, {@code run.toml} on which data, {@code losses.csv} a row a step, {@code
 * validation.csv} a row a look, {@code losses.png} both drawn, {@code checkpoint.ck} to go on from, {@code best.ck} what
 * is exported: each direction's weights at its own best validation.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {

    /** Everything to go on from. */
    public Path checkpoint() {
        return path.resolve("checkpoint.ck");
    }

    /** Each direction's averaged weights at its best validation. */
    public Path best() {
        return path.resolve("best.ck");
    }

    /** The validation's classifier. */
    public Path judge() {
        return path.resolve("judge.ck");
    }

    Path losses() {
        return path.resolve("losses.csv");
    }

    Path validations() {
        return path.resolve("validation.csv");
    }

    /** The losses, and the validations below them, drawn anew at each checkpoint. */
    public Path plot() {
        return path.resolve("losses.png");
    }

    private Path recipeFile() {
        return path.resolve("recipe.toml");
    }

    private Path aboutFile() {
        return path.resolve("run.toml");
    }

    /**
     * Lays out a new run.
     *
     * @param about facts on data and versions, by key
     * @throws IOException if there is a run already, or the folder can't be written
     */
    public void create(Recipe recipe, Map<String, String> about) throws IOException {
        if (Files.exists(recipeFile())) {
            throw new IOException(path + ": there is a run here already; go on with --resume, or name another folder");
        }
        Files.createDirectories(path);
        StringBuilder text = new StringBuilder();
        about.forEach((key, value) ->
                text.append(key).append(" = \"").append(Toml.tomlEscape(value)).append("\"\n"));
        writeText(aboutFile(), text.toString());
        writeText(recipeFile(), RecipeText.write(recipe));
    }

    /** The recipe that the run was started with. */
    public Recipe recipe() throws IOException {
        if (!Files.exists(recipeFile())) {
            throw new IOException(path + ": no training run here (recipe.toml is missing)");
        }
        return RecipeText.read(Files.readString(recipeFile()), List.of());
    }

    /** Facts on data and versions. */
    public Map<String, String> about() throws IOException {
        TomlParseResult parsed;
        try {
            parsed = ModestToml.parse(Files.readString(aboutFile()), "run.toml");
        } catch (IllegalArgumentException e) {
            throw new IOException(aboutFile() + ": " + e.getMessage(), e);
        }
        if (parsed.hasErrors()) {
            throw new IOException(aboutFile() + ": " + parsed.errors().get(0).getMessage());
        }
        Map<String, String> about = new LinkedHashMap<>();
        parsed.dottedEntrySet(false).forEach(entry -> about.put(entry.getKey(), String.valueOf(entry.getValue())));
        return about;
    }

    /** The two genres, in the order in which they were named. */
    public List<String> genres() throws IOException {
        List<String> genres = List.of(about().getOrDefault("pair", "").split(",", -1));
        if (genres.size() != 2) {
            throw new IOException(aboutFile() + ": pair must name two genres: pair=" + genres);
        }
        return genres;
    }

    /**
     * Averaged weights of one generator.
     *
     * @param towardsB from the first genre to the second, or back
     * @param last at the last checkpoint, which is also taken where there was no validation, or at the direction's best one
     */
    public TrainedWeights weights(boolean towardsB, boolean last) throws IOException {
        Path file = !last && Files.exists(best()) ? best() : checkpoint();
        if (!Files.exists(file)) {
            throw new IOException(path + ": no checkpoint yet; train on with --resume");
        }
        Checkpoint checkpoint = Checkpoint.read(file);
        // Checkpoints, and the best weights that older programs wrote, have one step for both.
        String own = direction(towardsB) + ".step";
        return new TrainedWeights(
                checkpoint.number(checkpoint.has(own) ? own : "step"), checkpoint.get(averageOf(towardsB)));
    }

    /** What a direction is called in checkpoints. */
    static String direction(boolean towardsB) {
        return towardsB ? "to-b" : "to-a";
    }

    static String averageOf(boolean towardsB) {
        return direction(towardsB) + ".average";
    }

    /**
     * Takes the folder for this process alone, until the lock is closed or the process ends: two that train one run would
     * write over each other's tables and checkpoints.
     *
     * @throws IOException in one line, if somebody else has it
     */
    public Closeable lock() throws IOException {
        return FileLocks.take(
                path.resolve("run.lock"),
                path + ": another process is training this run; stop it first, or name another folder");
    }

    /** Whether all steps of the recipe are done. */
    public boolean isDone() throws IOException {
        return Files.exists(checkpoint())
                && Checkpoint.read(checkpoint()).number("step")
                        >= recipe().schedule().allSteps();
    }

    static void writeText(Path file, String text) throws IOException {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}

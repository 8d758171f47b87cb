package idiom.training.report;

import idiom.engine.generator.Generator;
import idiom.training.data.Progress;
import idiom.training.evaluate.DecodingGenerator;
import idiom.training.evaluate.ProgressGenerator;
import idiom.training.gan.Recipe;
import idiom.training.gan.RecipeText;
import idiom.training.net.Device;
import idiom.training.run.RunFolder;
import idiom.training.run.TrainedGenerator;
import idiom.training.run.TrainedWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A training run as it lies in its folder.
 *
 * @param name of the folder
 * @param folder of the run
 * @param recipe that it was started with
 * @param a first genre
 * @param b second genre
 * @param there weights from the first to the second
 * @param back weights of the way back
 */
record SavedRun(
        String name, RunFolder folder, Recipe recipe, String a, String b, TrainedWeights there, TrainedWeights back) {

    /**
     * Reads a run.
     *
     * @param last whether to take the last checkpoint's weights, not each direction's best ones
     * @throws IOException in one line, if there is none
     */
    static SavedRun read(Path path, boolean last) throws IOException {
        RunFolder folder = new RunFolder(path);
        Recipe recipe = folder.recipe();
        List<String> genres = folder.genres();
        return new SavedRun(
                String.valueOf(path.toAbsolutePath().normalize().getFileName()),
                folder,
                recipe,
                genres.get(0),
                genres.get(1),
                folder.weights(true, last),
                folder.weights(false, last));
    }

    /**
     * A generator of the run, by training's own forward pass, with the locks it was trained for.
     *
     * @param progress is told of each phrase
     */
    Generator generator(Device device, boolean towardsB, Progress progress) {
        Generator trained = new TrainedGenerator(device, recipe.generator(), (towardsB ? there : back).values());
        return new DecodingGenerator(
                new ProgressGenerator(trained, progress), recipe.locks().decoding(towardsB));
    }

    /** What the recipe has that the papers' has not, by key. */
    Map<String, String> ownRecipe() {
        Map<String, String> own = new TreeMap<>(RecipeText.values(recipe));
        own.entrySet().removeAll(RecipeText.defaults().entrySet());
        return own;
    }
}

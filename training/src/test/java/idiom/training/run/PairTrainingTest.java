package idiom.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.training.Synthetic;
import idiom.training.classifier.ClassifierRecipe;
import idiom.training.data.Dataset;
import idiom.training.gan.Recipe;
import idiom.training.net.Device;
import idiom.training.net.GeneratorNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairTrainingTest {
    @TempDir
    private Path folder;

    /** Nothing is trained but the classifier's first step, and the run must not begin at random when it goes on. */
    @Test
    void shouldGoOnFromTheWeightsItBeganWithIfStoppedBeforeItsFirstStep() throws IOException {
        Dataset dataset = Dataset.open(Synthetic.dataset(folder.resolve("data"), 80, 16, 1));
        Recipe recipe = Synthetic.recipe();
        float[] toB = weights(recipe, 0.25f);
        float[] toA = weights(recipe, -0.5f);
        RunFolder run = new RunFolder(folder.resolve("run"));
        PairTraining.Plan plan = new PairTraining.Plan(
                recipe,
                1,
                new TrainingRun.Rhythm(1, 1, 1),
                4,
                null,
                ClassifierRecipe.DEFAULT,
                new PairTraining.Beginning(Map.of("from-there", "x"), toB, toA));

        TrainingData data = TrainingData.of(dataset, "jazz", "classic");
        PairTraining.Outcome outcome = new PairTraining(run, data, plan, Device.CPU, line -> {}).run(false, () -> true);

        assertThat(outcome).isEqualTo(new PairTraining.Outcome(false, 0));
        assertThat(run.weights(true, true).values()).isEqualTo(toB);
        assertThat(run.weights(false, true).values()).isEqualTo(toA);
        assertThat(run.about()).containsEntry("from-there", "x");
    }

    private static float[] weights(Recipe recipe, float value) {
        float[] weights = new float
                [Math.toIntExact(GeneratorNetwork.layoutOf(recipe.generator()).size())];
        Arrays.fill(weights, value);
        return weights;
    }
}

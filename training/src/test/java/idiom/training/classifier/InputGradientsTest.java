package idiom.training.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.Synthetic;
import idiom.training.data.PhraseSet;
import idiom.training.net.Device;
import idiom.training.net.Network;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InputGradientsTest {
    private static final int PHRASES = 70;
    private static final int CELLS = 40;

    /** Sounding cells only, which are those that carry saliency. */
    @ParameterizedTest
    @EnumSource(Architecture.class)
    void shouldAgreeWithFiniteDifferences(Architecture architecture) {
        PhraseSet phrases = Synthetic.phrases(2, 20, 60, 3);
        try (GenreClassifier classifier = random(architecture)) {
            float[] gradients = classifier.inputGradients(phrases, "classic");
            float[] cells = Synthetic.cells(phrases);
            RandomGenerator random = new SplittableRandom(1);
            double differences = 0;
            double sizes = 0;
            for (int n = 0; n < CELLS; n++) {
                // Where nothing of an octave sounds, the first layer stands exactly on the kink of its leaky ReLU.
                int cell = random.nextInt(cells.length);
                while (cells[cell] == 0) {
                    cell = random.nextInt(cells.length);
                }
                double numeric = difference(classifier, cells, cell);
                differences += Math.pow(gradients[cell] - numeric, 2);
                sizes += Math.pow(numeric, 2);
            }
            // Of all of them together: by how much a single one is rounded depends on the processor.
            assertThat(Math.sqrt(sizes / CELLS)).isGreaterThan(0.005);
            assertThat(Math.sqrt(differences / sizes)).isLessThan(0.05);
        }
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void shouldGiveEachPhraseItsOwnWhateverComesBesideIt(Architecture architecture) {
        PhraseSet phrases = Synthetic.phrases(PHRASES, 20, 60, 4);
        try (GenreClassifier classifier = random(architecture)) {
            float[] together = classifier.inputGradients(phrases, "jazz");
            // 69 lies in the second batch.
            for (int phrase : new int[] {0, 63, 69}) {
                float[] alone = classifier.inputGradients(phrases.select(new int[] {phrase}), "jazz");
                assertThat(Arrays.copyOfRange(together, phrase * PianoRoll.CELLS, (phrase + 1) * PianoRoll.CELLS))
                        .containsExactly(alone, within(1e-5f));
            }
            assertThat(classifier.inputGradients(phrases, "jazz")).isEqualTo(together);
            assertThat(classifier.inputGradients(phrases.first(0), "jazz")).isEmpty();
        }
    }

    @Test
    void shouldLeaveTheParametersWithoutGradients() {
        try (GenreClassifier classifier = random(Architecture.PAPERS)) {
            classifier.inputGradients(Synthetic.phrases(1, 20, 60, 3), "jazz");

            assertThat(classifier.network().flat().grad().defined()).isFalse();
        }
    }

    private static double difference(GenreClassifier classifier, float[] cells, int cell) {
        // Small, for the network has kinks.
        float step = 1e-3f;
        float before = cells[cell];
        cells[cell] = before + step;
        double above = logit(classifier, cells, cell / PianoRoll.CELLS);
        cells[cell] = before - step;
        double below = logit(classifier, cells, cell / PianoRoll.CELLS);
        cells[cell] = before;
        return (above - below) / (2 * step);
    }

    private static double logit(GenreClassifier classifier, float[] cells, int phrase) {
        return classifier.logits(cells, cells.length / PianoRoll.CELLS, 0)[2 * phrase + 1];
    }

    /** Random weights large enough that logits move. */
    private static GenreClassifier random(Architecture architecture) {
        Network network = architecture.network(Device.CPU, 8, 2, 5);
        if (architecture == Architecture.PAPERS) {
            float[] values = network.values();
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] == 1 || values[i] == 0 ? values[i] : values[i] * 10;
            }
            network.load(values);
        }
        return new GenreClassifier(List.of("jazz", "classic"), network);
    }
}

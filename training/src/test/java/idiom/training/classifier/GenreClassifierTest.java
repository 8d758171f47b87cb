package idiom.training.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.Synthetic;
import idiom.training.data.PhraseSet;
import idiom.training.gan.Checkpoint;
import idiom.training.net.Device;
import idiom.training.net.OctaveNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GenreClassifierTest {
    private static final PianoRoll HIGH = Synthetic.line(64, 5);
    private static final PianoRoll LOW = Synthetic.line(14, 5);
    private static final PhraseSet NONE = PhraseSet.ofRolls(List.of());

    @TempDir
    private Path folder;

    @BeforeAll
    static void useOneThread() {
        Device.useThreads(1);
    }

    @Test
    void shouldCountWhatItCallsRight() {
        try (GenreClassifier classifier = KnownClassifier.of("jazz", "pop")) {
            PhraseSet three = PhraseSet.ofRolls(List.of(HIGH, LOW, PianoRoll.empty()));
            assertThat(classifier.share(three, "jazz")).isCloseTo(2 / 3.0, within(1e-12));
            assertThat(classifier.share(three, "pop")).isCloseTo(1 / 3.0, within(1e-12));

            PhraseSet lows = PhraseSet.ofRolls(List.of(LOW));
            assertThat(classifier.accuracy(List.of(three, lows), 0, 0)).isEqualTo(0.75);
            assertThat(classifier.accuracy(List.of(NONE, lows), 0, 0)).isEqualTo(1);
            assertThat(classifier.accuracy(List.of(NONE, NONE), 0, 0)).isNaN();
        }
    }

    @Test
    void shouldJudgeMoreThanABatchInOrder() {
        List<PianoRoll> rolls = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rolls.add(i % 3 == 0 ? HIGH : LOW);
        }
        try (GenreClassifier classifier = KnownClassifier.of("jazz", "pop")) {
            float[] logits = classifier.logits(PhraseSet.ofRolls(rolls));
            for (int i = 0; i < 300; i++) {
                assertThat(logits[2 * i] > 0).as("phrase " + i).isEqualTo(i % 3 == 0);
                assertThat(logits[2 * i + 1]).isZero();
            }
        }
    }

    @Test
    void shouldHearNoiseThatDependsOnItsSeed() {
        PhraseSet phrases = Synthetic.phrases(3, 0, 84, 1);
        try (GenreClassifier classifier = KnownClassifier.of("jazz", "pop")) {
            float[] clean = classifier.logits(phrases);
            float[] noisy = classifier.logits(phrases, 0.3, 5);
            assertThat(noisy).isNotEqualTo(clean).isEqualTo(classifier.logits(phrases, 0.3, 5));
            assertThat(classifier.logits(phrases, 0.3, 6)).isNotEqualTo(noisy);
        }
    }

    @Test
    void shouldNameTheGenresItKnows() {
        try (GenreClassifier classifier = KnownClassifier.of("jazz", "pop")) {
            assertThat(classifier.indexOf("pop")).isEqualTo(1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> classifier.indexOf("folk"))
                    .withMessage("the classifier knows [jazz, pop] only: genre=folk");
        }
    }

    @Test
    void shouldComeBackFromItsFile() throws IOException {
        Path file = folder.resolve("classifier.ck");
        PhraseSet phrases = Synthetic.phrases(3, 0, 84, 1);
        try (GenreClassifier written =
                new GenreClassifier(List.of("pop", "jazz", "classic"), new OctaveNetwork(Device.CPU, 2, 3, 4))) {
            ClassifierFile.write(written, Architecture.PAPERS, 2, file);
            try (GenreClassifier read = ClassifierFile.read(Device.CPU, file)) {
                assertThat(read.genres()).containsExactly("pop", "jazz", "classic");
                assertThat(read.logits(phrases)).isEqualTo(written.logits(phrases));
            }
        }
    }

    @Test
    void shouldRefuseAFileThatIsNone() throws IOException {
        Path file = folder.resolve("run.ck");
        Checkpoint.Writer out = new Checkpoint.Writer();
        out.put("step", 3);
        out.write(file);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ClassifierFile.read(Device.CPU, file))
                .withMessage(file + ": not a classifier (no genres); make one with idiom-train classify");
    }

    @Test
    void shouldLearnToTellTwoGenresApart() {
        ClassifierRecipe recipe = new ClassifierRecipe(Architecture.PAPERS, 2, 40, 8, 0.01, 0.05, 0.5, 15, 1);
        List<ClassifierTraining.Progress> looks = new ArrayList<>();
        PhraseSet high = Synthetic.phrases(12, 60, 72, 1);
        PhraseSet low = Synthetic.phrases(12, 12, 24, 2);
        List<PhraseSet> validation = List.of(Synthetic.phrases(6, 60, 72, 3), Synthetic.phrases(6, 12, 24, 4));
        try (GenreClassifier classifier = new ClassifierTraining(
                        Device.CPU, recipe, List.of("high", "low"), List.of(high, low), validation)
                .run(looks::add)) {
            assertThat(looks).extracting(ClassifierTraining.Progress::step).containsExactly(15, 30, 40);
            assertThat(classifier.accuracy(validation, 0, 0)).isEqualTo(1);
        }
        // The first guess costs ln 2 a phrase; each look tells the mean since the last, the short one at the end too.
        assertThat(looks.get(0).loss()).isBetween(0.05, 0.75);
        assertThat(looks.get(2).loss()).isLessThan(looks.get(0).loss());
    }

    @Test
    void shouldTellTheMeanLossSinceTheLastLook() {
        // At a rate that changes nothing each step costs ln 2, so each look must say so.
        ClassifierRecipe recipe = new ClassifierRecipe(Architecture.PAPERS, 2, 7, 4, 1e-12, 0, 0, 5, 1);
        List<ClassifierTraining.Progress> looks = new ArrayList<>();
        List<PhraseSet> phrases = List.of(Synthetic.phrases(4, 60, 72, 1), Synthetic.phrases(4, 12, 24, 2));
        new ClassifierTraining(Device.CPU, recipe, List.of("high", "low"), phrases, phrases)
                .run(looks::add)
                .close();

        assertThat(looks).extracting(ClassifierTraining.Progress::step).containsExactly(5, 7);
        assertThat(looks).allSatisfy(look -> assertThat(look.loss()).isCloseTo(Math.log(2), within(0.1)));
    }

    @Test
    void shouldKeepTheWeightsThatDidBest() {
        // A rate at which training stumbles about: the result must be as good as the best look.
        ClassifierRecipe recipe = new ClassifierRecipe(Architecture.PAPERS, 2, 24, 4, 0.2, 0, 0.5, 2, 3);
        List<ClassifierTraining.Progress> looks = new ArrayList<>();
        PhraseSet a = Synthetic.phrases(10, 0, 84, 1);
        PhraseSet b = Synthetic.phrases(10, 0, 84, 2);
        List<PhraseSet> validation = List.of(Synthetic.phrases(20, 0, 84, 3), Synthetic.phrases(20, 0, 84, 4));
        try (GenreClassifier classifier = new ClassifierTraining(
                        Device.CPU, recipe, List.of("a", "b"), List.of(a, b), validation)
                .run(looks::add)) {
            double best = looks.stream()
                    .mapToDouble(ClassifierTraining.Progress::validationAccuracy)
                    .max()
                    .orElseThrow();
            assertThat(classifier.accuracy(validation, 0, 0)).isEqualTo(best);
            assertThat(looks.get(looks.size() - 1).validationAccuracy()).isLessThan(best);
        }
    }

    /** Each architecture learns and comes back from its file. */
    @ParameterizedTest
    @EnumSource(Architecture.class)
    void shouldLearnInEveryArchitecture(Architecture architecture) throws IOException {
        ClassifierRecipe recipe = new ClassifierRecipe(architecture, 4, 40, 8, 0.01, 0.05, 0.5, 20, 1);
        List<PhraseSet> phrases = List.of(Synthetic.phrases(12, 60, 72, 1), Synthetic.phrases(12, 12, 24, 2));
        List<PhraseSet> unseen = List.of(Synthetic.phrases(6, 60, 72, 3), Synthetic.phrases(6, 12, 24, 4));
        List<String> genres = List.of("high", "low");
        Path file = folder.resolve("classifier.ck");
        try (GenreClassifier learnt =
                new ClassifierTraining(Device.CPU, recipe, genres, phrases, phrases).run(look -> {})) {
            assertThat(learnt.accuracy(unseen, 0, 0)).isEqualTo(1);
            ClassifierFile.write(learnt, architecture, 4, file);
            try (GenreClassifier read = ClassifierFile.read(Device.CPU, file)) {
                assertThat(read.network()).hasSameClassAs(learnt.network());
                assertThat(read.logits(unseen.get(0))).isEqualTo(learnt.logits(unseen.get(0)));
            }
        }
    }

    @Test
    void shouldRefuseAnArchitectureItDoesNotKnow() throws IOException {
        Path file = folder.resolve("future.ck");
        Checkpoint.Writer out = new Checkpoint.Writer();
        out.put("width", 4);
        out.put("architecture.oracle", 1);
        out.put("genre.jazz", 0);
        out.put("genre.pop", 1);
        out.write(file);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ClassifierFile.read(Device.CPU, file))
                .withMessage(file + ": unknown classifier: architecture=oracle; was it made by a newer idiom-train?");
    }
}

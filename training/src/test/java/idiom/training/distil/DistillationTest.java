package idiom.training.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.generator.Generator;
import idiom.engine.generator.IdentityGenerator;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.data.PhraseSet;
import idiom.training.gan.Checkpoint;
import idiom.training.net.Device;
import idiom.training.net.GeneratorShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistillationTest {
    private static final DistilRecipe TINY =
            new DistilRecipe(new GeneratorShape(2, 1, 1, false), 60, 4, 0.01, 0.5, 1, 0.5, 3);

    @TempDir
    private Path folder;

    /** Adds a third above everything. */
    private static final class Thirds implements Generator {
        @Override
        public int maxBatch() {
            return 4;
        }

        @Override
        public void generate(float[] windows, float[] probabilities, int count) {
            for (int cell = 0; cell < count * PianoRoll.CELLS; cell++) {
                boolean isThird = cell % PianoRoll.PITCHES >= 4 && windows[cell - 4] > 0;
                probabilities[cell] = isThird || windows[cell] > 0 ? 0.6f : 0.4f;
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** Melodies of quarter notes, and a silent phrase, of which nothing can be learnt. */
    private static PhraseSet melodies(int count) {
        SplittableRandom random = new SplittableRandom(1);
        List<PianoRoll> rolls = new ArrayList<>(List.of(PianoRoll.empty()));
        for (int i = 0; i < count; i++) {
            long[] pitches = new long[PianoRoll.PITCHES];
            for (int step = 0; step < PianoRoll.STEPS; step += 4) {
                pitches[20 + random.nextInt(40)] |= 7L << step;
            }
            rolls.add(PianoRoll.ofPitches(pitches));
        }
        return PhraseSet.ofRolls(rolls);
    }

    private static Lessons lessons(int count) {
        return Lessons.of(melodies(count), new Thirds(), () -> {});
    }

    /** The window ends with a struck note; the answer is the teacher's, and nothing of the future is shown after silence. */
    @Test
    void shouldEndEachLessonWithAStruckNote() {
        Lessons lessons = lessons(5);
        assertThat(lessons.size()).isEqualTo(5);
        SplittableRandom random = new SplittableRandom(2);
        float[] window = new float[PianoRoll.CELLS];
        float[] wanted = new float[PianoRoll.CELLS];
        int silent = 0;
        for (int i = 0; i < 300; i++) {
            lessons.draw(i % 5, random, window, wanted, 0);
            PianoRoll heard = PianoRoll.ofCells(window, 0, 0.5f);
            PianoRoll answer = PianoRoll.ofCells(wanted, 0, 0.5f);
            long ends = 0;
            long begins = 0;
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                ends |= heard.steps(pitch) & ~(heard.steps(pitch) << 1);
                begins |= heard.steps(pitch) & 1;
                if (pitch >= 4) {
                    assertThat(answer.steps(pitch)).isEqualTo(heard.steps(pitch) | heard.steps(pitch - 4));
                }
            }
            assertThat(ends >>> 63).as("struck in the last step").isOne();
            silent += begins == 0 ? 1 : 0;
        }
        // A third after silence but for those that end with the phrase; quarters are struck, so others begin with a
        // rest too.
        assertThat(silent).isBetween(60, 300);
    }

    @Test
    void shouldMeasureAgreementByChanges() {
        Lessons lessons = lessons(40);
        Agreement perfect = Agreement.of(new Thirds(), lessons, 100, 1);
        assertThat(perfect.lessons()).isEqualTo(40);
        assertThat(perfect.precision()).isEqualTo(1);
        assertThat(perfect.recall()).isEqualTo(1);
        assertThat(perfect.loss()).isCloseTo(-Math.log(0.6), within(1e-6));
        Agreement idle = Agreement.of(new IdentityGenerator(), lessons, 100, 1);
        assertThat(idle.recall()).isZero();
        assertThat(idle.precision()).isZero();
        // One of 84 cells is wrong, as wrong as can be said.
        assertThat(idle.loss()).isCloseTo(-Math.log(1e-6) / 84, within(1e-4));
    }

    @Test
    void shouldLearnWhatTheTeacherDecides() {
        Lessons lessons = lessons(40);
        try (Distillation distillation = new Distillation(Device.CPU, TINY, lessons)) {
            double before = Agreement.of(distillation.student(), lessons, 40, 1).loss();
            while (!distillation.isDone()) {
                assertThat(distillation.train()).isFinite();
            }
            double after = Agreement.of(distillation.student(), lessons, 40, 1).loss();
            assertThat(after).isLessThan(before / 2);
        }
    }

    /** Half-way, when it is not sure yet. */
    @Test
    void shouldChangeMoreWhereChangesWeighMore() {
        Lessons lessons = lessons(40);
        Agreement[] agreements = new Agreement[2];
        for (int i = 0; i < 2; i++) {
            DistilRecipe recipe = new DistilRecipe(TINY.student(), 60, 4, 0.05, 0.5, i == 0 ? 1 : 20, 0.5, 3);
            try (Distillation distillation = new Distillation(Device.CPU, recipe, lessons)) {
                while (!distillation.isDone()) {
                    distillation.train();
                }
                agreements[i] = Agreement.of(distillation.student(), lessons, 40, 1);
            }
        }
        assertThat(agreements[1].recall()).isGreaterThan(agreements[0].recall());
    }

    @Test
    void shouldGoOnToTheNumbersOfAnUnbrokenRun() throws IOException {
        Lessons lessons = lessons(40);
        Path file = folder.resolve("checkpoint.ck");
        try (Distillation unbroken = new Distillation(Device.CPU, TINY, lessons);
                Distillation resumed = new Distillation(Device.CPU, TINY, lessons)) {
            for (int step = 0; step < 6; step++) {
                if (step == 3) {
                    unbroken.checkpoint().write(file);
                }
                unbroken.train();
            }
            resumed.restore(Checkpoint.read(file));
            assertThat(resumed.step()).isEqualTo(3);
            for (int step = 3; step < 6; step++) {
                resumed.train();
            }
            assertThat(resumed.averagedWeights()).isEqualTo(unbroken.averagedWeights());
        }
    }

    @Test
    void shouldRefuseARecipeOutOfRange() {
        assertThatThrownBy(() -> new DistilRecipe(TINY.student(), 0, 4, 0.01, 0.5, 1, 0.5, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("steps must be from 1.0 to 1000000.0: steps=0.0");
    }
}

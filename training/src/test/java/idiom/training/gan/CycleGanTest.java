package idiom.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.Synthetic;
import idiom.training.data.PhraseSet;
import idiom.training.net.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CycleGanTest {
    private static final PhraseSet A = Synthetic.phrases(9, 60, 84, 1);
    private static final PhraseSet B = Synthetic.phrases(9, 0, 24, 2);
    private static final PhraseSet MIXED = A.concat(B);
    private static final List<String> GENERATORS = List.of("to-b", "to-a");

    @BeforeAll
    static void useOneThread() {
        Device.useThreads(1);
    }

    @ParameterizedTest
    @CsvSource({
        "base, patch, 0",
        "base, octave, 1",
        "partial, patch, 1",
        "partial, octave, 0",
        "full, patch, 0",
        "full, octave, 0"
    })
    void shouldTrainGeneratorsAndAllJudges(String variant, String kind, int genre) {
        Recipe recipe = Synthetic.recipe(
                "discriminators.variant=" + variant, "discriminators.kind=" + kind, "losses.genre=" + genre);
        try (CycleGan gan = new CycleGan(Device.CPU, recipe, A, B, MIXED)) {
            Checkpoint before = States.of(gan);
            for (int step = 0; step < 2; step++) {
                StepLosses losses = gan.train();
                assertThat(losses.step()).isEqualTo(step);
                assertThat(losses.isFinite()).as(losses.toString()).isTrue();
                assertThat(losses.generatorNorm()).isPositive();
                assertThat(losses.judgeNorm()).isPositive();
            }
            Checkpoint after = States.of(gan);
            for (String name : networks(!variant.equals("base"), genre > 0)) {
                assertThat(after.get(name)).as(name).isNotEqualTo(before.get(name));
                assertThat(after.number(name + ".adam.steps")).as(name).isEqualTo(2);
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> after.get(variant.equals("base") ? "to-b.mixed" : "to-b.none"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"patch", "octave"})
    void shouldTrainWithTheAdditionsOf2019(String kind) {
        Recipe recipe = Synthetic.recipe(
                "discriminators.kind=" + kind,
                "generator.blocks=2",
                "generator.spectral-norm=true",
                "generator.self-attention=true",
                "discriminators.spectral-norm=true",
                "discriminators.self-attention=true");
        try (CycleGan gan = new CycleGan(Device.CPU, recipe, A, B, MIXED)) {
            Checkpoint before = States.of(gan);
            gan.train();
            gan.train();
            Checkpoint after = States.of(gan);
            for (String name : networks(true, false)) {
                assertThat(after.get(name)).as(name).isNotEqualTo(before.get(name));
                assertThat(after.get(name + ".singular-vectors"))
                        .as(name)
                        .isNotEqualTo(before.get(name + ".singular-vectors"));
            }
        }
    }

    private static List<String> networks(boolean mixed, boolean genre) {
        List<String> names = new ArrayList<>(GENERATORS);
        for (String generator : GENERATORS) {
            names.add(generator + ".judge");
            if (mixed) {
                names.add(generator + ".mixed");
            }
            if (genre) {
                names.add(generator + ".genre-0");
            }
        }
        return names;
    }

    @Test
    void shouldLeaveGeneratorsAloneInTheWarmUp() {
        try (CycleGan gan = new CycleGan(Device.CPU, Synthetic.recipe("schedule.warmup=2"), A, B, MIXED)) {
            Checkpoint before = States.of(gan);
            gan.train();
            StepLosses second = gan.train();
            Checkpoint warm = States.of(gan);
            for (String name : GENERATORS) {
                assertThat(warm.get(name)).isEqualTo(before.get(name));
                assertThat(warm.get(name + ".average")).isEqualTo(before.get(name));
                assertThat(warm.get(name + ".judge")).isNotEqualTo(before.get(name + ".judge"));
                assertThat(warm.get(name + ".mixed")).isNotEqualTo(before.get(name + ".mixed"));
            }
            assertThat(second.generatorNorm()).isZero();
            assertThat(second.cycle()).isZero();

            assertThat(gan.train().generatorNorm()).isPositive();
            assertThat(States.of(gan).get("to-b")).isNotEqualTo(before.get("to-b"));
        }
    }

    /** In the warm-up, what a judge takes for fake are the source genre's real phrases, as they are. */
    @Test
    void shouldShowJudgesTheSourceInTheWarmUp() {
        Recipe recipe = Synthetic.recipe("schedule.warmup=1", "discriminators.pool=4");
        try (CycleGan gan = new CycleGan(Device.CPU, recipe, A, B, MIXED)) {
            gan.train();
            Checkpoint state = States.of(gan);
            assertThat(PhraseSetCells.all(A)).containsAll(PhraseSetCells.all(state.get("to-b.judge.pool")));
            assertThat(PhraseSetCells.all(B)).containsAll(PhraseSetCells.all(state.get("to-a.judge.pool")));
        }
    }

    /** Cells as lists, which can be compared. */
    private static final class PhraseSetCells {
        static List<PianoRoll> all(PhraseSet phrases) {
            return all(Synthetic.cells(phrases));
        }

        static List<PianoRoll> all(float[] cells) {
            List<PianoRoll> rolls = new ArrayList<>();
            for (int offset = 0; offset < cells.length; offset += PianoRoll.CELLS) {
                rolls.add(PianoRoll.ofCells(cells, offset, 0.5f));
            }
            return rolls;
        }
    }

    /** Two judges with a life of four steps after one of warm-up: the second begins anew at step 5, the first at 3 and 7. */
    @Test
    void shouldBeginGenreJudgesAnewInTurn() {
        Recipe recipe = Synthetic.recipe(
                "losses.genre=1", "schedule.warmup=1", "discriminators.genre-judges=2", "discriminators.genre-life=4");
        try (CycleGan gan = new CycleGan(Device.CPU, recipe, A, B, MIXED)) {
            List<Long> first = new ArrayList<>();
            List<Long> second = new ArrayList<>();
            for (int step = 0; step < 8; step++) {
                gan.train();
                Checkpoint state = States.of(gan);
                first.add(state.number("to-b.genre-0.adam.steps"));
                second.add(state.number("to-b.genre-1.adam.steps"));
            }
            assertThat(first).containsExactly(1L, 2L, 3L, 1L, 2L, 3L, 4L, 1L);
            assertThat(second).containsExactly(1L, 2L, 3L, 4L, 5L, 1L, 2L, 3L);
        }
    }

    /** What guards tune and key is part of what the generators learn by. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "losses.tune=5",
                "losses.foreign=5",
                "losses.crumbs=5",
                "losses.key=5",
                "discriminators.genre-judges=3",
                "discriminators.attention-judges=1",
                "discriminators.histogram-judges=1",
                "locks.melody=true",
                "locks.key=true"
            })
    void shouldTrainOtherGeneratorsWith(String change) {
        assertThat(generatorAfterTwoSteps("losses.genre=1", "discriminators.width=4", change))
                .isNotEqualTo(generatorAfterTwoSteps("losses.genre=1", "discriminators.width=4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"locks.keep-key=true", "locks.density-limit-back=1"})
    void shouldTrainForWhatTheDecoderDecidesTogetherIfFakesAreBinarised(String change) {

        assertThat(generatorAfterTwoSteps("losses.genre=1", "discriminators.width=4", change))
                .isEqualTo(generatorAfterTwoSteps("losses.genre=1", "discriminators.width=4"));
        String binarised = "losses.straight-through=true";
        assertThat(generatorAfterTwoSteps("losses.genre=1", "discriminators.width=4", binarised, change))
                .isNotEqualTo(generatorAfterTwoSteps("losses.genre=1", "discriminators.width=4", binarised));
    }

    private static float[] generatorAfterTwoSteps(String... changes) {
        try (CycleGan gan = new CycleGan(Device.CPU, Synthetic.recipe(changes), A, B, MIXED)) {
            gan.train();
            gan.train();
            return States.of(gan).get("to-b");
        }
    }

    static Stream<Arguments> resumable() {
        return Stream.of(
                Arguments.of("plain", Synthetic.recipe("schedule.decay-from=0.2")),
                Arguments.of(
                        "spectral normalization and self-attention",
                        Synthetic.recipe(
                                "generator.blocks=2",
                                "generator.spectral-norm=true",
                                "generator.self-attention=true",
                                "discriminators.spectral-norm=true",
                                "discriminators.self-attention=true",
                                "schedule.average=0.9")),
                Arguments.of(
                        "everything on",
                        Synthetic.recipe(
                                "precision=bf16",
                                "discriminators.kind=octave",
                                "discriminators.source-negatives=0.5",
                                "losses.cycle-loss=bce",
                                "losses.content=1",
                                "losses.tune=2",
                                "losses.foreign=0.5",
                                "losses.key=0.25",
                                "losses.genre=0.5",
                                "discriminators.genre-judges=2",
                                "discriminators.attention-judges=1",
                                "discriminators.histogram-judges=1",
                                "discriminators.width=4",
                                "discriminators.genre-life=8",
                                "losses.adversarial=0.7",
                                "locks.melody=true",
                                "locks.key=true",
                                "locks.keep-key=true",
                                "locks.density-limit-there=1.5",
                                "losses.unheard=2",
                                "discriminators.augment=true",
                                "losses.straight-through=true",
                                "generator.skip=1",
                                "generator.zero-mean=true",
                                "schedule.warmup=2",
                                "schedule.average=0.9",
                                "schedule.clip=1",
                                "seed=5")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("resumable")
    void shouldResumeToTheNumbersOfAnUnbrokenRun(String name, Recipe recipe) {
        List<StepLosses> unbrokenLosses = new ArrayList<>();
        byte[] unbroken;
        try (CycleGan gan = new CycleGan(Device.CPU, recipe, A, B, MIXED)) {
            for (int step = 0; step < 7; step++) {
                unbrokenLosses.add(gan.train());
            }
            unbroken = States.bytes(gan);
            assertThat(States.of(gan).get("to-b.judge.pool")).hasSize(3 * PianoRoll.CELLS);
        }
        List<StepLosses> losses = new ArrayList<>();
        Checkpoint checkpoint;
        try (CycleGan gan = new CycleGan(Device.CPU, recipe, A, B, MIXED)) {
            for (int step = 0; step < 4; step++) {
                losses.add(gan.train());
            }
            checkpoint = States.of(gan);
        }
        try (CycleGan gan = new CycleGan(Device.CPU, recipe, A, B, MIXED)) {
            // What it did before being restored must not shine through.
            gan.train();
            gan.restore(checkpoint);
            assertThat(gan.step()).isEqualTo(4);
            for (int step = 4; step < 7; step++) {
                losses.add(gan.train());
            }
            assertThat(losses).isEqualTo(unbrokenLosses);
            assertThat(States.bytes(gan)).isEqualTo(unbroken);
        }
    }

    @Test
    void shouldDependOnTheSeed() {
        assertThat(lossesOf(Synthetic.recipe("seed=3"))).isEqualTo(lossesOf(Synthetic.recipe("seed=3")));
        assertThat(lossesOf(Synthetic.recipe("seed=4"))).isNotEqualTo(lossesOf(Synthetic.recipe("seed=3")));
    }

    private static StepLosses lossesOf(Recipe recipe) {
        try (CycleGan gan = new CycleGan(Device.CPU, recipe, A, B, MIXED)) {
            gan.train();
            return gan.train();
        }
    }

    @Test
    void shouldBeDoneAfterWarmUpAndSteps() {
        try (CycleGan gan =
                new CycleGan(Device.CPU, Synthetic.recipe("schedule.warmup=1", "schedule.steps=1"), A, B, MIXED)) {
            gan.train();
            assertThat(gan.isDone()).isFalse();
            gan.train();
            assertThat(gan.isDone()).isTrue();
            assertThat(gan.step()).isEqualTo(2);
        }
    }

    /** At a = 20 a generator starts as the identity: nothing is lost on the way there and back. */
    @Test
    void shouldLoseNothingThroughTheIdentity() {
        for (String kind : List.of("l1", "bce")) {
            Recipe recipe = Synthetic.recipe("generator.skip=20", "losses.cycle-loss=" + kind);
            try (CycleGan gan = new CycleGan(Device.CPU, recipe, A, B, MIXED)) {
                StepLosses losses = gan.train();
                assertThat(losses.cycle()).isLessThan(1e-6);
                assertThat(losses.content()).isLessThan(1e-6);
            }
        }
    }

    /** A fresh generator of the papers says 0.5 everywhere, half a cell off each way; its cross-entropy is ln 2. */
    @Test
    void shouldMeasureTheWayBack() {
        try (CycleGan gan = new CycleGan(Device.CPU, Synthetic.recipe(), A, B, MIXED)) {
            StepLosses losses = gan.train();
            assertThat(losses.cycle()).isCloseTo(1, within(0.1));
            assertThat(losses.content()).isCloseTo(2 * Math.log(2), within(0.15));
        }
        try (CycleGan gan = new CycleGan(Device.CPU, Synthetic.recipe("losses.cycle-loss=bce"), A, B, MIXED)) {
            assertThat(gan.train().cycle()).isCloseTo(2 * Math.log(2), within(0.15));
        }
    }

    /** Fresh judges answer near 0: real phrases cost 1/2 each, and generators are told to reach 1. */
    @Test
    void shouldScoreByLeastSquares() {
        Recipe recipe = Synthetic.recipe("discriminators.variant=base", "discriminators.noise=0");
        try (CycleGan gan = new CycleGan(Device.CPU, recipe, A, B, MIXED)) {
            StepLosses losses = gan.train();
            assertThat(losses.realScore()).isCloseTo(0, within(0.1));
            assertThat(losses.fakeScore()).isCloseTo(0, within(0.1));
            assertThat(losses.judgeB()).isCloseTo(0.5, within(0.1));
            assertThat(losses.persuasionToB()).isCloseTo(1, within(0.2));
        }
    }

    @Test
    void shouldAverageWeights() {
        Recipe recipe = Synthetic.recipe("schedule.average=0.9", "schedule.rate=0.01");
        try (CycleGan gan = new CycleGan(Device.CPU, recipe, A, B, MIXED)) {
            float[] start = States.of(gan).get("to-b");
            gan.train();
            float[] first = States.of(gan).get("to-b");
            // Early on the average is a plain mean: of two, then of three with the start.
            float[] expected = new float[start.length];
            for (int i = 0; i < start.length; i++) {
                expected[i] = (start[i] + first[i]) / 2;
            }
            assertThat(gan.averagedWeights(true)).containsExactly(expected, within(1e-6f));

            gan.train();
            float[] second = States.of(gan).get("to-b");
            for (int i = 0; i < start.length; i++) {
                expected[i] = (start[i] + first[i] + second[i]) / 3;
            }
            assertThat(gan.averagedWeights(true)).containsExactly(expected, within(1e-6f));
        }
    }

    @Test
    void shouldFollowAtOnceWithoutAnAverage() {
        try (CycleGan gan = new CycleGan(Device.CPU, Synthetic.recipe("schedule.rate=0.01"), A, B, MIXED)) {
            gan.train();
            assertThat(gan.averagedWeights(true)).isEqualTo(States.of(gan).get("to-b"));
            assertThat(gan.averagedWeights(false)).isEqualTo(States.of(gan).get("to-a"));
        }
    }

    /** The judge of genre hears real phrases alone, so what the generators do is nothing to it. */
    @Test
    void shouldKeepFakesFromTheGenreJudge() {
        Checkpoint still = after(3, Synthetic.recipe("losses.genre=1", "schedule.rate=0"));
        Checkpoint moving = after(3, Synthetic.recipe("losses.genre=1", "schedule.rate=0.05"));

        assertThat(moving.get("to-b.genre-0")).isEqualTo(still.get("to-b.genre-0"));
        assertThat(moving.get("to-b.judge")).isNotEqualTo(still.get("to-b.judge"));
    }

    @Test
    void shouldBinariseFakesStraightThrough() {
        Checkpoint soft = after(1, Synthetic.recipe());
        Checkpoint hard = after(1, Synthetic.recipe("losses.straight-through=true"));

        assertThat(farthestFromWhole(soft.get("to-b.judge.pool"))).isGreaterThan(0.1);
        assertThat(farthestFromWhole(hard.get("to-b.judge.pool"))).isLessThan(1e-6);
    }

    private static double farthestFromWhole(float[] values) {
        double farthest = 0;
        for (float value : values) {
            farthest = Math.max(farthest, Math.abs(value - Math.rint(value)));
        }
        return farthest;
    }

    private static Checkpoint after(int steps, Recipe recipe) {
        try (CycleGan gan = new CycleGan(Device.CPU, recipe, A, B, MIXED)) {
            for (int step = 0; step < steps; step++) {
                gan.train();
            }
            return States.of(gan);
        }
    }

    @Test
    void shouldRefuseACheckpointOfAnotherRecipe() {
        Checkpoint other = after(1, Synthetic.recipe("discriminators.variant=base"));
        try (CycleGan gan = new CycleGan(Device.CPU, Synthetic.recipe(), A, B, MIXED)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> gan.restore(other))
                    .withMessage("checkpoint lacks to-b.mixed: was it made with another recipe?");
        }
    }

    /** One step makes some 10 MB of tensors; if a tenth of them stayed, 100 steps would show it. */
    @Test
    void shouldKeepNativeMemoryFlat() {
        Recipe recipe = Synthetic.recipe("batch=4", "discriminators.kind=octave", "schedule.steps=1000");
        try (CycleGan gan = new CycleGan(Device.CPU, recipe, A, B, MIXED)) {
            for (int step = 0; step < 30; step++) {
                gan.train();
            }
            System.gc();
            long before = Pointer.physicalBytes();
            for (int step = 0; step < 100; step++) {
                gan.train();
            }
            System.gc();
            assertThat(Pointer.physicalBytes() - before).isLessThan(64L << 20);
        }
    }
}

package idiom.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.metrics.Texture;
import idiom.engine.metrics.TransferStrength;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.Synthetic;
import idiom.training.classifier.GenreClassifier;
import idiom.training.classifier.KnownClassifier;
import idiom.training.data.PhraseSet;
import idiom.training.net.Device;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The judge calls what sounds in octave 5, and silence, jazz; anything else pop. */
class PairEvaluationTest {
    private static final Offset<Double> EXACTLY = within(1e-9);
    /** Lines of 2 and 4 cells on the C of octave 5, and of octave 1. */
    private static final PhraseSet JAZZ = PhraseSet.ofRolls(List.of(Synthetic.line(60, 2), Synthetic.line(60, 4)));

    private static final PhraseSet POP = PhraseSet.ofRolls(List.of(Synthetic.line(12, 2), Synthetic.line(12, 4)));

    private static GenreClassifier judge;

    @BeforeAll
    static void makeJudge() {
        Device.useThreads(1);
        judge = KnownClassifier.of("jazz", "pop");
    }

    @AfterAll
    static void closeJudge() {
        judge.close();
    }

    @Test
    void shouldFindNothingInTheIdentity() {
        PairResult result = evaluation(JAZZ, POP).run(Generators.identity(), Generators.identity());

        assertThat(result.accuracy()).isEqualTo(1);
        assertThat(result.total()).isZero();
        DirectionResult there = result.there();
        assertThat(there.source()).isEqualTo("jazz");
        assertThat(there.target()).isEqualTo("pop");
        assertThat(there.phrases()).isEqualTo(2);
        assertThat(there.strength()).isEqualTo(new TransferStrength(1, 1, 1));
        assertThat(there.controlStrength()).isZero();
        assertThat(there.total()).isEqualTo(new Spread(0, 0));
        assertThat(there.leastTotal()).isEqualTo(new Spread(0, 0));
        assertThat(there.melodyF1()).isEqualTo(1);
        assertThat(there.chroma()).isCloseTo(1, EXACTLY);
        assertThat(there.keyChanges()).isZero();
        assertThat(there.keyChangesByOthers()).isZero();
        assertThat(there.outOfKey()).isZero();
        assertThat(there.densityRatio()).isEqualTo(1);
        // Lines of 2 and 4 cells in the first of four bars.
        assertThat(there.after()).isEqualTo(new Texture(3 / 64.0, 1 / 4.0, 1, 3 / 4.0, 61, 0, 0));
    }

    /** Silence counts as jazz: jazz that falls silent is not moved, pop that falls silent is, and does not come back. */
    @Test
    void shouldSeeThroughSilence() {
        PairResult result = evaluation(JAZZ, POP).run(Generators.silence(), Generators.silence());

        assertThat(result.there().strength()).isEqualTo(new TransferStrength(1, 1, 1));
        assertThat(result.back().strength()).isEqualTo(new TransferStrength(1, 0, 0));
        assertThat(result.back().strength().value()).isEqualTo(0.5);
        // Taking as many cells away at random is silence too, and comes back by assumption.
        assertThat(result.back().control()).isZero();
        assertThat(result.back().controlStrength()).isEqualTo(1);
        assertThat(result.total()).isEqualTo(0.25);
        for (DirectionResult direction : List.of(result.there(), result.back())) {
            assertThat(direction.total()).isEqualTo(new Spread(1, 0));
            assertThat(direction.removed()).isEqualTo(new Spread(1, 0));
            assertThat(direction.added()).isEqualTo(new Spread(0, 0));
            assertThat(direction.leastTotal()).isEqualTo(new Spread(1, 0));
            assertThat(direction.melodyF1()).isZero();
            assertThat(direction.chroma()).isZero();
            assertThat(direction.keyChanges()).isZero();
            assertThat(direction.densityRatio()).isZero();
            assertThat(direction.after()).isEqualTo(new Texture(0, 0, 0, 1, 64, 0, 0));
        }
    }

    @Test
    void shouldCountOneMoreCell() {
        PairResult result = evaluation(JAZZ, POP).run(Generators.oneMoreCell(), Generators.identity());
        DirectionResult there = result.there();

        assertThat(there.strength()).isEqualTo(new TransferStrength(1, 1, 1));
        // One cell to 2 and one to 4: 1/2 and 1/4.
        assertThat(there.added().mean()).isCloseTo(0.375, EXACTLY);
        assertThat(there.added().deviation()).isCloseTo(0.125, EXACTLY);
        assertThat(there.total()).isEqualTo(there.added());
        assertThat(there.removed()).isEqualTo(new Spread(0, 0));
        assertThat(there.leastTotal().mean()).isCloseTo(0.375, EXACTLY);
        assertThat(there.leastTotal().deviation()).isCloseTo(0.125, EXACTLY);
        // Lines of 2 and 4 steps, both kept, in results of 3 and 5.
        assertThat(there.melodyF1()).isCloseTo(2 * 6 / (6.0 + 8.0), EXACTLY);
        // C alone against 2 or 4 of C and one B.
        assertThat(there.chroma()).isCloseTo((2 / Math.sqrt(5) + 4 / Math.sqrt(17)) / 2, EXACTLY);
        assertThat(there.before().cellsPerStep()).isCloseTo(3 / 64.0, EXACTLY);
        assertThat(there.after().cellsPerStep()).isCloseTo(4 / 64.0, EXACTLY);
        assertThat(there.after().emptyBars()).isCloseTo(0.5, EXACTLY);
        assertThat(there.densityRatio()).isCloseTo(4 / 3.0, EXACTLY);
        // The other direction goes through the identity first.
        assertThat(result.back().total()).isEqualTo(new Spread(0, 0));
    }

    @Test
    void shouldGiveFullMarksToAPerfectTransfer() {
        PairResult result = evaluation(JAZZ, POP).run(Generators.swapOctaves(), Generators.swapOctaves());

        assertThat(result.total()).isEqualTo(1);
        for (DirectionResult direction : List.of(result.there(), result.back())) {
            assertThat(direction.strength()).isEqualTo(new TransferStrength(1, 0, 1));
            assertThat(direction.added()).isEqualTo(new Spread(1, 0));
            assertThat(direction.removed()).isEqualTo(new Spread(1, 0));
            assertThat(direction.total()).isEqualTo(new Spread(2, 0));
            // Four octaves down is no change where shifts are forgiven, in pitch classes or in key.
            assertThat(direction.leastTotal()).isEqualTo(new Spread(0, 0));
            // Cells strewn at random lie together under no shift.
            assertThat(direction.controlLeast().total().mean()).isBetween(1.0, 2.0);
            assertThat(direction.controlLeast().added())
                    .isEqualTo(direction.controlLeast().removed());
            assertThat(direction.chroma()).isCloseTo(1, EXACTLY);
            assertThat(direction.keyChanges()).isZero();
            assertThat(direction.melodyF1()).isZero();
        }
    }

    @Test
    void shouldCountWhatTheJudgeGetsWrong() {
        PhraseSet doubtful = PhraseSet.ofRolls(List.of(Synthetic.line(60, 2), Synthetic.line(12, 3)));
        PairResult result = evaluation(doubtful, POP).run(Generators.identity(), Generators.identity());

        assertThat(result.accuracy()).isEqualTo(0.75);
        assertThat(result.there().strength()).isEqualTo(new TransferStrength(0.5, 0.5, 0.5));
        assertThat(result.there().strengthError()).isZero();
        assertThat(result.back().strength()).isEqualTo(new TransferStrength(1, 1, 1));
    }

    /** Content change is relative to the source, so a silent phrase has none. */
    @Test
    void shouldLeaveSilentPhrasesOutOfMeansOfRatios() {
        PhraseSet gap = PhraseSet.ofRolls(List.of(Synthetic.line(60, 2), PianoRoll.empty()));
        DirectionResult there = evaluation(gap, POP)
                .run(Generators.oneMoreCell(), Generators.identity())
                .there();

        assertThat(there.added()).isEqualTo(new Spread(0.5, 0));
        assertThat(there.leastTotal()).isEqualTo(new Spread(0.5, 0));
    }

    /** Of two phrases one scores 1 and one 1/2: a deviation of 1/4, so an error of 1/4 over the root of 2. */
    @Test
    void shouldSayHowSureTheStrengthIs() {
        PhraseSet mixed = PhraseSet.ofRolls(List.of(Synthetic.line(60, 2), Synthetic.line(12, 3)));
        DirectionResult there = evaluation(mixed, POP)
                .run(
                        Generators.of(roll -> roll.isEmpty() ? roll : Synthetic.line(12, 3)),
                        Generators.of(roll -> Synthetic.line(60, 2)))
                .there();

        assertThat(there.strength()).isEqualTo(new TransferStrength(0.5, 0, 1));
        assertThat(there.strength().value()).isEqualTo(0.75);
        assertThat(there.strengthError()).isCloseTo(0.25 / Math.sqrt(2), EXACTLY);
    }

    @Test
    void shouldRefuseNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluation(JAZZ, PhraseSet.ofRolls(List.of())))
                .withMessage("nothing to evaluate: jazz=2 phrases, pop=0 phrases");
    }

    private static PairEvaluation evaluation(PhraseSet jazz, PhraseSet pop) {
        return new PairEvaluation(judge, "jazz", jazz, "pop", pop);
    }
}

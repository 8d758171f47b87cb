package idiom.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import idiom.training.Synthetic;
import idiom.training.data.PhraseSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantGeneratorTest {

    private static PianoRoll answered(UnaryOperator<PianoRoll> network, Before before, PianoRoll phrase) {
        return PhraseTransfer.through(
                        new InstantGenerator(Generators.of(network), before), PhraseSet.ofRolls(List.of(phrase)))
                .roll(0);
    }

    /** A roll with one run of cells [from, end) at each of the given pitches. */
    private static PianoRoll runs(int... pitchFromEnd) {
        long[] masks = new long[PianoRoll.PITCHES];
        for (int i = 0; i < pitchFromEnd.length; i += 3) {
            for (int step = pitchFromEnd[i + 1]; step < pitchFromEnd[i + 2]; step++) {
                masks[pitchFromEnd[i]] |= 1L << step;
            }
        }
        return PianoRoll.ofPitches(masks);
    }

    private static UnaryOperator<PianoRoll> with(int pitch) {
        return window -> edited(window, pitch, -1L);
    }

    private static PianoRoll edited(PianoRoll window, int pitch, long steps) {
        long[] masks = new long[PianoRoll.PITCHES];
        for (int p = 0; p < PianoRoll.PITCHES; p++) {
            masks[p] = p == pitch ? steps : window.steps(p);
        }
        return PianoRoll.ofPitches(masks);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SILENCE", "ITSELF"})
    void shouldGiveBackWhatTheIdentityHears(Before before) {
        PhraseSet phrases = Synthetic.phrases(4, 0, 84, 3);
        assertThat(PhraseTransfer.through(
                        new InstantGenerator(Generators.of(UnaryOperator.identity()), before), phrases))
                .isEqualTo(phrases);
    }

    /** Struck at 4, answered there alone; the added note ends with the key, not with the answer. */
    @Test
    void shouldHoldAddedNotesWhileAKeyIsDown() {
        assertThat(answered(with(50), Before.SILENCE, runs(30, 4, 9))).isEqualTo(runs(30, 4, 9, 50, 4, 9));
    }

    @Test
    void shouldEndAddedNotesThatTheNextAnswerLeavesOut() {
        UnaryOperator<PianoRoll> firstOnly = window -> window.steps(31) == 0 ? edited(window, 50, -1L) : window;
        assertThat(answered(firstOnly, Before.SILENCE, runs(30, 4, 12, 31, 8, 10)))
                .isEqualTo(runs(30, 4, 12, 31, 8, 10, 50, 4, 8));
    }

    /** Out at its own step, back when the next answer has it, and out with its key though others are down. */
    @Test
    void shouldBringANoteBackThatWasLeftOut() {
        UnaryOperator<PianoRoll> firstNot = window -> window.steps(31) == 0 ? edited(window, 30, 0) : window;
        assertThat(answered(firstNot, Before.SILENCE, runs(30, 4, 12, 31, 8, 16)))
                .isEqualTo(runs(30, 8, 12, 31, 8, 16));
    }

    /** Cut by the answer to the second note, it stays away though nothing else speaks against it. */
    @Test
    void shouldCutAHeldNote() {
        UnaryOperator<PianoRoll> secondNot = window -> window.steps(31) == 0 ? window : edited(window, 30, 0);
        assertThat(answered(secondNot, Before.SILENCE, runs(30, 4, 12, 31, 8, 10)))
                .isEqualTo(runs(30, 4, 8, 31, 8, 10));
    }

    /** The last step of a window is what is played now; nothing of what comes later is heard. */
    @Test
    void shouldAskWithTheStepsThatEndNow() {
        List<PianoRoll> seen = new ArrayList<>();
        Generator recorder = new Recorder(seen);
        float[] cells = new float[PianoRoll.CELLS];
        runs(30, 4, 12, 31, 8, 10).toCells(cells, 0);
        new InstantGenerator(recorder, Before.SILENCE).generate(cells, new float[PianoRoll.CELLS], 1);
        assertThat(seen).containsExactly(runs(30, 63, 64), runs(30, 59, 64, 31, 63, 64));

        seen.clear();
        new InstantGenerator(recorder, Before.ITSELF).generate(cells, new float[PianoRoll.CELLS], 1);
        assertThat(seen)
                .containsExactly(
                        runs(30, 0, 7, 31, 3, 5, 30, 63, 64), runs(30, 0, 3, 31, 0, 1, 30, 59, 64, 31, 63, 64));
    }

    private record Recorder(List<PianoRoll> seen) implements Generator {
        @Override
        public int maxBatch() {
            return 8;
        }

        @Override
        public void generate(float[] windows, float[] probabilities, int count) {
            for (int i = 0; i < count; i++) {
                seen.add(PianoRoll.ofCells(windows, i * PianoRoll.CELLS, 0.5f));
            }
            System.arraycopy(windows, 0, probabilities, 0, count * PianoRoll.CELLS);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /** What a session does with the same network and the same notes, listened to in the middle of each step. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldDoWhatALiveSessionDoes(int seed) {
        PianoRoll phrase = music(seed);
        UnaryOperator<PianoRoll> network = fickle(seed);

        assertThat(answered(network, Before.SILENCE, phrase)).isEqualTo(new LivePhrase(network).play(phrase, 1));
        assertThat(answered(network, Before.ITSELF, phrase)).isEqualTo(new LivePhrase(network).play(phrase, 3));
    }

    /** Some runs of cells at few pitches, and rests for all. */
    private static PianoRoll music(int seed) {
        RandomGenerator random = new SplittableRandom(seed);
        long[] masks = new long[PianoRoll.PITCHES];
        for (int pitch = 40; pitch < 44; pitch++) {
            for (int step = 1; step < PianoRoll.STEPS; ) {
                int end = Math.min(PianoRoll.STEPS, step + 1 + random.nextInt(9));
                if (random.nextBoolean()) {
                    for (int s = step; s < end; s++) {
                        masks[pitch] |= 1L << s;
                    }
                }
                step = end + 1;
            }
            masks[pitch] &= ~(0b11111L << 20);
        }
        return PianoRoll.ofPitches(masks);
    }

    /** Turns cells of some pitches round as the window's content has it; the same window, the same answer. */
    private static UnaryOperator<PianoRoll> fickle(int seed) {
        return window -> {
            long[] masks = new long[PianoRoll.PITCHES];
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                masks[pitch] = window.steps(pitch);
            }
            RandomGenerator random = new SplittableRandom(Arrays.hashCode(masks) * 31L + seed);
            for (int pitch = 38; pitch < 46; pitch++) {
                masks[pitch] ^= random.nextInt(3) == 0 ? -1L : 0;
            }
            return PianoRoll.ofPitches(masks);
        };
    }
}

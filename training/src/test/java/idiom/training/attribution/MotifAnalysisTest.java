package idiom.training.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.pianoroll.PianoRoll;
import idiom.training.attribution.motif.Motif;
import idiom.training.attribution.motif.PhraseNote;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MotifAnalysisTest {
    private static final Motif SHORT = new Motif("duration", "1 step");

    @Test
    void shouldFindAPlantedMotifAndNothingElseOfItsFamily() {
        // Notes of one step, half of all, weigh three times as much as others, wherever they are: 0.5 * 3 / 2 of all
        // against 0.5.
        List<MotifResult> results = analyse(30, note -> note.length() == 1 ? 3 : 1);

        MotifResult planted = find(results, SHORT);
        assertThat(planted.inPhrase().lift()).isBetween(1.4, 1.6);
        assertThat(planted.inPhrase().isEffect()).isTrue();
        assertThat(planted.inPhrase().z()).isGreaterThan(10);
        assertThat(planted.inPhrase().high()).isLessThan(1.2);
        assertThat(planted.inOctave().isEffect()).isTrue();
        assertThat(planted.phrasesAbove()).isGreaterThan(0.95);
        assertThat(find(results, new Motif("duration", "2 steps")).inPhrase().lift())
                .isLessThan(1);
        // Place and pitch were drawn apart from the length: of what is unrelated, hardly anything stands out.
        assertThat(results.stream()
                        .filter(one -> List.of("onset", "register")
                                .contains(one.motif().family()))
                        .filter(one -> one.inPhrase().isEffect()))
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void shouldFindNothingWhereAllNotesAreAlike() {
        assertThat(analyse(20, note -> 1)).isNotEmpty().allSatisfy(one -> {
            assertThat(one.inPhrase().isEffect()).isFalse();
            assertThat(one.inPhrase().lift()).isCloseTo(1, within(1e-6));
            assertThat(one.saliencyShare()).isCloseTo(one.noteShare(), within(1e-6));
        });
    }

    @Test
    void shouldFindNextToNothingWhereSaliencyIsDrawnByChance() {
        RandomGenerator random = new SplittableRandom(5);
        List<MotifResult> results = analyse(30, note -> random.nextDouble());

        assertThat(results).hasSizeGreaterThan(60);
        assertThat(results.stream().filter(one -> one.inPhrase().isEffect())).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void shouldTellAMotifFromTheRegisterItLiesIn() {
        // Only what lies below C3 weighs: the bass stands out in the phrase, and in its own octaves it does not.
        List<MotifResult> results = analyse(30, note -> note.pitch() < 48 ? 2 : 1);
        MotifResult bass = find(results, new Motif("bass", "any note"));

        assertThat(bass.inPhrase().isEffect()).isTrue();
        assertThat(bass.inPhrase().lift()).isGreaterThan(1.1);
        assertThat(bass.inOctave().isEffect()).isFalse();
        assertThat(bass.inOctave().lift()).isCloseTo(1, within(1e-6));
        assertThat(find(results, new Motif("register", "C2 to B2")).inOctave().q())
                .isNaN();
    }

    @Test
    void shouldCountByHand() {
        // C4 of two steps with 1 each, then E4 of one step with 3: three quarters of the saliency on half of the notes.
        PianoRoll roll = Rolls.of(60, 0, 2, 64, 4, 1);
        List<MotifResult> results = analyse(List.of(phrase(roll, note -> note.length() == 1 ? 3 : 1)));
        MotifResult one = find(results, SHORT);

        assertThat(one.occurrences()).isEqualTo(1);
        assertThat(one.phrases()).isEqualTo(1);
        assertThat(one.notes()).isEqualTo(1);
        assertThat(one.noteShare()).isEqualTo(0.5);
        assertThat(one.saliencyShare()).isEqualTo(0.75);
        assertThat(one.inPhrase().lift()).isEqualTo(1.5);
        assertThat(find(results, new Motif("melody", "major third up"))
                        .inPhrase()
                        .lift())
                .isEqualTo(1);
    }

    @Test
    void shouldRepeatItself() {
        assertThat(analyse(5, note -> note.length() == 1 ? 3 : 1))
                .isEqualTo(analyse(5, note -> note.length() == 1 ? 3 : 1));
    }

    private static MotifResult find(List<MotifResult> results, Motif motif) {
        return results.stream()
                .filter(one -> one.motif().equals(motif))
                .findFirst()
                .orElseThrow();
    }

    private static List<MotifResult> analyse(int phrases, ToDoubleFunction<PhraseNote> saliency) {
        RandomGenerator random = new SplittableRandom(1);
        return analyse(IntStream.range(0, phrases)
                .mapToObj(i -> phrase(randomRoll(random), saliency))
                .toList());
    }

    private static List<MotifResult> analyse(List<AttributedPhrase> phrases) {
        return new MotifAnalysis(400, 1, () -> {}).run(List.of(new MotifAnalysis.Genre("jazz", phrases)));
    }

    /** Fifty notes of one or two steps at places and pitches drawn by chance, no two of a pitch touching. */
    private static PianoRoll randomRoll(RandomGenerator random) {
        long[] pitches = new long[PianoRoll.PITCHES];
        for (int i = 0; i < 50; i++) {
            int pitch = random.nextInt(12, 60);
            int onset = random.nextInt(1, 60);
            if ((pitches[pitch] & 0b11111L << (onset - 1)) == 0) {
                pitches[pitch] |= (random.nextBoolean() ? 0b1L : 0b11L) << onset;
            }
        }
        return PianoRoll.ofPitches(pitches);
    }

    private static AttributedPhrase phrase(PianoRoll roll, ToDoubleFunction<PhraseNote> saliency) {
        float[] gradients = new float[PianoRoll.CELLS];
        AttributedPhrase bare = AttributedPhrase.of(0, SaliencyMap.of(roll, gradients, 0));
        for (PhraseNote note : bare.notes().notes()) {
            float value = (float) saliency.applyAsDouble(note);
            for (int step = note.onset(); step < note.end(); step++) {
                gradients[step * PianoRoll.PITCHES + note.pitch() - PianoRoll.LOWEST_PITCH] = value;
            }
        }
        return AttributedPhrase.of(0, SaliencyMap.of(roll, gradients, 0));
    }
}

package idiom.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.generator.Generator;
import idiom.engine.pianoroll.PianoRoll;
import idiom.presets.Decoding;
import idiom.presets.Feel;
import idiom.presets.PitchRange;
import idiom.training.data.PhraseSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodingGeneratorTest {
    /** Pitch indices of a rising scale of C major in the third octave, a step each, over and over. */
    private static final int[] C_MAJOR = {36, 38, 40, 41, 43, 45, 47, 48};

    private static final PianoRoll SCALE = scale();

    private static PianoRoll scale() {
        long[] pitches = new long[PianoRoll.PITCHES];
        for (int step = 0; step < PianoRoll.STEPS; step++) {
            pitches[C_MAJOR[step % C_MAJOR.length]] |= 1L << step;
        }
        return PianoRoll.ofPitches(pitches);
    }

    private static PianoRoll with(PianoRoll roll, int... pitchesThroughout) {
        long[] pitches = new long[PianoRoll.PITCHES];
        for (int pitch = 0; pitch < pitches.length; pitch++) {
            pitches[pitch] = roll.steps(pitch);
        }
        for (int pitch : pitchesThroughout) {
            pitches[pitch] = -1L;
        }
        return PianoRoll.ofPitches(pitches);
    }

    private static Decoding decoding(double threshold, boolean melodyLock, boolean keyLock) {
        return new Decoding(threshold, 1, melodyLock, keyLock, 16, Feel.STRAIGHT, PitchRange.FULL);
    }

    private static PianoRoll answer(Generator generator, Decoding decoding) {
        try (Generator decoded = new DecodingGenerator(generator, decoding)) {
            PhraseSet three = PhraseSet.ofRolls(List.of(PianoRoll.empty(), SCALE, PianoRoll.empty()));
            return PhraseTransfer.through(decoded, three).roll(1);
        }
    }

    @Test
    void shouldBeTheGeneratorItselfWherePlain() {
        assertThat(answer(Generators.swapOctaves(), Decoding.PLAIN))
                .isEqualTo(PhraseTransfer.through(Generators.swapOctaves(), PhraseSet.ofRolls(List.of(SCALE)))
                        .roll(0));
    }

    /** The generator says 0.51 where it wants sound. */
    @Test
    void shouldAskTheThresholdOfThePreset() {
        assertThat(answer(Generators.identity(), decoding(0.505, false, false))).isEqualTo(SCALE);
        assertThat(answer(Generators.identity(), decoding(0.52, false, false))).isEqualTo(PianoRoll.empty());
    }

    @Test
    void shouldKeepAddedNotesInTheKeyOfTheWindow() {
        Generator adding = Generators.of(roll -> with(roll, 24, 25, 28, 30));

        assertThat(answer(adding, decoding(0.5, false, false))).isEqualTo(with(SCALE, 24, 25, 28, 30));
        assertThat(answer(adding, decoding(0.5, false, true))).isEqualTo(with(SCALE, 24, 28));
    }

    @Test
    void shouldKeepTheTune() {
        Generator above = Generators.of(roll -> with(PianoRoll.empty(), 24, 60));

        assertThat(answer(above, decoding(0.5, true, false))).isEqualTo(with(SCALE, 24));
    }
}

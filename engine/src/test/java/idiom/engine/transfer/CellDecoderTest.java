package idiom.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.harmony.Key;
import idiom.engine.harmony.KeyFinder;
import idiom.engine.metrics.KeyChange;
import idiom.engine.metrics.Melody;
import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.pianoroll.Rolls;
import idiom.presets.Decoding;
import idiom.presets.Feel;
import idiom.presets.PitchRange;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CellDecoderTest {
    private static final Key C_MAJOR = new Key(0, Key.Mode.MAJOR);

    @Test
    void shouldSoundAboveTheThresholdOnly() {
        float[] probabilities = new float[PianoRoll.CELLS];
        set(probabilities, 60, 0, 1, 0.5f);
        set(probabilities, 60, 1, 1, 0.51f);
        assertThat(decode(Decoding.PLAIN, PianoRoll.empty(), probabilities)).isEqualTo(PianoRoll.empty());
        assertThat(decode(Decoding.PLAIN, Rolls.of(72, 0, 1), probabilities)).isEqualTo(Rolls.of(60, 1, 1));
        // A threshold as text is a double; a probability equal to it as float doesn't pass.
        set(probabilities, 60, 0, 2, 0.3f);
        assertThat(decode(
                        new Decoding(0.3, 1, false, false, 16, Feel.STRAIGHT, PitchRange.FULL),
                        Rolls.of(72, 0, 1),
                        probabilities))
                .isEqualTo(PianoRoll.empty());
    }

    @Test
    void shouldLeaveWhatLiesOutsideTheRange() {
        float[] probabilities = new float[PianoRoll.CELLS];
        set(probabilities, 50, 0, 4, 1);
        set(probabilities, 70, 0, 4, 1);
        Decoding decoding = new Decoding(0.5, 1, false, false, 16, Feel.STRAIGHT, new PitchRange(60, 72));
        assertThat(decode(decoding, Rolls.of(40, 0, 4, 60, 0, 4), probabilities))
                .isEqualTo(Rolls.of(40, 0, 4, 70, 0, 4));
    }

    @Test
    void shouldLockTheMelody() {
        // Top line: G4 at 0-1, C4 at 2-3, nothing from 4 on. The generator says A4 throughout, E4 at 0-7.
        float[] probabilities = new float[PianoRoll.CELLS];
        set(probabilities, 69, 0, 8, 1);
        set(probabilities, 64, 0, 8, 1);
        Decoding decoding = new Decoding(0.5, 1, true, false, 16, Feel.STRAIGHT, PitchRange.FULL);
        // E4 is below G4 and above C4; from step 4 on there is no line to guard.
        assertThat(decode(decoding, Rolls.of(67, 0, 2, 60, 0, 4), probabilities))
                .isEqualTo(Rolls.of(67, 0, 2, 60, 2, 2, 64, 0, 2, 64, 4, 4, 69, 4, 4));
    }

    @Test
    void shouldLockTheMelodyThatIsHeard() {
        // G4 at 0-1 is seen until 2, C4 at 2-5, struck again at 4, is not seen at 3; A3 lies below at 0-5. The
        // generator
        // says E4 throughout and G4 at 2 on.
        PianoRoll window = Rolls.of(67, 0, 3, 60, 2, 1, 60, 4, 3, 57, 0, 7);
        PianoRoll heard = Rolls.of(67, 0, 2, 60, 2, 4, 57, 0, 6);
        float[] probabilities = new float[PianoRoll.CELLS];
        set(probabilities, 64, 0, 8, 1);
        set(probabilities, 67, 2, 6, 1);
        Decoding decoding = new Decoding(0.5, 1, true, false, 16, Feel.STRAIGHT, PitchRange.FULL);
        // C4 stays where it is the line and is seen; nothing is added above it, not even where it is hidden. G4's own
        // cell at 2 may stay. A3 is nowhere the line. From 6 on there is none, and C4's last cell is no part of it.
        assertThat(new CellDecoder(decoding).decode(window, heard, probabilities, 0, null))
                .isEqualTo(Rolls.of(67, 0, 3, 60, 2, 1, 60, 4, 2, 64, 0, 2, 64, 6, 2, 67, 6, 2));
    }

    @Test
    void shouldLockTheKey() {
        // C#4 is the player's and stays; of the generator's F# and G only G is in C major.
        float[] probabilities = new float[PianoRoll.CELLS];
        set(probabilities, 61, 0, 4, 1);
        set(probabilities, 66, 0, 4, 1);
        set(probabilities, 67, 0, 4, 1);
        Decoding decoding = new Decoding(0.5, 1, false, true, 16, Feel.STRAIGHT, PitchRange.FULL);
        assertThat(decode(decoding, Rolls.of(61, 0, 4), probabilities)).isEqualTo(Rolls.of(61, 0, 4, 67, 0, 4));
        assertThat(new CellDecoder(decoding).decode(Rolls.of(61, 0, 4), Rolls.of(61, 0, 4), probabilities, 0, null))
                .isEqualTo(Rolls.of(61, 0, 4, 66, 0, 4, 67, 0, 4));
    }

    @Test
    void shouldMixInTheSurestChanges() {
        // Four changes by confidence: A4 added at 0.9 (0.4), C4 removed at 0.2 (0.3), B4 added at mean 0.75 (0.25),
        // E4 removed at 0.4 (0.1).
        float[] probabilities = new float[PianoRoll.CELLS];
        set(probabilities, 69, 0, 2, 0.9f);
        set(probabilities, 60, 0, 4, 0.2f);
        set(probabilities, 71, 0, 1, 0.6f);
        set(probabilities, 71, 1, 1, 0.9f);
        set(probabilities, 64, 0, 4, 0.4f);
        PianoRoll window = Rolls.of(60, 0, 4, 64, 0, 4);
        assertThat(decode(mix(0), window, probabilities)).isEqualTo(window);
        assertThat(decode(mix(0.25), window, probabilities)).isEqualTo(Rolls.of(60, 0, 4, 64, 0, 4, 69, 0, 2));
        assertThat(decode(mix(0.5), window, probabilities)).isEqualTo(Rolls.of(64, 0, 4, 69, 0, 2));
        assertThat(decode(mix(0.75), window, probabilities)).isEqualTo(Rolls.of(64, 0, 4, 69, 0, 2, 71, 0, 2));
        assertThat(decode(mix(1), window, probabilities)).isEqualTo(Rolls.of(69, 0, 2, 71, 0, 2));
    }

    /** By the step where a change begins; which changes come first is a matter of the whole window. */
    @Test
    void shouldMixEachStepAsIsWanted() {
        float[] probabilities = new float[PianoRoll.CELLS];
        set(probabilities, 69, 0, 2, 0.9f);
        set(probabilities, 60, 0, 4, 0.2f);
        set(probabilities, 71, 2, 2, 0.75f);
        set(probabilities, 64, 0, 4, 0.4f);
        PianoRoll window = Rolls.of(60, 0, 4, 64, 0, 4);
        double[] mixes = new double[PianoRoll.STEPS];
        // The second half wants the three most confident changes, of which two lie in the first.
        Arrays.fill(mixes, 2, PianoRoll.STEPS, 0.75);
        assertThat(decode(mixes, window, probabilities)).isEqualTo(Rolls.of(60, 0, 4, 64, 0, 4, 71, 2, 2));
        Arrays.fill(mixes, 0, 2, 0.25);
        Arrays.fill(mixes, 2, PianoRoll.STEPS, 0.5);
        assertThat(decode(mixes, window, probabilities)).isEqualTo(Rolls.of(60, 0, 4, 64, 0, 4, 69, 0, 2));
        SplittableRandom random = new SplittableRandom(3);
        for (double mix = 0; mix <= 1; mix += 0.125) {
            Arrays.fill(mixes, mix);
            PianoRoll any = Rolls.random(random, 0.05);
            for (int i = 0; i < probabilities.length; i++) {
                probabilities[i] = random.nextFloat() * 0.55f;
            }
            assertThat(decode(mixes, any, probabilities)).isEqualTo(decode(mix(mix), any, probabilities));
        }
    }

    private static PianoRoll decode(double[] mixes, PianoRoll window, float[] probabilities) {
        long[] before = new long[PianoRoll.PITCHES];
        long[] after = new long[PianoRoll.PITCHES];
        for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
            before[pitch] = window.steps(pitch);
        }
        new CellDecoder(mix(1)).decode(before, before, probabilities, 0, null, mixes, after);
        return PianoRoll.ofPitches(after);
    }

    @Test
    void shouldDropTheLeastProbableAddedNotesFirst() {
        // Four cells came in and stay; at 1.5 times that two may be added: the notes of 0.6 and 0.7 go, 0.9 stays.
        float[] probabilities = new float[PianoRoll.CELLS];
        set(probabilities, 60, 0, 4, 0.55f);
        set(probabilities, 64, 0, 4, 0.6f);
        set(probabilities, 67, 0, 2, 0.9f);
        set(probabilities, 71, 0, 1, 0.7f);
        PianoRoll window = Rolls.of(60, 0, 4);
        assertThat(decode(limit(1.5), window, probabilities)).isEqualTo(Rolls.of(60, 0, 4, 67, 0, 2));
        assertThat(decode(limit(1.75), window, probabilities)).isEqualTo(Rolls.of(60, 0, 4, 67, 0, 2, 71, 0, 1));
        // The player's own cells are not what a limit takes away.
        assertThat(decode(limit(0), window, probabilities)).isEqualTo(window);
    }

    @Test
    void shouldReadFromTheOffset() {
        float[] probabilities = new float[2 * PianoRoll.CELLS];
        probabilities[PianoRoll.CELLS + 63 * PianoRoll.PITCHES + 83] = 1;
        assertThat(new CellDecoder(Decoding.PLAIN)
                        .decode(Rolls.of(60, 0, 1), Rolls.of(60, 0, 1), probabilities, PianoRoll.CELLS, null))
                .isEqualTo(Rolls.of(107, 63, 1));
    }

    @Test
    void shouldHoldItsPromisesForAnyWindow() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 300; round++) {
            PianoRoll window = Rolls.random(random, random.nextDouble() * 0.1);
            float[] probabilities = new float[PianoRoll.CELLS];
            for (int i = 0; i < probabilities.length; i++) {
                probabilities[i] = (float) Math.pow(random.nextDouble(), 4);
            }
            Decoding decoding = randomDecoding(random);
            PianoRoll result = decode(decoding, window, probabilities);

            PianoRoll added = result.minus(window);
            PianoRoll gone = window.minus(result);
            for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
                long changed = added.steps(pitch) | gone.steps(pitch);
                assertThat(changed == 0 || decoding.range().contains(pitch + 24))
                        .isTrue();
                assertThat(added.steps(pitch) == 0 || !decoding.keyLock() || C_MAJOR.contains(pitch))
                        .isTrue();
            }
            if (decoding.keepKey() && pitchClasses(window) > 2) {
                assertThat(KeyChange.of(window, result, KeyFinder.standard()).isChange())
                        .isFalse();
            }
            if (decoding.melodyLock()) {
                assertThat(Melody.of(window, result).recall()).isEqualTo(1);
            }
            long limit = (long) Math.floor(decoding.densityLimit() * window.cellCount());
            assertThat(added.isEmpty() || result.cellCount() <= limit).isTrue();
            // Deciding again about what was decided changes nothing more: locks and limits are idempotent.
            float[] again = new float[PianoRoll.CELLS];
            result.toCells(again, 0);
            Decoding unmixed = new Decoding(
                    0.5,
                    1,
                    decoding.melodyLock(),
                    decoding.keyLock(),
                    decoding.keepKey(),
                    decoding.densityLimit(),
                    Feel.STRAIGHT,
                    decoding.range());
            assertThat(decode(unmixed, window, again)).isEqualTo(result);
            // A generator that returns its input changes nothing, whatever is locked.
            float[] same = new float[PianoRoll.CELLS];
            window.toCells(same, 0);
            assertThat(decode(decoding, window, same)).isEqualTo(window);
        }
    }

    /** C major; the generator leaves every C out and adds as many A's: all in the scale, but another key. */
    @Test
    void shouldTakeBackAsMuchAsTheKeyNeeds() {
        PianoRoll window = Rolls.of(60, 0, 16, 64, 0, 8, 67, 0, 8, 72, 16, 8, 65, 24, 4, 71, 28, 4);
        float[] probabilities = new float[PianoRoll.CELLS];
        window.toCells(probabilities, 0);
        set(probabilities, 60, 0, 16, 0.1f);
        set(probabilities, 72, 16, 8, 0.4f);
        set(probabilities, 57, 0, 16, 0.9f);
        set(probabilities, 69, 16, 8, 0.8f);
        // Says nothing against C major.
        set(probabilities, 55, 0, 4, 0.6f);
        Decoding free = new Decoding(0.5, 1, false, false, 16, Feel.STRAIGHT, PitchRange.FULL);
        Decoding locked = new Decoding(0.5, 1, false, false, true, 16, Feel.STRAIGHT, PitchRange.FULL);
        PianoRoll wanted = decode(free, window, probabilities);
        PianoRoll result = decode(locked, window, probabilities);

        assertThat(KeyFinder.standard().find(window).orElseThrow().key()).isEqualTo(C_MAJOR);
        assertThat(KeyFinder.standard().find(wanted).orElseThrow().key()).isNotEqualTo(C_MAJOR);
        assertThat(KeyFinder.standard().find(result).orElseThrow().key()).isEqualTo(C_MAJOR);
        assertThat(result).isNotEqualTo(window);
        assertThat(result.and(Rolls.of(55, 0, 4))).isEqualTo(Rolls.of(55, 0, 4));
        // The surest of the changes are not what was taken back first.
        assertThat(result.minus(window).isOn(0, 57 - 24) || !result.isOn(0, 60 - 24))
                .isTrue();
    }

    /** A window whose key can't be found is not guarded, and silence is no other key. */
    @Test
    void shouldNotGuardWhatHasNoKey() {
        Decoding locked = new Decoding(0.5, 1, false, false, true, 16, Feel.STRAIGHT, PitchRange.FULL);
        PianoRoll window = Rolls.of(60, 0, 4, 64, 0, 4);
        assertThat(decode(locked, window, new float[PianoRoll.CELLS])).isEqualTo(PianoRoll.empty());

        float[] probabilities = new float[PianoRoll.CELLS];
        PianoRoll everyClass = Rolls.of(
                60, 0, 1, 61, 0, 1, 62, 0, 1, 63, 0, 1, 64, 0, 1, 65, 0, 1, 66, 0, 1, 67, 0, 1, 68, 0, 1, 69, 0, 1, 70,
                0, 1, 71, 0, 1);
        set(probabilities, 60, 0, 1, 1);
        assertThat(decode(locked, everyClass, probabilities)).isEqualTo(Rolls.of(60, 0, 1));
    }

    static Decoding randomDecoding(SplittableRandom random) {
        int low = random.nextInt(24, 60);
        return new Decoding(
                0.2 + 0.6 * random.nextDouble(),
                random.nextBoolean() ? 1 : random.nextDouble(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean() ? 16 : random.nextDouble() * 3,
                new Feel(
                        0.5 + random.nextDouble() / 4,
                        random.nextDouble() - 0.5,
                        0.5 + random.nextDouble(),
                        random.nextInt(-20, 20)),
                random.nextBoolean() ? PitchRange.FULL : new PitchRange(low, random.nextInt(low, 108)));
    }

    private static long pitchClasses(PianoRoll window) {
        return Arrays.stream(KeyFinder.durations(List.of(window)))
                .filter(duration -> duration > 0)
                .count();
    }

    private static Decoding mix(double mix) {
        return new Decoding(0.5, mix, false, false, 16, Feel.STRAIGHT, PitchRange.FULL);
    }

    private static Decoding limit(double limit) {
        return new Decoding(0.5, 1, false, false, limit, Feel.STRAIGHT, PitchRange.FULL);
    }

    private static PianoRoll decode(Decoding decoding, PianoRoll window, float[] probabilities) {
        return new CellDecoder(decoding).decode(window, window, probabilities, 0, C_MAJOR);
    }

    private static void set(float[] probabilities, int midiPitch, int step, int length, float value) {
        for (int i = step; i < step + length; i++) {
            probabilities[i * PianoRoll.PITCHES + midiPitch - PianoRoll.LOWEST_PITCH] = value;
        }
    }
}

package idiom.engine.harmony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import idiom.engine.pianoroll.PianoRoll;
import idiom.engine.pianoroll.Rolls;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyFinderTest {
    @ParameterizedTest
    @EnumSource(KeyProfile.class)
    void shouldFindEveryKeyFromItsOwnProfile(KeyProfile profile) {
        KeyFinder finder = new KeyFinder(profile);
        for (Key.Mode mode : Key.Mode.values()) {
            for (int tonic = 0; tonic < 12; tonic++) {
                double[] durations = new double[12];
                for (int i = 0; i < 12; i++) {
                    durations[(tonic + i) % 12] = 10 * profile.weights(mode)[i];
                }
                KeyEstimate found = finder.find(durations).orElseThrow();
                assertThat(found.key()).isEqualTo(new Key(tonic, mode));
                assertThat(found.correlation()).isCloseTo(1, within(1e-12));
            }
        }
    }

    @Test
    void shouldCorrelateATonicAloneAsByHand() {
        // One sounding class: deviations 11/12 and eleven times -1/12, length sqrt(11/12). Temperley's C major: sum
        // 38.5, sum of squares 140.25. So (5 - 38.5/12) / (sqrt(11/12) sqrt(140.25 - 38.5^2/12)) = 1.79167 / 3.91600.
        double[] durations = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        KeyEstimate found = KeyFinder.standard().find(durations).orElseThrow();
        assertThat(found.correlation()).isCloseTo(0.457524, within(1e-6));
        // C minor has the same numbers in another order: a tie, which major wins.
        assertThat(found.key()).isEqualTo(new Key(0, Key.Mode.MAJOR));
        assertThat(found.margin()).isCloseTo(0, within(1e-12));
    }

    @Test
    void shouldFindGMajorInItsCadence() {
        // G B D, C E G, D F# A, G B D, a bar each.
        PianoRoll roll = Rolls.of(
                55, 0, 16, 59, 0, 16, 62, 0, 16, 60, 16, 16, 64, 16, 16, 67, 16, 16, 62, 32, 16, 66, 32, 16, 69, 32, 16,
                55, 48, 16, 59, 48, 16, 62, 48, 16);
        assertThat(KeyFinder.standard().find(roll).orElseThrow().key()).hasToString("G major");
    }

    @Test
    void shouldFindAMinorInItsHarmonicCadence() {
        // A C E, D F A, E G# B, A C E, a bar each.
        PianoRoll roll = Rolls.of(
                57, 0, 16, 60, 0, 16, 64, 0, 16, 62, 16, 16, 65, 16, 16, 69, 16, 16, 64, 32, 16, 68, 32, 16, 71, 32, 16,
                57, 48, 16, 60, 48, 16, 64, 48, 16);
        assertThat(KeyFinder.standard().find(roll).orElseThrow().key()).hasToString("A minor");
    }

    @Test
    void shouldFindNoKeyInSilenceOrInAllClassesAlike() {
        assertThat(KeyFinder.standard().find(PianoRoll.empty())).isEmpty();
        double[] alike = new double[12];
        java.util.Arrays.fill(alike, 0.1);
        assertThat(KeyFinder.standard().find(alike)).isEmpty();
    }

    @Test
    void shouldRefuseAnotherNumberOfClasses() {
        assertThatThrownBy(() -> KeyFinder.standard().find(new double[11]))
                .hasMessage("durations must have 12 elements: length=11");
    }

    @Test
    void shouldKnowScalesAndSignatures() {
        Key aMinor = new Key(9, Key.Mode.MINOR);
        assertThat(java.util.stream.IntStream.range(0, 12).filter(aMinor::contains))
                .containsExactly(0, 2, 4, 5, 7, 8, 9, 11);
        assertThat(java.util.stream.IntStream.range(60, 72).filter(new Key(2, Key.Mode.MAJOR)::contains))
                .containsExactly(61, 62, 64, 66, 67, 69, 71);
        assertThat(aMinor.signature()).isZero();
        assertThat(new Key(2, Key.Mode.MAJOR).signature()).isEqualTo(2);
        assertThat(new Key(5, Key.Mode.MAJOR).signature()).isEqualTo(-1);
        assertThat(new Key(0, Key.Mode.MINOR).signature()).isEqualTo(-3);
        assertThatThrownBy(() -> new Key(12, Key.Mode.MAJOR)).hasMessage("tonic must be from 0 to 11: tonic=12");
    }

    /** The lead of a key is what the estimate calls its margin, if it is the one that is found, else not above 0. */
    @Test
    void shouldSayWithoutObjectsWhatItSaysWithThem() {
        SplittableRandom random = new SplittableRandom(3);
        KeyFinder finder = KeyFinder.standard();
        double[] scratch = new double[12];
        for (int round = 0; round < 200; round++) {
            double[] durations = random.doubles(12, 0, 10).toArray();
            double[] given = durations.clone();
            KeyEstimate estimate = finder.find(durations).orElseThrow();
            int place = finder.find(durations, scratch);

            assertThat(place).isEqualTo(KeyFinder.indexOf(estimate.key()));
            for (int key = 0; key < 24; key++) {
                double lead = finder.lead(durations, key, scratch);
                assertThat(lead > 0).isEqualTo(key == place);
                assertThat(key != place || Math.abs(lead - estimate.margin()) < 1e-12)
                        .isTrue();
            }
            assertThat(durations).isEqualTo(given);
        }
        assertThat(finder.find(new double[12], scratch)).isEqualTo(-1);
        assertThat(finder.lead(new double[12], 0, scratch)).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}

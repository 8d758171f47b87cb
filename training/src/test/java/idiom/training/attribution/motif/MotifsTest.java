package idiom.training.attribution.motif;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.training.attribution.Rolls;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MotifsTest {
    @Test
    void shouldNameEveryFamilyOnceAndDefineIt() {
        assertThat(Motifs.FAMILIES)
                .extracting(MotifFamily::name)
                .doesNotHaveDuplicates()
                .hasSize(8);
        assertThat(Motifs.FAMILIES)
                .allSatisfy(family -> assertThat(family.definition()).isNotBlank());
    }

    @Test
    void shouldFindNothingInSilence() {
        assertThat(Sightings.of(PhraseNotes.of(Rolls.of())).byMotif()).isEmpty();
    }

    @Test
    void shouldFindMelodicIntervals() {
        // C5 up to G5, G5 again, down a semitone; a bar of rest and more; then a new line that nothing leads to.
        Map<String, List<Integer>> found =
                find("melody", 72, 0, 4, 79, 4, 3, 79, 8, 4, 78, 12, 4, 60, 32, 4, 62, 36, 4);

        assertThat(found)
                .isEqualTo(Map.of(
                        "fifth up", List.of(0, 1),
                        "repeated note", List.of(1, 2),
                        "minor second down", List.of(2, 3),
                        "major second up", List.of(4, 5)));
        assertThat(find("melody", 60, 0, 1, 73, 1, 1)).containsOnlyKeys("wider than an octave up");
    }

    @Test
    void shouldFindHarmonicIntervalsBetweenNeighbours() {
        // C3 G3 C5: fifth and, less an octave, a fourth. Later E5 comes in above the C5 that still sounds.
        assertThat(find("harmony", 48, 0, 4, 55, 0, 4, 72, 0, 8, 76, 4, 4))
                .isEqualTo(Map.of("fifth", List.of(0, 1), "fourth", List.of(1, 2), "major third", List.of(2, 3)));
        assertThat(find("harmony", 36, 0, 4, 60, 0, 4)).containsOnlyKeys("octave");
    }

    @Test
    void shouldFindChordsWhateverTheirOrder() {
        // E G C is C major; the same with the bass changed is the same chord; then G7 without its fifth.
        Map<Motif, Sightings.Sighting> found = Sightings.of(
                        PhraseNotes.of(Rolls.of(52, 0, 4, 55, 0, 8, 60, 0, 8, 64, 4, 4, 43, 8, 4, 59, 8, 4, 65, 8, 4)))
                .byMotif();

        Sightings.Sighting major = found.get(new Motif("chord", "major"));
        assertThat(major.occurrences()).isEqualTo(1);
        assertThat(major.notes()).containsExactly(0, 1, 2, 3);
        assertThat(found.get(new Motif("chord", "dominant seventh")).notes()).containsExactly(4, 5, 6);
        assertThat(find("chord", 60, 0, 4, 64, 0, 4)).isEmpty();
        assertThat(find("chord", 60, 0, 4, 64, 0, 4, 67, 0, 4, 76, 0, 4)).containsOnlyKeys("major");
    }

    @Test
    void shouldCallChordsByTheirNames() {
        assertThat(chord(2, 5, 9)).isEqualTo("minor");
        assertThat(chord(11, 2, 5)).isEqualTo("diminished");
        assertThat(chord(0, 4, 8)).isEqualTo("augmented");
        assertThat(chord(0, 5, 7)).isEqualTo("suspended");
        assertThat(chord(0, 2, 7)).isEqualTo("suspended");
        assertThat(chord(0, 4, 7, 11)).isEqualTo("major seventh");
        assertThat(chord(2, 5, 9, 0)).isEqualTo("minor seventh or sixth");
        assertThat(chord(5, 9, 0, 2)).isEqualTo("minor seventh or sixth");
        assertThat(chord(11, 2, 5, 9)).isEqualTo("half-diminished or minor sixth");
        assertThat(chord(1, 4, 7, 10)).isEqualTo("diminished seventh");
        assertThat(chord(7, 11, 2, 5, 9)).isEqualTo("dominant ninth or thirteenth");
        assertThat(chord(7, 11, 5, 8)).isEqualTo("altered dominant");
        assertThat(chord(0, 1, 2)).isEqualTo("cluster");
        assertThat(chord(11, 0, 1)).isEqualTo("cluster");
        assertThat(chord(0, 1, 6)).isEqualTo("other");
    }

    @Test
    void shouldFindPlacesAndDurations() {
        assertThat(find("onset", 60, 0, 1, 60, 6, 1, 60, 31, 1))
                .isEqualTo(Map.of(
                        "on a beat", List.of(0),
                        "at 1", List.of(0),
                        "between beats", List.of(1),
                        "at 2&", List.of(1),
                        "a 16th before a beat", List.of(2),
                        "at 4a", List.of(2)));
        assertThat(find("duration", 60, 0, 1, 62, 0, 4, 64, 0, 5, 65, 0, 16, 67, 0, 17))
                .isEqualTo(Map.of(
                        "1 step", List.of(0),
                        "4 steps", List.of(1),
                        "5 to 8 steps", List.of(2),
                        "9 to 16 steps", List.of(3),
                        "over 16 steps", List.of(4)));
    }

    @Test
    void shouldFindSyncopations() {
        // On the beat; from the & over beat 2; an 8th on the & that ends at the beat; from beat 4 over the bar line.
        assertThat(find("syncopation", 60, 0, 4, 62, 2, 4, 64, 6, 2, 65, 12, 8))
                .isEqualTo(Map.of(
                        "from an 8th", List.of(1),
                        "from beat 2 or 4", List.of(3),
                        "over the bar line", List.of(3)));
        // Beats 1 to 4 are a bar: nothing in it is stronger than where it begins.
        assertThat(find("syncopation", 60, 0, 64)).isEmpty();
        assertThat(find("syncopation", 60, 1, 2)).containsOnlyKeys("from a 16th");
        assertThat(find("syncopation", 60, 8, 9)).containsOnlyKeys("from beat 3", "over the bar line");
    }

    @Test
    void shouldFindWhatTheBassDoes() {
        // C2 G1 C2 F2 F2 under a held C5, a quarter each.
        Map<String, List<Integer>> found = find("bass", 72, 0, 20, 36, 0, 4, 31, 4, 4, 36, 8, 4, 41, 12, 3, 41, 16, 4);

        assertThat(found)
                .isEqualTo(Map.of(
                        "any note", List.of(0, 2, 3, 4, 5),
                        "on beat 1", List.of(0, 5),
                        "on beat 2", List.of(2),
                        "on beat 3", List.of(3),
                        "on beat 4", List.of(4),
                        "fifth up or fourth down", List.of(0, 2),
                        "fourth up or fifth down", List.of(2, 3, 4),
                        "repeated", List.of(4, 5),
                        "alternating", List.of(0, 2, 3),
                        "walking", List.of(0, 2, 3, 4)));
    }

    @Test
    void shouldNotCallThreeBeatsAWalkNorAMelodyABass() {
        assertThat(find("bass", 36, 0, 4, 38, 4, 4, 40, 8, 4)).doesNotContainKey("walking");
        assertThat(find("bass", 36, 1, 4, 38, 5, 4, 40, 9, 4, 41, 13, 4)).doesNotContainKey("walking");
        assertThat(find("bass", 60, 0, 4, 72, 4, 4)).isEmpty();
    }

    @Test
    void shouldSortByOctave() {
        assertThat(find("register", 24, 0, 1, 35, 1, 1, 60, 2, 1, 107, 3, 1))
                .isEqualTo(Map.of("C1 to B1", List.of(0, 1), "C4 to B4", List.of(2), "C7 to B7", List.of(3)));
    }

    private static String chord(int... classes) {
        return ChordQuality.of(Arrays.stream(classes).map(c -> 1 << c).sum());
    }

    /** Which notes take part in what is found of a family, notes counted by onset, then pitch. */
    private static Map<String, List<Integer>> find(String family, int... notes) {
        Map<String, List<Integer>> found = new TreeMap<>();
        Sightings.of(PhraseNotes.of(Rolls.of(notes))).byMotif().forEach((motif, sighting) -> {
            if (motif.family().equals(family)) {
                found.put(motif.name(), sighting.notes());
            }
        });
        return found;
    }
}

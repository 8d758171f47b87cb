package idiom.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import idiom.engine.midi.MidiFile;
import idiom.engine.pianoroll.PianoRoll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedRenderingTest {
    // 480 ticks a quarter: a step is 120 ticks. At 120 beats a minute all times here but those on the grid are far from
    // any rounding error; beats are whole half seconds and exact.

    @Test
    void shouldLastToTheEndOfTheStepOfItsEnd() throws IOException {
        // [10, 130) ends within step 1; [480, 960) ends exactly where step 8 begins, and covers it.
        PianoRoll roll = render(new MidiBytes().note(0, 60, 10, 130).note(0, 62, 490, 960));
        assertThat(roll.steps(60 - 24)).isEqualTo(0b11);
        assertThat(roll.steps(62 - 24)).isEqualTo(0b1_1111_0000);
    }

    @Test
    void shouldSilenceTheStepBeforeANoteStruckAgain() throws IOException {
        PianoRoll roll = render(new MidiBytes().note(0, 60, 10, 230).note(0, 60, 250, 350));
        assertThat(roll.steps(60 - 24)).isEqualTo(0b101);
    }

    @Test
    void shouldMergeNotesOfDifferentChannels() throws IOException {
        PianoRoll roll = render(new MidiBytes().note(0, 60, 10, 230).note(1, 60, 250, 350));
        assertThat(roll.steps(60 - 24)).isEqualTo(0b111);
    }

    @Test
    void shouldLeaveOutDrumsAndNotesOfNoLength() throws IOException {
        PianoRoll roll = render(new MidiBytes().note(9, 60, 10, 230).note(0, 61, 50, 50));
        assertThat(roll.isEmpty()).isTrue();
    }

    /** Songs that are in the published data whole: the phrases are the rows there, one after the other, bit for bit. */
    @ParameterizedTest
    @CsvSource({
        "jazz/di01096-midi_genre/jazz (71).mid, jazz, TRAIN, 60",
        "jazz/di01096-midi_genre/jazz (7).mid, jazz, TRAIN, 59",
        "jazz/cjnolet-midi_genre_corpus/miles_davis-alone_together.midi, jazz, TEST, 51",
        "classic/di01096-midi_genre/classics (83).mid, classic, TRAIN, 40",
        "classic/di01096-midi_genre/classics (26).mid, classic, TRAIN, 32",
        "pop/cjnolet-midi_genre_corpus/phil_collins-in_the_air_tonight.mid, pop, TEST, 27",
        "pop/cjnolet-midi_genre_corpus/aliyah-are_you_that_somebody.mid, pop, TRAIN, 36",
    })
    void shouldGiveThePublishedPhrases(String file, String genre, Split split, int expected) {
        Path midi = SharedData.folder("midi").resolve(file);
        PhraseSet published = Dataset.open(SharedData.folder("brunner2018")).phrases(genre, split);
        Map<PianoRoll, Integer> rows = new HashMap<>();
        for (int i = published.size() - 1; i >= 0; i--) {
            rows.put(published.roll(i), i);
        }
        SongOutcome outcome = new SongReader(false, RollRules.PAPERS).read(midi, file);
        PhraseSet song = ((SongOutcome.Rendered) outcome).phrases();
        int found = 0;
        for (int i = 0; i < song.size(); i++) {
            found += !song.isSilent(i) && rows.containsKey(song.roll(i)) ? 1 : 0;
        }
        assertThat(found).isEqualTo(expected);
    }

    /** How near the product's rendering comes to the published phrases, of the songs that are in them bit for bit. */
    @Test
    @Tag("slow")
    void shouldBeNearTheProductsRendering() throws IOException {
        Dataset dataset = Dataset.open(SharedData.folder("brunner2018"));
        Set<PianoRoll> published = new HashSet<>();
        for (String genre : List.of("jazz", "classic", "pop")) {
            for (Split split : Split.values()) {
                PhraseSet phrases = dataset.phrases(genre, split);
                for (int i = 0; i < phrases.size(); i++) {
                    published.add(phrases.roll(i));
                }
            }
        }
        int found = 0;
        int equal = 0;
        long cells = 0;
        long different = 0;
        for (Path file : midiFiles()) {
            if (new SongReader(false, RollRules.PAPERS).read(file, "papers") instanceof SongOutcome.Rendered papers
                    && new SongReader(false, RollRules.PRODUCT).read(file, "product")
                            instanceof SongOutcome.Rendered product) {
                for (int i = 0; i < papers.phrases().size(); i++) {
                    PianoRoll theirs = papers.phrases().roll(i);
                    if (theirs.cellCount() >= 16 && published.contains(theirs)) {
                        PianoRoll ours = product.phrases().roll(i);
                        found++;
                        equal += ours.equals(theirs) ? 1 : 0;
                        cells += theirs.cellCount();
                        different += ours.minus(theirs).cellCount()
                                + theirs.minus(ours).cellCount();
                    }
                }
            }
        }
        System.out.println("phrases=" + found + " equal=" + equal + " cells=" + cells + " different=" + different);
        assertThat(found).isGreaterThan(3_700);
        assertThat(equal).isGreaterThan(1_700);
        assertThat(different).isLessThan(cells / 12);
    }

    private static List<Path> midiFiles() throws IOException {
        try (Stream<Path> walk = Files.walk(SharedData.folder("midi"))) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static PianoRoll render(MidiBytes midi) throws IOException {
        List<PianoRoll> rolls = PublishedRendering.phrases(MidiFile.read(midi.toBytes()), 480, 1);
        assertThat(rolls).hasSize(1);
        return rolls.get(0);
    }
}

package idiom.app.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import idiom.engine.midi.MeterMap;
import idiom.engine.midi.MidiFile;
import idiom.engine.midi.Note;
import idiom.engine.midi.NoteTable;
import idiom.engine.midi.TempoMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreludeScoreTest {
    private static final int BAR_TICKS = 1920;

    private final MidiFile prelude = PreludeScore.bundled();
    private final List<Note> notes = NoteTable.of(prelude).notes();

    private List<Note> bar(int number) {
        return notes.stream()
                .filter(note -> note.onTick() / BAR_TICKS == number - 1)
                .toList();
    }

    @Test
    void shouldHaveThirtyFiveBarsOfFourFour() {
        assertThat(prelude.endTick()).isEqualTo(35L * BAR_TICKS);
        assertThat(MeterMap.of(prelude).isFourFourThroughout()).isTrue();
        assertThat(TempoMap.of(prelude).beatsPerMinute(0)).isCloseTo(72, org.assertj.core.api.Assertions.within(1e-3));
        // 32 bars of 16, two of 16, a chord of five.
        assertThat(notes).hasSize(34 * 16 + 5);
        assertThat(prelude.warnings()).isEmpty();
    }

    @Test
    void shouldPlayAnOnsetOnEverySixteenthOfTheFirstThirtyFourBars() {
        assertThat(notes.stream()
                        .filter(note -> note.onTick() < 34L * BAR_TICKS)
                        .map(Note::onTick))
                .isEqualTo(java.util.stream.LongStream.range(0, 34 * 16)
                        .map(i -> i * 120)
                        .boxed()
                        .toList());
    }

    @Test
    void shouldPlayTheFirstBarAsItStandsInTheScore() {
        assertThat(bar(1))
                .extracting(Note::pitch)
                .containsExactly(60, 64, 67, 72, 76, 67, 72, 76, 60, 64, 67, 72, 76, 67, 72, 76);
        assertThat(bar(1)).extracting(Note::ticks).startsWith(960L, 840L, 120L, 120L, 120L, 120L, 120L, 120L, 960L);
    }

    @Test
    void shouldPlayTheLastThreeBarsAsWrittenOut() {
        assertThat(bar(33))
                .extracting(Note::pitch)
                .containsExactly(36, 48, 53, 57, 60, 65, 60, 57, 60, 57, 53, 57, 53, 50, 53, 50);
        assertThat(bar(34))
                .extracting(Note::pitch)
                .containsExactly(36, 47, 67, 71, 74, 77, 74, 71, 74, 71, 67, 71, 62, 65, 64, 62);
        assertThat(bar(35)).extracting(Note::pitch).containsExactlyInAnyOrder(36, 48, 64, 67, 72);
        assertThat(bar(35)).extracting(Note::ticks).containsOnly(1920L);
    }

    /** The bass line of the piece, half of its fame. */
    @Test
    void shouldWalkTheBassDown() {
        List<Integer> bass = java.util.stream.IntStream.rangeClosed(1, 35)
                .mapToObj(number ->
                        bar(number).stream().mapToInt(Note::pitch).min().orElseThrow())
                .toList();
        assertThat(bass)
                .containsExactly(
                        60, 60, 59, 60, 60, 60, 59, 59, 57, 50, 55, 55, 53, 53, 52, 52, 50, 43, 48, 48, 41, 42, 44, 43,
                        43, 43, 43, 43, 43, 43, 43, 36, 36, 36, 36);
    }

    @Test
    void shouldReadPitchNames() {
        assertThat(PreludeScore.pitch("C4")).isEqualTo(60);
        assertThat(PreludeScore.pitch("F#2")).isEqualTo(42);
        assertThat(PreludeScore.pitch("Ab2")).isEqualTo(44);
        assertThat(PreludeScore.pitch("B3")).isEqualTo(59);
    }

    @Test
    void shouldNameTheLineThatIsWrong() {
        assertThatThrownBy(() -> PreludeScore.parse("tempo 72\nchord C4 E4 G4 C5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("score line 2: must have 5 notes here: C4 E4 G4 C5");
        assertThatThrownBy(() -> PreludeScore.parse("# only a comment\n"))
                .hasMessage("a score must have at least one bar: bars=0");
        assertThatThrownBy(() -> PreludeScore.parse("chord C4 E4 G4 C5 H5"))
                .hasMessageStartingWith("score line 1: a note must be a letter A to G");
    }
}
